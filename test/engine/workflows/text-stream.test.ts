import { beforeAll, describe, expect, it } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { createTokenizer, type Tokenizer, trainByteLevelBpe } from '../../../src/engine/tokens/index.ts'
import { TextStream } from '../../../src/engine/workflows/text-stream.ts'

/** SentencePiece's way: `▁` stands for a space, and the one that begins a text is dropped. */
const metaspaceTokenizer = (): Tokenizer =>
  createTokenizer(
    JSON.stringify({
      added_tokens: [],
      pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
      decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
      model: { type: 'Unigram', unk_id: 0, vocab: ['<unk>', '▁oil', '▁level', 's', '▁'].map((t) => [t, -1]) },
    }),
  )

function streamed(tokenizer: Tokenizer, tokens: readonly number[]): string[] {
  const pieces: string[] = []
  const stream = new TextStream(tokenizer, (text) => pieces.push(text))
  for (const token of tokens) stream.push(token)
  stream.end()
  return pieces
}

describe('TextStream', () => {
  let bytes: Tokenizer
  beforeAll(async () => {
    const text = '点検の記録は三年間保管する。Check the oil level. 😀'
    bytes = createTokenizer(await trainByteLevelBpe([text], { vocabSize: 270 }, quietContext()))
  })

  it('emits whole characters, however their bytes are cut', () => {
    expect(streamed(bytes, [...bytes.encode('é😀算a')])).toEqual(['é', '😀', '算', 'a'])
  })

  it('gives, piece by piece, what decoding all tokens gives, also where they are no text', () => {
    const random = new SeededRandom(5)
    for (let round = 0; round < 300; round++) {
      const tokens = Array.from({ length: 1 + random.integer(24) }, () => random.integer(bytes.vocabSize))
      expect(streamed(bytes, tokens).join('')).toBe(bytes.decode(tokens))
    }
  })

  it('keeps the spaces of a tokenizer that drops the first', () => {
    const tokenizer = metaspaceTokenizer()
    const tokens = [1, 2, 3, 1, 4, 2]
    expect(tokenizer.decode(tokens)).toBe('oil levels oil  level')
    expect(streamed(tokenizer, tokens).join('')).toBe('oil levels oil  level')
  })
})
