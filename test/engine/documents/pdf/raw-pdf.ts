import { deflateSync } from 'node:zlib'

/** One page written by hand. */
export interface RawPage {
  /** Content stream operators. */
  readonly content: string
  /** Further entries of the page dictionary: `/Rotate 90`, `/Annots […]`. */
  readonly entries?: string
  /** Instead of the fonts and the picture. */
  readonly resources?: string
}

const RESOURCES = '/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> /XObject << /Im1 8 0 R >> >>'

/**
 * A PDF written object by object (ISO 32000-1): fonts `/F1` Helvetica, `/F2` MS-Mincho with 90ms-RKSJ-H and `/F3`
 * MS-Mincho with UniJIS-UTF16-V, none of them embedded; picture `/Im1`, grey.
 *
 * @param extra further objects, from number 20 on
 * @param catalog further entries of the catalog
 */
export function rawPdf(pages: readonly RawPage[], extra: readonly string[] = [], catalog = ''): Uint8Array {
  const objects = new Map<number, string>()
  const firstPage = 100
  const kids = pages.map((_, index) => `${firstPage + 2 * index} 0 R`)
  objects.set(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`)
  objects.set(2, `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`)
  objects.set(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  objects.set(4, cidFont('90ms-RKSJ-H', 6))
  objects.set(5, cidFont('UniJIS-UTF16-V', 6))
  objects.set(
    6,
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Mincho /DW 1000 /FontDescriptor 7 0 R ' +
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>',
  )
  objects.set(
    7,
    '<< /Type /FontDescriptor /FontName /MS-Mincho /Flags 4 /FontBBox [0 -136 1000 859] /ItalicAngle 0 ' +
      '/Ascent 859 /Descent -140 /CapHeight 769 /StemV 78 >>',
  )
  objects.set(
    8,
    stream(
      '/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8',
      'abcd',
    ),
  )
  extra.forEach((object, index) => objects.set(20 + index, object))
  for (const [index, { content, entries = '', resources = RESOURCES }] of pages.entries()) {
    const number = firstPage + 2 * index
    objects.set(
      number,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${number + 1} 0 R ` +
        `${resources} ${entries} >>`,
    )
    objects.set(number + 1, stream('', content))
  }
  return assemble(objects)
}

export function stream(dictionary: string, content: string): string {
  return `<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`
}

export function deflatedStream(content: string): string {
  return stream('/Filter /FlateDecode', deflateSync(Buffer.from(content, 'latin1')).toString('latin1'))
}

function cidFont(encoding: string, descendant: number): string {
  return `<< /Type /Font /Subtype /Type0 /BaseFont /MS-Mincho /Encoding /${encoding} /DescendantFonts [${descendant} 0 R] >>`
}

function assemble(objects: ReadonlyMap<number, string>): Uint8Array {
  let file = '%PDF-1.7\n'
  const offsets = new Map<number, number>()
  for (const [number, body] of objects) {
    offsets.set(number, file.length)
    file += `${number} 0 obj\n${body}\nendobj\n`
  }
  const size = Math.max(...objects.keys()) + 1
  const table = file.length
  file += `xref\n0 ${size}\n`
  for (let number = 0; number < size; number++) {
    const offset = offsets.get(number)
    file += offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  }
  file += `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return new Uint8Array(Buffer.from(file, 'latin1'))
}

/** Text as a hexadecimal string of the given bytes. */
export function hex(bytes: Iterable<number>): string {
  return `<${Buffer.from([...bytes]).toString('hex')}>`
}

export function utf16(text: string): string {
  return hex(Buffer.from(text, 'utf16le').swap16())
}

/** A line of Latin text at a place of the page. */
export function line(text: string, x: number, y: number, size = 12): string {
  return `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text}) Tj ET\n`
}
