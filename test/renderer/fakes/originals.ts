import type { OutputOf } from '../../../src/shared/contract.ts'
import { ORIGINAL_PIECE_BYTES } from '../../../src/shared/contract/documents.ts'
import { AppError } from '../../../src/shared/errors.ts'

/** A picture of one pixel. */
const PICTURE = 'R0lGODlhAQABAPAAAGpaz////yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=='

/** A PDF file of A4 pages, each with its lines in Helvetica, which the reader must have. ASCII only. */
function pdfOf(pages: readonly (readonly string[])[]): string {
  const font = pages.length * 2 + 3
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${index * 2 + 3} 0 R`).join(' ')}] >>`,
    ...pages.flatMap((lines, index) => {
      const shown = lines.map((line) => `(${line}) Tj T*`).join(' ')
      const content = `BT /F 14 Tf 60 780 Td 22 TL ${shown} ET`
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${index * 2 + 4} 0 R /Resources << /Font << /F ${font} 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ]
    }),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.7\n'
  const offsets = objects.map((object, index) => {
    const offset = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
}

const PDF = pdfOf(
  [1, 2, 3].map((page) => [
    `Hydraulic unit - operating manual, page ${page}`,
    ...Array.from({ length: 24 }, (_, line) => `${page}.${line + 1} Check the oil level before each shift.`),
  ]),
)

/** A piece of what a document looks like. */
export function originalPiece(name: string, offset: number): OutputOf<'documents.original'> {
  if (/\.png$/.test(name)) return { type: 'image/gif', bytes: atob(PICTURE).length, base64: PICTURE }
  if (!/\.pdf$/.test(name)) throw new AppError('documents/not-found', { path: '/', name })
  const piece = PDF.slice(offset, offset + ORIGINAL_PIECE_BYTES)
  return { type: 'application/pdf', bytes: PDF.length, base64: btoa(piece) }
}
