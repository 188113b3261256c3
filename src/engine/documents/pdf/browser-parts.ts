/** Parts of a browser that pdf.js asks for, made for reading text in this thread. */
import { inflateSync } from 'node:zlib'

/** A page that takes fonts and draws nothing: without one pdf.js makes the outlines of all glyphs, to draw them itself. */
export const PAGE_OF_NO_FONTS = { fonts: { add: (): void => {}, delete: (): void => {} } }

class UndrawnFont {
  readonly loaded = Promise.resolve()
}

/** The part of a `DecompressionStream` that pdf.js uses: a single write, and reads until there is no more. */
class Inflation {
  readonly readable = { getReader: () => this }
  readonly writable = { getWriter: () => this }
  #compressed: Uint8Array | undefined

  write(compressed: Uint8Array): Promise<void> {
    this.#compressed = compressed
    return Promise.resolve()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }> {
    const compressed = this.#compressed
    this.#compressed = undefined
    if (compressed === undefined) return Promise.resolve({ done: true })
    return Promise.try(() => {
      // Of a `Buffer`, `slice` is no copy.
      const { buffer, byteOffset, byteLength } = inflateSync(compressed)
      return { done: false, value: new Uint8Array(buffer, byteOffset, byteLength) }
    })
  }
}

/**
 * Puts them where pdf.js looks for them. Decompressing in one go is what saves most: the streams of Node.js take longer
 * to set up than the content of a page takes to inflate.
 */
export function installBrowserParts(): void {
  const parts = globalThis as { FontFace?: unknown; DecompressionStream: unknown }
  if (parts.FontFace === UndrawnFont) return
  const original = globalThis.DecompressionStream
  parts.FontFace = UndrawnFont
  parts.DecompressionStream = new Proxy(original, {
    construct: (target, [format]: ConstructorParameters<typeof DecompressionStream>) =>
      format === 'deflate' ? new Inflation() : new target(format),
  })
}
