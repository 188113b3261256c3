import { brotliCompressSync, deflateSync } from 'node:zlib'

import { beforeAll, describe, expect, it } from 'vitest'

import { installBrowserParts } from '../../../../src/engine/documents/pdf/browser-parts.ts'

const CONTENT = new TextEncoder().encode('BT /F1 12 Tf (text) Tj ET '.repeat(10_000))

beforeAll(() => {
  installBrowserParts()
  // A second document is opened in the same process.
  installBrowserParts()
})

/** Decompresses as pdf.js does. */
async function decompressed(format: 'deflate' | 'brotli', compressed: Uint8Array): Promise<Buffer> {
  const { readable, writable } = new DecompressionStream(format)
  const writer = writable.getWriter()
  writer.write(new Uint8Array(compressed)).catch(() => {})
  writer.close().catch(() => {})
  const chunks: Uint8Array[] = []
  const reader = readable.getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return Buffer.concat(chunks)
    chunks.push(value)
  }
}

describe('installBrowserParts', () => {
  it.each([
    ['deflate', deflateSync(CONTENT)],
    ['brotli', brotliCompressSync(CONTENT)],
  ] as const)('decompresses %s', async (format, compressed) => {
    expect((await decompressed(format, compressed)).equals(CONTENT)).toBe(true)
  })

  it.each([
    ['cut short', deflateSync(CONTENT).subarray(0, -20)],
    ['of nothing', new Uint8Array()],
    ['of another kind', CONTENT.subarray(0, 100)],
  ])('rejects a stream %s', async (_name, compressed) => {
    await expect(decompressed('deflate', compressed)).rejects.toThrow(/./)
  })

  it('gives bytes whose slices are copies', async () => {
    const { readable, writable } = new DecompressionStream('deflate')
    writable
      .getWriter()
      .write(new Uint8Array(deflateSync(CONTENT)))
      .catch(() => {})
    const { value } = await readable.getReader().read()
    value?.slice(0, 2).fill(0)
    expect(value?.subarray(0, 2)).toEqual(CONTENT.subarray(0, 2))
  })
})
