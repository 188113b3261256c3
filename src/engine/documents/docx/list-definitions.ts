import { parseXml, type XmlAttributes } from '../xml/parse-xml.ts'
import type { PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { integerOf, isOn } from '../open-xml/attribute-values.ts'
import { LEVELS, type NumberedLevel } from '../open-xml/list-counter.ts'
import type { Styles } from './styles.ts'

/** One level of a list as it is shown (ISO/IEC 29500-1 §17.9.6). */
export interface ListLevel extends NumberedLevel {
  readonly suffix: string
  /** The paragraph style that belongs to this level. */
  readonly style: string | undefined
  /** The font of the number. */
  readonly font: string
}

type DraftLevel = { -readonly [Key in keyof ListLevel]: ListLevel[Key] }

interface AbstractList {
  readonly levels: DraftLevel[]
  /** A numbering style whose list this one stands for. */
  link?: string
}

interface Override {
  level?: DraftLevel
  start?: number | undefined
}

interface ListInstance {
  abstractId?: string
  readonly overrides: Map<number, Override>
}

/** A list with all its overrides. */
interface List {
  /** Lists with the same id count on together. */
  readonly abstractId: string
  readonly levels: readonly ListLevel[]
}

/** The lists of a document (numbering.xml). */
export class ListDefinitions {
  readonly #abstractLists: ReadonlyMap<string, AbstractList>
  readonly #instances: ReadonlyMap<string, ListInstance>
  readonly #resolved = new Map<string, List | undefined>()

  private constructor(
    abstractLists: ReadonlyMap<string, AbstractList>,
    instances: ReadonlyMap<string, ListInstance>,
  ) {
    this.#abstractLists = abstractLists
    this.#instances = instances
  }

  /** @param part undefined where the document has no lists */
  static read(archive: ZipArchive, part: string | undefined, context: PartContext): ListDefinitions {
    const builder = new Builder()
    if (part !== undefined) parseXml(archive, part, builder, context)
    return new ListDefinitions(builder.abstractLists, builder.instances)
  }

  /** The list of a paragraph; undefined where there is none, as for id 0, which takes a paragraph out of a list. */
  list(numId: string, styles: Styles): List | undefined {
    if (!this.#resolved.has(numId)) this.#resolved.set(numId, this.#resolve(numId, styles))
    return this.#resolved.get(numId)
  }

  #resolve(numId: string, styles: Styles): List | undefined {
    const instance = this.#instances.get(numId)
    if (instance?.abstractId === undefined) return undefined
    let { abstractId } = instance
    let abstract = this.#abstractLists.get(abstractId)
    if (abstract?.link !== undefined) {
      const linked = this.#instances.get(styles.list(abstract.link).numId ?? '')?.abstractId
      abstractId = linked ?? abstractId
      abstract = this.#abstractLists.get(abstractId)
    }
    if (abstract === undefined) return undefined
    const levels: ListLevel[] = []
    for (let index = 0; index < LEVELS; index++) {
      const override = instance.overrides.get(index)
      const level = override?.level ?? abstract.levels[index] ?? newLevel()
      const start = override?.start
      levels.push(start === undefined ? level : { ...level, start, startOverride: start })
    }
    return { abstractId, levels }
  }
}

function newLevel(): DraftLevel {
  return {
    start: 0,
    format: 'decimal',
    zeroPadding: 0,
    text: '',
    suffix: 'tab',
    restartAfter: undefined,
    isLegal: false,
    style: undefined,
    font: '',
    startOverride: undefined,
  }
}

class Builder {
  readonly abstractLists = new Map<string, AbstractList>()
  readonly instances = new Map<string, ListInstance>()
  #abstract: AbstractList | undefined
  #instance: ListInstance | undefined
  #override: Override | undefined
  #level: DraftLevel | undefined

  open(name: string, attributes: XmlAttributes): void {
    const value = attributes['w:val']
    switch (name) {
      case 'w:abstractNum':
        this.#abstract = { levels: [] }
        this.abstractLists.set(attributes['w:abstractNumId'] ?? '', this.#abstract)
        return
      case 'w:num':
        this.#instance = { overrides: new Map() }
        this.instances.set(attributes['w:numId'] ?? '', this.#instance)
        return
      case 'w:abstractNumId':
        if (this.#instance !== undefined && value !== undefined) this.#instance.abstractId = value
        return
      case 'w:numStyleLink':
        if (this.#abstract !== undefined && value !== undefined) this.#abstract.link = value
        return
      case 'w:lvlOverride':
        this.#override = {}
        this.#instance?.overrides.set(Number(attributes['w:ilvl']), this.#override)
        return
      case 'w:startOverride':
        if (this.#override !== undefined) this.#override.start = integerOf(value)
        return
      case 'w:lvl':
        this.#openLevel(Number(attributes['w:ilvl']))
        return
      default:
        if (this.#level !== undefined) setLevel(this.#level, name, attributes)
    }
  }

  close(name: string): void {
    if (name === 'w:abstractNum') this.#abstract = undefined
    else if (name === 'w:num') this.#instance = undefined
    else if (name === 'w:lvlOverride') this.#override = undefined
    else if (name === 'w:lvl') this.#level = undefined
  }

  #openLevel(index: number): void {
    this.#level = newLevel()
    if (this.#override !== undefined) this.#override.level = this.#level
    else if (index >= 0 && index < LEVELS && this.#abstract !== undefined) {
      this.#abstract.levels[index] = this.#level
    }
  }
}

function setLevel(level: DraftLevel, name: string, attributes: XmlAttributes): void {
  const value = attributes['w:val']
  switch (name) {
    case 'w:start':
      level.start = integerOf(value) ?? 0
      return
    case 'w:numFmt':
      level.format = value ?? 'decimal'
      level.zeroPadding = /^0*1(?=,)/.exec(attributes['w:format'] ?? '')?.[0].length ?? 0
      return
    case 'w:lvlText':
      level.text = value ?? ''
      return
    case 'w:suff':
      level.suffix = value ?? 'tab'
      return
    case 'w:lvlRestart':
      level.restartAfter = integerOf(value)
      return
    case 'w:isLgl':
      level.isLegal = isOn(value)
      return
    case 'w:pStyle':
      level.style = value
      return
    case 'w:rFonts':
      level.font = attributes['w:ascii'] ?? attributes['w:hAnsi'] ?? ''
  }
}
