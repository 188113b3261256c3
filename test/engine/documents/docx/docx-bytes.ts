import { zipBytes } from '../zip/zip-bytes.ts'

export const TRANSITIONAL = 'http://schemas.openxmlformats.org/'
export const STRICT = 'http://purl.oclc.org/ooxml/'

/** Namespace declarations of a WordprocessingML part, Transitional or Strict. */
export function namespaces(root = TRANSITIONAL): string {
  const year = root === STRICT ? '' : '2006/'
  const uris = {
    w: `${root}wordprocessingml/${year}main`,
    r: `${root}officeDocument/${year}relationships`,
    m: `${root}officeDocument/${year}math`,
    wp: `${root}drawingml/${year}wordprocessingDrawing`,
    a: `${root}drawingml/${year}main`,
    c: `${root}drawingml/${year}chart`,
    dgm: `${root}drawingml/${year}diagram`,
    p: `${root}presentationml/${year}main`,
    mc: `${TRANSITIONAL}markup-compatibility/2006`,
    v: 'urn:schemas-microsoft-com:vml',
    wps: 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape',
    a14: 'http://schemas.microsoft.com/office/drawing/2010/main',
    p188: 'http://schemas.microsoft.com/office/powerpoint/2018/8/main',
  }
  return Object.entries(uris)
    .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
    .join(' ')
}

/** A relationships part. @param targets by id, as `type target` */
export function relationships(targets: Readonly<Record<string, string>>, root = TRANSITIONAL): string {
  const year = root === STRICT ? '' : '2006/'
  const rows = Object.entries(targets).map(([id, target]) => {
    const [type, part] = target.split(' ')
    return `<Relationship Id="${id}" Type="${root}officeDocument/${year}relationships/${type}" Target="${part}"/>`
  })
  return `<Relationships xmlns="${TRANSITIONAL}package/2006/relationships">${rows.join('')}</Relationships>`
}

/** Other parts of a document: the content of their root element, or any bytes. */
export type Parts = Readonly<Record<string, string | Uint8Array>>

const ROOTS: Readonly<Record<string, string>> = { header: 'hdr', footer: 'ftr' }

/**
 * A Word document, written by hand: the body and other parts by kind (`styles`, `numbering`, `footnotes`, `header`…).
 *
 * @param linked parts that relationships of the body lead to, by id as `type target`
 */
export function docxBytes(
  body: string,
  parts: Parts = {},
  linked: Parts = {},
  root = TRANSITIONAL,
): Uint8Array {
  const targets: Record<string, string> = {}
  const files = Object.entries(parts).map(([kind, content]) => {
    targets[`part-${kind}`] = `${kind} ${kind}.xml`
    const element = ROOTS[kind] ?? kind
    const xml =
      typeof content === 'string' ? `<w:${element} ${namespaces(root)}>${content}</w:${element}>` : content
    return { name: `word/${kind}.xml`, content: xml }
  })
  const drawings = Object.entries(linked).map(([link, content]) => {
    const [id = '', type = '', target = ''] = link.split(' ')
    targets[id] = `${type} ${target}`
    return { name: `word/${target}`, content }
  })
  return zipBytes([
    { name: '_rels/.rels', content: relationships({ rId1: 'officeDocument word/document.xml' }, root) },
    { name: 'word/_rels/document.xml.rels', content: relationships(targets, root) },
    {
      name: 'word/document.xml',
      content: `<w:document ${namespaces(root)}><w:body>${body}</w:body></w:document>`,
    },
    ...files,
    ...drawings,
  ])
}

/** A run of text. */
export function run(text: string, properties = ''): string {
  return `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
}

/** A paragraph of runs. */
export function paragraph(runs: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr>${runs}</w:p>`
}
