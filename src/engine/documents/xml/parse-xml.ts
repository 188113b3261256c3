import { SaxesParser } from 'saxes'

import { AppError } from '../../../shared/errors.ts'
import { tooDeep } from '../limit-errors.ts'
import { damaged, type PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { decodedXml } from './decoded-xml.ts'
import { NamespaceScope } from './namespaces.ts'

/**
 * What is told of a document, in its order. Names are `prefix:local` with the prefixes of namespaces.ts, whatever the
 * document's own prefixes are; `?:local` in a namespace that no reader knows, `local` in none.
 */
export interface XmlHandler {
  /** @param attributes by canonical name, without namespace declarations */
  open?(name: string, attributes: XmlAttributes): void
  close?(name: string): void
  /** May come in several pieces. */
  text?(text: string): void
}

/**
 * A part that is longer than this, and so many times as long as packed, holds nothing but markup that says the same
 * again and again. The most that equal rows, paragraphs or cells of honest writers reach is 16:1 with row numbers in
 * them and 340:1 without; a bomb comes near to 1,032:1, which is all that deflate can do.
 */
const MAX_PLAIN_BYTES = 64 * 2 ** 20
const MAX_RATIO = 500

export type XmlAttributes = Readonly<Record<string, string>>

/**
 * Parses one part of an archive. Of `mc:AlternateContent` (ISO/IEC 29500-3 §7.5) the handler is given the content of
 * the first `mc:Choice` whose namespaces the readers know, else that of `mc:Fallback`.
 *
 * @throws AppError documents/dtd, documents/too-deep, documents/markup-bomb, documents/damaged and what the archive
 *   throws
 */
export function parseXml(archive: ZipArchive, part: string, handler: XmlHandler, context: PartContext): void {
  refuseBomb(archive, part, context)
  const fail = (reason: string, cause?: Error): AppError => damaged(context, `${part}: ${reason}`, cause)
  const parser = new SaxesParser({ position: false, xmlns: false })
  const elements = new Elements(handler, context, fail)
  parser.on('error', (error) => {
    throw fail(error.message.replace(/\.$/, ''), error)
  })
  parser.on('doctype', () => {
    throw new AppError('documents/dtd', { name: context.input.name, part })
  })
  parser.on('opentag', (tag) => elements.open(tag.name, tag.attributes))
  parser.on('closetag', () => elements.close())
  parser.on('text', (text) => elements.text(text))
  parser.on('cdata', (text) => elements.text(text))
  for (const text of decodedXml(archive.chunks(part), fail)) parser.write(text)
  parser.close()
}

function refuseBomb(archive: ZipArchive, part: string, { input: { name } }: PartContext): void {
  const { bytes = 0, compressedBytes = 0 } = archive.sizeOf(part) ?? {}
  const ratio = Math.floor(bytes / Math.max(1, compressedBytes))
  if (bytes > MAX_PLAIN_BYTES && ratio > MAX_RATIO) {
    throw new AppError('documents/markup-bomb', { name, part, ratio })
  }
}

/** One open element. */
interface OpenElement {
  readonly name: string
  /** Whether the handler is told of it: not of elements of markup compatibility, nor of what a choice leaves out. */
  readonly isTold: boolean
  /** Whether its content is told. */
  readonly isRead: boolean
  readonly declared: readonly string[]
  /** Of mc:AlternateContent: whether a branch was taken. */
  isChosen: boolean
}

const ROOT: OpenElement = { name: '', isTold: false, isRead: true, declared: [], isChosen: false }
const NO_DECLARATIONS: readonly string[] = []

/** Turns the parser's raw names into canonical ones and picks the branches of alternate content. */
class Elements {
  readonly #handler: XmlHandler
  readonly #context: PartContext
  readonly #fail: (reason: string) => AppError
  readonly #scope = new NamespaceScope()
  readonly #stack: OpenElement[] = []

  constructor(handler: XmlHandler, context: PartContext, fail: (reason: string) => AppError) {
    this.#handler = handler
    this.#context = context
    this.#fail = fail
  }

  open(rawName: string, rawAttributes: XmlAttributes): void {
    const { input } = this.#context
    if (this.#stack.length === input.limits.elementDepth) throw tooDeep(input)
    const parent = this.#stack.at(-1) ?? ROOT
    const declared = this.#declare(rawAttributes)
    const canonical = this.#scope.elementName(rawName)
    if (canonical === undefined) throw this.#fail(`unbound prefix of ${rawName}`)
    const attributes = this.#canonical(rawAttributes, declared.length > 0)
    const isCompatibility = canonical.startsWith('mc:')
    const isRead = parent.isRead && (!isCompatibility || this.#isChosen(canonical, attributes, parent))
    const isTold = isRead && !isCompatibility
    this.#stack.push({ name: canonical, isTold, isRead, declared, isChosen: false })
    if (isTold) this.#handler.open?.(canonical, attributes)
  }

  close(): void {
    const element = this.#stack.pop()
    if (element === undefined) return
    if (element.isTold) this.#handler.close?.(element.name)
    for (const prefix of element.declared) this.#scope.unbind(prefix)
  }

  text(text: string): void {
    if (this.#stack.at(-1)?.isRead === true) this.#handler.text?.(text)
  }

  #isChosen(name: string, attributes: XmlAttributes, parent: OpenElement): boolean {
    if (name === 'mc:AlternateContent') return true
    if (parent.name !== 'mc:AlternateContent' || parent.isChosen) return false
    const required = (attributes['Requires'] ?? '').split(/\s+/).filter((prefix) => prefix !== '')
    const isKnown = required.every((prefix) => this.#scope.canonicalPrefix(prefix) !== undefined)
    parent.isChosen = name === 'mc:Fallback' || (name === 'mc:Choice' && isKnown)
    return parent.isChosen
  }

  #declare(attributes: XmlAttributes): readonly string[] {
    let declared: string[] | undefined
    for (const raw in attributes) {
      const prefix = declaredPrefix(raw)
      if (prefix === undefined) continue
      this.#scope.bind(prefix, attributes[raw] ?? '')
      declared ??= []
      declared.push(prefix)
    }
    return declared ?? NO_DECLARATIONS
  }

  /** The same record where all names are canonical as they are, which is nearly always. */
  #canonical(attributes: XmlAttributes, hasDeclarations: boolean): XmlAttributes {
    let isCanonical = !hasDeclarations
    for (const raw in attributes) {
      if (!isCanonical) break
      isCanonical = this.#scope.attributeName(raw) === raw
    }
    if (isCanonical) return attributes
    const renamed = Object.create(null) as Record<string, string>
    for (const raw in attributes) {
      if (declaredPrefix(raw) !== undefined) continue
      const name = this.#scope.attributeName(raw)
      if (name === undefined) throw this.#fail(`unbound prefix of ${raw}`)
      renamed[name] = attributes[raw] ?? ''
    }
    return renamed
  }
}

/** The prefix that an attribute declares, '' for the default namespace; undefined if it declares none. */
function declaredPrefix(attribute: string): string | undefined {
  if (!attribute.startsWith('xmlns')) return undefined
  if (attribute.length === 5) return ''
  return attribute[5] === ':' ? attribute.slice(6) : undefined
}
