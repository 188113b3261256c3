import { namespaces, relationships } from '../docx/docx-bytes.ts'
import { type RawEntry, zipBytes } from '../zip/zip-bytes.ts'

export const PACKAGE_FORMATS = ['docx', 'pptx', 'xlsx', 'odt', 'ods', 'odp'] as const
export type PackageFormat = (typeof PACKAGE_FORMATS)[number]

const ODF = ['office', 'style', 'text', 'table', 'presentation']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')
const ODF_DRAWING = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
const ODF_KINDS = { odt: 'text', ods: 'spreadsheet', odp: 'presentation' } as const
const MAIN = 'application/vnd.openxmlformats-officedocument'
const CONTENT_TYPES = {
  docx: ['/word/document.xml', `${MAIN}.wordprocessingml.document.main+xml`],
  pptx: ['/ppt/presentation.xml', `${MAIN}.presentationml.presentation.main+xml`],
  xlsx: ['/xl/workbook.xml', `${MAIN}.spreadsheetml.sheet.main+xml`],
} as const

/** Where the part with the text lies. */
const TEXT_PARTS: Readonly<Record<PackageFormat, string>> = {
  docx: 'word/document.xml',
  pptx: 'ppt/slides/slide1.xml',
  xlsx: 'xl/worksheets/sheet1.xml',
  odt: 'content.xml',
  ods: 'content.xml',
  odp: 'content.xml',
}

/** What the part with the text begins and ends with, and a text in between that readers show. */
interface Frame {
  readonly before: string
  readonly text: (content: string) => string
  readonly after: string
}

/** The markup around the text of a document. */
export function frameOf(format: PackageFormat): Frame {
  switch (format) {
    case 'docx':
      return {
        before: `<w:document ${namespaces()}><w:body>`,
        text: (content) => `<w:p><w:r><w:t>${content}</w:t></w:r></w:p>`,
        after: '</w:body></w:document>',
      }
    case 'pptx':
      return {
        before: `<p:sld ${namespaces()}><p:cSld><p:spTree>`,
        text: (content) => `<p:sp><p:txBody><a:p><a:r><a:t>${content}</a:t></a:r></a:p></p:txBody></p:sp>`,
        after: '</p:spTree></p:cSld></p:sld>',
      }
    case 'xlsx':
      return {
        before:
          '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>',
        text: (content) => `<c t="inlineStr"><is><t>${content}</t></is></c>`,
        after: '</row></sheetData></worksheet>',
      }
    case 'odt':
      return openDocumentFrame('odt', (content) => `<text:p>${content}</text:p>`)
    case 'ods':
      return openDocumentFrame(
        'ods',
        (content) => `<table:table-cell><text:p>${content}</text:p></table:table-cell>`,
        ['<table:table table:name="S"><table:table-row>', '</table:table-row></table:table>'],
      )
    case 'odp':
      return openDocumentFrame(
        'odp',
        (content) => `<draw:frame><draw:text-box><text:p>${content}</text:p></draw:text-box></draw:frame>`,
        ['<draw:page draw:name="1">', '</draw:page>'],
      )
  }
}

function openDocumentFrame(
  format: keyof typeof ODF_KINDS,
  text: Frame['text'],
  [open, close]: readonly [string, string] = ['', ''],
): Frame {
  const body = `office:${ODF_KINDS[format]}`
  return {
    before: `<office:document-content ${ODF} ${ODF_DRAWING}><office:body><${body}>${open}`,
    text,
    after: `${close}</${body}></office:body></office:document-content>`,
  }
}

/**
 * A document of a format that is an archive of XML parts, written by hand.
 *
 * @param text the XML of the part with the text, or that entry of the archive
 * @param more further entries
 */
export function packageBytes(
  format: PackageFormat,
  text: string | Omit<RawEntry, 'name'>,
  more: readonly RawEntry[] = [],
): Uint8Array {
  const entry = { name: TEXT_PARTS[format], ...(typeof text === 'string' ? { content: text } : text) }
  return zipBytes([...surroundings(format), entry, ...more])
}

function surroundings(format: PackageFormat): readonly RawEntry[] {
  if (format === 'odt' || format === 'ods' || format === 'odp') {
    const mediaType = `application/vnd.oasis.opendocument.${ODF_KINDS[format]}`
    return [{ name: 'mimetype', content: mediaType, method: 0, packed: Buffer.from(mediaType) }]
  }
  const [part, type] = CONTENT_TYPES[format]
  const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="${part}" ContentType="${type}"/></Types>`
  const root = { name: '_rels/.rels', content: relationships({ r: `officeDocument ${part.slice(1)}` }) }
  const listed: RawEntry = { name: '[Content_Types].xml', content: types }
  if (format === 'docx') return [listed, root]
  if (format === 'pptx') {
    const slides = '<p:sldIdLst><p:sldId id="256" r:id="s"/></p:sldIdLst>'
    return [
      listed,
      root,
      { name: 'ppt/presentation.xml', content: `<p:presentation ${namespaces()}>${slides}</p:presentation>` },
      { name: 'ppt/_rels/presentation.xml.rels', content: relationships({ s: 'slide slides/slide1.xml' }) },
    ]
  }
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const sheets = `<sheets><sheet name="S" sheetId="1" r:id="s"/></sheets>`
  return [
    listed,
    root,
    { name: 'xl/workbook.xml', content: `<workbook xmlns="${main}" ${namespaces()}>${sheets}</workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', content: relationships({ s: 'worksheet worksheets/sheet1.xml' }) },
  ]
}
