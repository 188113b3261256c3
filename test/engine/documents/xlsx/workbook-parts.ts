import { zipBytes } from '../zip/zip-bytes.ts'

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const TRANSITIONAL = {
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  types: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
}
export const STRICT = {
  main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
  types: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
}

const relationships = (list: readonly (readonly [type: string, target: string])[], types: string): string =>
  `<Relationships xmlns="${RELATIONSHIPS}">${list
    .map(([type, target], index) => {
      const uri = type.includes(':') ? type : `${types}/${type}`
      return `<Relationship Id="rId${index + 1}" Type="${uri}" Target="${target}"/>`
    })
    .join('')}</Relationships>`

export interface SheetParts {
  readonly name: string
  readonly state?: string
  /** What stands inside `<worksheet>`. */
  readonly xml: string
  /** What the sheet refers to: type, target, content. */
  readonly related?: readonly (readonly [type: string, target: string, content: string])[]
}

/** A workbook written part by part. */
export function workbookBytes(
  sheets: readonly SheetParts[],
  more: {
    readonly sharedStrings?: string
    readonly styles?: string
    readonly properties?: string
    readonly uris?: typeof TRANSITIONAL
    readonly parts?: readonly { readonly name: string; readonly content: string }[]
  } = {},
): Uint8Array {
  const { main, types } = more.uris ?? TRANSITIONAL
  const root = (name: string, content: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="${main}" xmlns:r="${types}">${content}</${name}>`
  const list = sheets
    .map(
      ({ name, state }, index) =>
        `<sheet name="${name}" sheetId="${index + 1}" ${state === undefined ? '' : `state="${state}"`} r:id="rId${index + 1}"/>`,
    )
    .join('')
  const ofWorkbook = [
    ...sheets.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const),
    ['sharedStrings', 'sharedStrings.xml'] as const,
    ['styles', '/xl/styles.xml'] as const,
  ]
  const entries = [
    { name: '_rels/.rels', content: relationships([['officeDocument', 'xl/workbook.xml']], types) },
    {
      name: 'xl/workbook.xml',
      content: root('workbook', `${more.properties ?? ''}<sheets>${list}</sheets>`),
    },
    { name: 'xl/_rels/workbook.xml.rels', content: relationships(ofWorkbook, types) },
    { name: 'xl/sharedStrings.xml', content: root('sst', more.sharedStrings ?? '') },
    { name: 'xl/styles.xml', content: root('styleSheet', more.styles ?? '') },
    ...(more.parts ?? []),
  ]
  for (const [index, { xml, related = [] }] of sheets.entries()) {
    entries.push({ name: `xl/worksheets/sheet${index + 1}.xml`, content: root('worksheet', xml) })
    if (related.length === 0) continue
    const targets = related.map(([type, target]) => [type, `/${target}`] as const)
    const content = relationships(targets, types)
    entries.push({ name: `xl/worksheets/_rels/sheet${index + 1}.xml.rels`, content })
    for (const [, name, part] of related) entries.push({ name, content: part })
  }
  return zipBytes(entries)
}
