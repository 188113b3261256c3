/** PDF written object by object (ISO 32000-1): what other programs do not make any more, or not here. */
import { displayWidth } from '../office/display-width.ts'

type PdfObject = string | { readonly dictionary: string; readonly stream: Uint8Array }

/** Objects are numbered from 1; the first is the catalogue. */
function pdfFile(objects: readonly PdfObject[]): Uint8Array {
  const parts: Uint8Array[] = []
  const offsets: number[] = []
  let length = 0
  const put = (part: string | Uint8Array): void => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part
    parts.push(bytes)
    length += bytes.length
  }
  put('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n')
  objects.forEach((object, at) => {
    offsets.push(length)
    put(`${at + 1} 0 obj\n`)
    if (typeof object === 'string') put(object)
    else {
      put(`<< ${object.dictionary} /Length ${object.stream.length} >>\nstream\n`)
      put(object.stream)
      put('\nendstream')
    }
    put('\nendobj\n')
  })
  const start = length
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  put(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join('')}`)
  put(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`)
  return Buffer.concat(parts)
}

const FONTS = {
  /** The character codes are UTF-16BE; the font is the reader's (§9.7.5.2). */
  horizontal: { name: 'Ryumin-Light', encoding: 'UniJIS-UTF16-H' },
  vertical: { name: 'Ryumin-Light', encoding: 'UniJIS-UTF16-V' },
  shiftJis: { name: 'GothicBBB-Medium', encoding: '90ms-RKSJ-H' },
} as const

/**
 * Lines of Japanese in a font that is not embedded, as printers' drivers of the 1990s and many invoicing programs write
 * it. Lines are broken where the page ends them.
 *
 * @param encode - text as the bytes that the font's encoding wants
 */
export function rawJapanesePdf(
  text: string,
  kind: keyof typeof FONTS,
  encode: (text: string) => Uint8Array,
): Uint8Array {
  const { name, encoding } = FONTS[kind]
  const vertical = kind === 'vertical'
  let advance = 0
  const drawn = text.split('\n').flatMap((paragraph) => {
    advance += 8
    return wrap(paragraph, vertical ? 80 : 76).map((line) => {
      const hex = Buffer.from(encode(line)).toString('hex')
      const place = vertical ? `${540 - advance} 780` : `70 ${780 - advance}`
      advance += 19
      return `1 0 0 1 ${place} Tm <${hex}> Tj`
    })
  })
  return pdfFile([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 7 0 R >>',
    `<< /Type /Font /Subtype /Type0 /BaseFont /${name}-${encoding} /Encoding /${encoding} /DescendantFonts [5 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /${name} /FontDescriptor 6 0 R /DW 1000 /W [1 [500] 2 94 500 231 632 500] ` +
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>',
    `<< /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [-170 -331 1024 903] /ItalicAngle 0 /Ascent 723 ` +
      '/Descent -241 /CapHeight 709 /StemV 69 >>',
    { dictionary: '', stream: Buffer.from(`BT /F1 12 Tf\n${drawn.join('\n')}\nET`, 'latin1') },
  ])
}

/** A page that is one JPEG picture, as a scanner makes it. */
export function scannedPdf(pages: readonly Uint8Array[]): Uint8Array {
  const first = 3
  const objects = pages.flatMap((jpeg, at): PdfObject[] => {
    const page = first + at * 3
    const { width, height } = jpegSize(jpeg)
    return [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${(width * 72) / 200} ${(height * 72) / 200}] ` +
        `/Resources << /XObject << /Im0 ${page + 2} 0 R >> >> /Contents ${page + 1} 0 R >>`,
      {
        dictionary: '',
        stream: Buffer.from(`q ${(width * 72) / 200} 0 0 ${(height * 72) / 200} 0 0 cm /Im0 Do Q`, 'latin1'),
      },
      {
        dictionary: `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode`,
        stream: jpeg,
      },
    ]
  })
  const kids = pages.map((_, at) => `${first + at * 3} 0 R`).join(' ')
  return pdfFile([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    ...objects,
  ])
}

/** From the start-of-frame segment (ITU-T T.81, B.2.2). */
function jpegSize(jpeg: Uint8Array): { width: number; height: number } {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  for (let at = 2; at < jpeg.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at)
    if (marker >= 0xffc0 && marker <= 0xffc2)
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
  }
  throw new Error('not a JPEG picture')
}

/** @param columns - of half-width characters */
function wrap(line: string, columns: number): string[] {
  const rows: string[] = []
  let row = ''
  for (const character of line) {
    if (displayWidth(row + character) > columns) {
      rows.push(row)
      row = ''
    }
    row += character
  }
  return [...rows, row]
}
