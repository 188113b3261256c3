import { expect, it } from 'vitest'

import { TextStream } from '../../../src/engine/workflows/generate-text.ts'

/** A tokenizer whose tokens are single UTF-8 bytes. */
const bytes = { decode: (ids: ArrayLike<number>): string => new TextDecoder().decode(Uint8Array.from(ids)) }

it('emits whole characters, however their bytes are cut', () => {
  const parts: string[] = []
  const stream = new TextStream(bytes, (text) => parts.push(text))
  for (const byte of new TextEncoder().encode('算a🧮')) stream.push(byte)
  stream.end()
  expect(parts).toEqual(['算', 'a', '🧮'])
})

it('does not hold back bytes that never become a character', () => {
  const parts: string[] = []
  const stream = new TextStream(bytes, (text) => parts.push(text))
  for (const byte of [0xe7, 0x41, 0xf0]) stream.push(byte)
  stream.end()
  expect(parts.join('')).toBe('\ufffdA\ufffd')
})
