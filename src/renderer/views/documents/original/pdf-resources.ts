/**
 * What PDF files leave to the reader: encodings of Asian fonts, the fonts that every reader has, and decoders of pictures
 * (JPEG 2000, JBIG2, fax).
 */
import { AppError } from '../../../../shared/errors.ts'

const FOLDER = /^.*\//

const named = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(files).map(([path, url]) => [path.replace(FOLDER, ''), url]))

const RESOURCES = {
  cMapUrl: named(
    import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
      query: '?url',
      import: 'default',
      eager: true,
    }),
  ),
  standardFontDataUrl: named(
    import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
      query: '?url',
      import: 'default',
      eager: true,
    }),
  ),
  wasmUrl: named(
    import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/wasm/{jbig2,openjpeg}.wasm', {
      query: '?url',
      import: 'default',
      eager: true,
    }),
  ),
}
type Kind = keyof typeof RESOURCES

const isKind = (kind: string): kind is Kind => Object.hasOwn(RESOURCES, kind)

/** Fetches them from the window's own files, for pdf.js. */
export class PdfResources {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const url = isKind(kind) ? RESOURCES[kind].get(filename) : undefined
    if (url === undefined) throw new AppError('file/not-found', { path: filename })
    // eslint-disable-next-line no-restricted-globals -- a file of the window itself, which pdf.js cannot import
    const response = await fetch(url)
    if (!response.ok) throw new AppError('file/not-found', { path: filename })
    return new Uint8Array(await response.arrayBuffer())
  }
}
