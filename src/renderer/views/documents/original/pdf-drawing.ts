/** The one place that draws PDF files: canvas only, nothing of the file is run and nothing is fetched from elsewhere. */
import {
  getDocument,
  GlobalWorkerOptions,
  type PDFDocumentProxy,
  type RenderTask,
} from 'pdfjs-dist/legacy/build/pdf.mjs'

import { PdfResources } from './pdf-resources.ts'
import PdfWorker from './pdf-worker.ts?worker'

/** Longest side of a canvas, px: larger ones fail to be made. */
const LONGEST_SIDE = 4096

export interface PdfDrawing {
  readonly pages: number
  /**
   * Draws one page as wide as asked for. A drawing under way on the same file is given up for it.
   *
   * @param page from 1
   * @param width of the canvas on the screen, CSS px
   * @returns whether it was drawn; not if another was asked for meanwhile
   */
  draw(canvas: HTMLCanvasElement, page: number, width: number): Promise<boolean>
  close(): Promise<void>
}

/** @throws Error of pdf.js for a file that cannot be opened */
export async function openPdf(content: Blob): Promise<PdfDrawing> {
  GlobalWorkerOptions.workerPort ??= new PdfWorker()
  const loading = getDocument({
    data: new Uint8Array(await content.arrayBuffer()),
    BinaryDataFactory: PdfResources,
    // The resources are found by name, not below an address.
    cMapUrl: 'cmaps/',
    standardFontDataUrl: 'fonts/',
    wasmUrl: 'wasm/',
    useWorkerFetch: false,
    disableWorkerRendering: true,
    enableXfa: false,
    verbosity: 0,
  })
  const opened = await loading.promise
  return new Drawing(opened, () => loading.destroy())
}

class Drawing implements PdfDrawing {
  readonly #document: PDFDocumentProxy
  readonly #destroy: () => Promise<void>
  #task: RenderTask | null = null
  #latest = 0

  constructor(document: PDFDocumentProxy, destroy: () => Promise<void>) {
    this.#document = document
    this.#destroy = destroy
  }

  get pages(): number {
    return this.#document.numPages
  }

  async draw(canvas: HTMLCanvasElement, page: number, width: number): Promise<boolean> {
    const turn = ++this.#latest
    const previous = this.#task
    previous?.cancel()
    // A canvas takes one drawing at a time.
    await previous?.promise.catch(() => undefined)
    const found = await this.#document.getPage(page)
    if (turn !== this.#latest) return false
    const natural = found.getViewport({ scale: 1 })
    const scale = Math.min(
      (width * devicePixelRatio) / natural.width,
      LONGEST_SIDE / Math.max(natural.width, natural.height),
    )
    const viewport = found.getViewport({ scale })
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    const task = found.render({ canvas, viewport })
    this.#task = task
    try {
      await task.promise
    } catch (error) {
      if (turn !== this.#latest) return false
      throw error
    }
    return turn === this.#latest
  }

  async close(): Promise<void> {
    this.#latest++
    this.#task?.cancel()
    await this.#destroy()
  }
}
