import { BUILTIN_FORMATS } from '../cells/builtin-formats.ts'
import { type NumberFormat, numberFormat } from '../cells/number-format.ts'
import { cellText } from '../cells/sheet.ts'
import { parseXml } from '../xml/parse-xml.ts'
import { readRelationships, type Relationship } from '../xml/relationships.ts'
import type { PartContext } from '../zip/damaged.ts'
import { damaged } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { RichText } from './rich-text.ts'

interface SheetEntry {
  readonly name: string
  readonly isHidden: boolean
  readonly part: string
}

/** What the sheets of a workbook share. */
export interface Workbook {
  /** In the order of the tabs. */
  readonly sheets: readonly SheetEntry[]
  /** As fields, by index. */
  readonly sharedTexts: readonly string[]
  /** By the index of a cell's style. */
  readonly formats: readonly NumberFormat[]
  readonly general: NumberFormat
  readonly isDate1904: boolean
}

/** Reads the parts that the sheets need (ECMA-376 §18.2, §18.4, §18.8). */
export function readWorkbook(archive: ZipArchive, part: string, context: PartContext): Workbook {
  const relationships = readRelationships(archive, part, context)
  const { sheets, isDate1904 } = readSheetList(archive, part, relationships, context)
  const styles = partOfType(archive, relationships, 'styles')
  const sharedStrings = partOfType(archive, relationships, 'sharedStrings')
  return {
    sheets,
    sharedTexts: sharedStrings === undefined ? [] : readSharedTexts(archive, sharedStrings, context),
    formats: styles === undefined ? [] : readFormats(archive, styles, context, isDate1904),
    general: numberFormat('General'),
    isDate1904,
  }
}

function partOfType(
  archive: ZipArchive,
  relationships: ReadonlyMap<string, Relationship>,
  wanted: string,
): string | undefined {
  for (const { type, target, isExternal } of relationships.values()) {
    if (type === wanted && !isExternal && archive.has(target)) return target
  }
  return undefined
}

function readSheetList(
  archive: ZipArchive,
  part: string,
  relationships: ReadonlyMap<string, Relationship>,
  context: PartContext,
): { sheets: SheetEntry[]; isDate1904: boolean } {
  const sheets: SheetEntry[] = []
  let isDate1904 = false
  let isWorkbook = false
  const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'x:workbook') isWorkbook = true
    if (name === 'x:workbookPr') isDate1904 = isTrue(attributes['date1904'])
    if (name !== 'x:sheet') return
    const target = relationships.get(attributes['r:id'] ?? '')?.target
    const sheetName = attributes['name'] ?? ''
    if (target === undefined) throw damaged(context, `${part}: ${sheetName}`)
    const isHidden = (attributes['state'] ?? 'visible') !== 'visible'
    sheets.push({ name: sheetName, isHidden, part: target })
  }
  parseXml(archive, part, { open }, context)
  if (!isWorkbook || sheets.length === 0) throw damaged(context, part)
  return { sheets, isDate1904 }
}

function readSharedTexts(archive: ZipArchive, part: string, context: PartContext): string[] {
  const texts: string[] = []
  const rich = new RichText()
  const close = (name: string): void => {
    rich.handler.close(name)
    if (name === 'x:si') texts.push(cellText(rich.take()))
  }
  parseXml(archive, part, { ...rich.handler, close }, context)
  return texts
}

function readFormats(
  archive: ZipArchive,
  part: string,
  context: PartContext,
  isDate1904: boolean,
): NumberFormat[] {
  const codes = new Map<string, string>()
  const ids: string[] = []
  let isCellFormats = false
  const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'x:numFmt') codes.set(attributes['numFmtId'] ?? '', attributes['formatCode'] ?? '')
    else if (name === 'x:cellXfs') isCellFormats = true
    else if (name === 'x:xf' && isCellFormats) ids.push(attributes['numFmtId'] ?? '0')
  }
  const close = (name: string): void => {
    if (name === 'x:cellXfs') isCellFormats = false
  }
  parseXml(archive, part, { open, close }, context)
  const known = new Map<string, NumberFormat>()
  return ids.map((id) => {
    const format =
      known.get(id) ?? numberFormat(codes.get(id) ?? BUILTIN_FORMATS[Number(id)] ?? '', isDate1904)
    known.set(id, format)
    return format
  })
}

/** A value of xsd:boolean. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
