import { describe, expect, it } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { BYTE_CHARACTERS } from '../../../src/engine/tokens/byte-alphabet.ts'
import { createTokenizer, END_OF_TEXT, trainByteLevelBpe } from '../../../src/engine/tokens/index.ts'
import type { Progress } from '../../../src/shared/job.ts'

const TEXTS = [
  '経費精算書は、毎月25日までに総務部へ提出してください。経費精算の締め日は翌月10日です。',
  'サーバー室の入室にはＩＤカードが必要です。サーバーの電源を切るときは、管理者へ連絡してください。\n\n',
  "The quarterly report isn't final. The report's figures don't include 12345 yen of travel expenses.\r\n",
  'ｻｰﾊﾞｰ　①㈱〜～ 第3四半期（2024年）は前年比で12.5%増、the server room report。',
  'aaaa aaaa aaa aa abab ababab',
]

interface TrainedJson {
  readonly model: { readonly vocab: Record<string, number>; readonly merges: readonly string[] }
}

async function train(texts: readonly string[], vocabSize: number, pattern?: string): Promise<string> {
  return trainByteLevelBpe(
    texts,
    pattern === undefined ? { vocabSize } : { vocabSize, pattern },
    quietContext(),
  )
}

/** Byte-pair learning with every pair counted afresh at each step: slow, and plainly right. */
function naiveMerges(pieces: readonly string[], merges: number): string[] {
  let words = pieces.map((piece) =>
    Array.from(new TextEncoder().encode(piece), (byte) => BYTE_CHARACTERS[byte]!),
  )
  const ids = new Map(BYTE_CHARACTERS.map((character, id) => [character, id]))
  const learnt: string[] = []
  while (learnt.length < merges) {
    const counts = new Map<string, { count: number; left: string; right: string }>()
    for (const word of words) {
      for (let i = 0; i + 1 < word.length; i++) {
        const [left, right] = [word[i]!, word[i + 1]!]
        const entry = counts.get(`${left} ${right}`) ?? { count: 0, left, right }
        entry.count++
        counts.set(`${left} ${right}`, entry)
      }
    }
    const best = [...counts.values()].sort(
      (a, b) =>
        b.count - a.count || ids.get(a.left)! - ids.get(b.left)! || ids.get(a.right)! - ids.get(b.right)!,
    )[0]
    if (best === undefined || best.count < 2) break
    const merged = best.left + best.right
    if (!ids.has(merged)) ids.set(merged, ids.size)
    learnt.push(`${best.left} ${best.right}`)
    words = words.map((word) => {
      const next: string[] = []
      for (let i = 0; i < word.length; i++) {
        if (word[i] === best.left && word[i + 1] === best.right) {
          next.push(merged)
          i++
        } else next.push(word[i]!)
      }
      return next
    })
  }
  return learnt
}

describe('trainByteLevelBpe', () => {
  it('learns the merges that recounting every pair at every step gives', async () => {
    const pattern = String.raw`\p{L}+|[^\p{L}]+`
    const pieces = TEXTS.flatMap((text) => text.match(/\p{L}+|[^\p{L}]+/gu) ?? [])
    const { model } = JSON.parse(await train(TEXTS, 400, pattern)) as TrainedJson
    expect(model.merges.length).toBeGreaterThan(60)
    expect(model.merges).toEqual(naiveMerges(pieces, model.merges.length))
  })

  it('does not depend on the order of the texts', async () => {
    expect(await train(TEXTS.toReversed(), 340)).toBe(await train(TEXTS, 340))
  })

  it('gives ids to the special token, the bytes, then the merges', async () => {
    const { model } = JSON.parse(await train(TEXTS, 300)) as TrainedJson
    const tokens = Object.entries(model.vocab)
      .sort((a, b) => a[1] - b[1])
      .map(([token]) => token)
    expect(tokens.slice(0, 257)).toEqual([END_OF_TEXT, ...BYTE_CHARACTERS])
    expect(tokens.length).toBe(300)
    expect(tokens.slice(257)).toEqual(model.merges.map((merge) => merge.replace(' ', '')))
  })

  it('stops early when no pair repeats, and tells the size it reached', async () => {
    const tokenizer = createTokenizer(await train(['abcabc xyz'], 1000))
    // Pieces 'abcabc' and ' xyz': a+b (2×), then ab+c (2×); nothing else occurs twice.
    expect(tokenizer.vocabSize).toBe(1 + 256 + 2)
  })

  it('keeps kanji, hiragana, katakana, Latin words and three digits apart', async () => {
    const text = 'Excelの表を12345枚、サーバー（らーめん）。'
    const tokenizer = createTokenizer(await train(Array(50).fill(text), 4000))
    const tokens = Array.from(tokenizer.encode(text), (id) => tokenizer.decode([id]))
    expect(tokens).toEqual([
      'Excel', 'の', '表', 'を', '123', '45', '枚', '、', 'サーバー', '（', 'らーめん', '）。',
    ]) // prettier-ignore
  })

  it('reports progress to the end and can be cancelled', async () => {
    const events: Progress[] = []
    await trainByteLevelBpe(
      TEXTS,
      { vocabSize: 300 },
      { ...quietContext(), report: (event) => events.push(event) },
    )
    expect(events.at(-1)).toMatchObject({ kind: 'tokenize', fraction: 1, done: 43, total: 43 })
    const endless = function* () {
      for (;;) yield TEXTS[0]!
    }
    const abort = new AbortController()
    setImmediate(() => abort.abort())
    await expect(
      trainByteLevelBpe(endless(), { vocabSize: 300 }, quietContext(abort.signal)),
    ).rejects.toThrow(/abort/i)
  })

  it('refuses a vocabulary without room for the bytes, and empty text', async () => {
    await expect(train(TEXTS, 256)).rejects.toMatchObject({
      code: 'tokens/vocabulary-size',
      params: { size: 256, smallest: 257 },
    })
    await expect(train(['', ''], 300)).rejects.toMatchObject({ code: 'tokens/no-text' })
  })
})

describe('the trained tokenizer', () => {
  it('decodes what it encoded, byte for byte, for any well-formed string', async () => {
    const tokenizer = createTokenizer(await train(TEXTS, 420))
    const random = new SeededRandom(7)
    const alphabets = [
      () => random.integer(0x80),
      () => random.integer(0x800),
      () => 0x3000 + random.integer(0x100),
      () => 0x4e00 + random.integer(0x200),
      () => 0x1f300 + random.integer(0x300),
      () => [0xfeff, 0xfffd, 0x200d, 0x3099, 0x0d, 0x0a, 0x2028, 0x10ffff, 0xe000, 0x0][random.integer(10)]!,
    ]
    for (let round = 0; round < 500; round++) {
      const length = random.integer(40)
      const text = String.fromCodePoint(
        ...Array.from({ length }, () => alphabets[random.integer(alphabets.length)]!()),
      )
      const ids = tokenizer.encode(text)
      expect(tokenizer.decode(ids)).toBe(text)
      expect(tokenizer.byteLength(ids)).toBe(Buffer.byteLength(text))
    }
  })

  it('spells the special token out in both directions', async () => {
    const tokenizer = createTokenizer(await train(TEXTS, 300))
    const text = `前${END_OF_TEXT}後`
    expect(Array.from(tokenizer.encode(text))).toContain(0)
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
    expect(tokenizer.byteLength([0])).toBe(END_OF_TEXT.length)
  })

  it('handles a document of 25,000 characters without a single break', async () => {
    const tokenizer = createTokenizer(await train(TEXTS, 400))
    const text = '経費精算'.repeat(6250)
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
  })
})
