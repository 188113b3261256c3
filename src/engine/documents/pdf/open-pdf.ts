import { fileURLToPath } from 'node:url'

import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import {
  AnnotationMode,
  getDocument,
  InvalidPDFException,
  PasswordException,
  PDFWorker,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import { WorkerMessageHandler } from 'pdfjs-dist/legacy/build/pdf.worker.mjs'

import { AppError } from '../../../shared/errors.ts'
import type { ReaderInput } from '../format-reader.ts'
import { installBrowserParts, PAGE_OF_NO_FONTS } from './browser-parts.ts'
import { damaged } from './file-structure.ts'
import { InThreadPort } from './in-thread-port.ts'
import { type PageFont, fontNames, type PageText, textOfPage } from './page-text.ts'

/** An open PDF; disposing of it frees what pdf.js holds. */
export interface OpenPdf extends AsyncDisposable {
  readonly document: PDFDocumentProxy
}

export interface OpenOptions {
  /** Leaves out what only drawing needs: pictures are not decoded, and no outlines are made of glyphs. */
  readonly textOnly?: boolean
}

/** A folder of the pdf.js package, as a path with a `/` at its end. */
function packageFolder(name: string): string {
  return fileURLToPath(new URL(`${name}/`, import.meta.resolve('pdfjs-dist/package.json')))
}

/**
 * Opens a PDF with pdf.js, in this thread; a file that the empty password opens counts as open.
 *
 * @throws AppError documents/encrypted, documents/damaged
 */
export async function openPdf(input: ReaderInput, { textOnly = false }: OpenOptions = {}): Promise<OpenPdf> {
  installBrowserParts()
  const worker = textOnly ? inThreadWorker() : undefined
  const task = getDocument({
    // pdf.js takes possession of the bytes that it is given.
    data: input.bytes.slice(),
    cMapUrl: packageFolder('cmaps'),
    standardFontDataUrl: packageFolder('standard_fonts'),
    wasmUrl: packageFolder('wasm'),
    iccUrl: packageFolder('iccs'),
    useSystemFonts: false,
    ...(worker === undefined
      ? { disableFontFace: true }
      : { worker, disableFontFace: false, ownerDocument: PAGE_OF_NO_FONTS as never, maxImageSize: 0 }),
    enableXfa: true,
    verbosity: 0,
  })
  const close = async (): Promise<void> => {
    await task.destroy()
    worker?.destroy()
  }
  try {
    return { document: await task.promise, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw translated(error, input)
  }
}

function inThreadWorker(): PDFWorker {
  const port = new InThreadPort()
  // The types know no port.
  const worker = new PDFWorker({ port: port as never, verbosity: 0 })
  WorkerMessageHandler.initializeFromPort(port)
  return worker
}

/** What a page shows, without its annotations. */
export async function textOf(page: PDFPageProxy, isVisible: (group: unknown) => boolean): Promise<PageText> {
  const operators = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE })
  // Unlike this, the operators do not tell why there are none.
  if (operators.fnArray.length === 0) await page.getTextContent()
  const fonts = new Map<string, PageFont>()
  for (const name of fontNames(operators)) {
    const font = await fontOf(page, name)
    if (font !== undefined) fonts.set(name, font)
  }
  return textOfPage(operators, fonts, page.getViewport({ scale: 1 }), isVisible)
}

async function fontOf(page: PDFPageProxy, name: string): Promise<PageFont | undefined> {
  return await new Promise((resolve) => {
    page.commonObjs.get(name, (font: unknown) =>
      resolve(font instanceof Error ? undefined : (font as PageFont)),
    )
  })
}

/** A failure of pdf.js in the reader's words. */
export function translated(error: unknown, input: ReaderInput): AppError {
  if (error instanceof AppError) return error
  if (error instanceof PasswordException) {
    return new AppError('documents/encrypted', { name: input.name, type: 'PDF' }, { cause: error })
  }
  if (error instanceof InvalidPDFException) return damaged(input, error.message, error)
  return damaged(input, error instanceof Error ? error.message : String(error), error)
}
