import { describe, expect, it } from 'vitest'

import { lengthHistogram } from '../../../src/engine/corpus/histogram.ts'
import { guessLanguage } from '../../../src/engine/corpus/language.ts'
import { normalizeText } from '../../../src/engine/corpus/normalize.ts'
import { assignSplits, type CorpusSplit, TUNE_AND_EVALUATE } from '../../../src/engine/corpus/split.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'

describe('normalizeText', () => {
  it('records each step that changed something', () => {
    const cases = [
      ['a\u0000b\ud800', 'ab\ufffd', ['control-characters']],
      ['\ufeffa\ufeffb', 'ab', ['byte-order-marks']],
      ['a\r\nb\rc\fd\u2028e', 'a\nb\nc\nd\ne', ['line-ends']],
      ['　字下げ \t　\nb ', '　字下げ\nb', ['trailing-spaces']],
      ['\n\na\n\n\nb\n', 'a\n\n\nb', ['surrounding-blank-lines']],
      ['\ufeff \r\na', 'a', ['byte-order-marks', 'line-ends', 'trailing-spaces', 'surrounding-blank-lines']],
      ['①㈱～ ｶﾞ\tＡ', '①㈱～ ｶﾞ\tＡ', []],
    ] as const
    for (const [original, text, steps] of cases) expect(normalizeText(original)).toEqual({ text, steps })
  })

  it('changes nothing the second time', () => {
    const random = new SeededRandom(3)
    const characters = [
      'a',
      '経',
      ' ',
      '\t',
      '　',
      '\r',
      '\n',
      '\f',
      '\0',
      '\u0085',
      '\u009f',
      '\ufeff',
      '\ufffe',
      '\u2029',
    ]
    for (let round = 0; round < 2000; round++) {
      const text = Array.from(
        { length: random.integer(12) },
        () => characters[random.integer(characters.length)]!,
      ).join('')
      expect(normalizeText(normalizeText(text).text).steps).toEqual([])
    }
  })

  it('takes linear time on long runs of spaces and line ends', () => {
    const run = 400_000
    const text = `a${' '.repeat(run)}b${'\n'.repeat(run)}c`
    expect(normalizeText(text).text).toBe(text)
  })
})

describe('guessLanguage', () => {
  it('tells Japanese, English and others apart', () => {
    const cases = {
      '経費精算書は毎月25日までに提出してください。': 'ja',
      'Dockerコンテナの起動には docker run コマンドを使用します。': 'ja',
      'The server must not be switched off without a notice to the administrator.': 'en',
      'Der Server darf nicht ohne Meldung ausgeschaltet werden.': 'other',
      未经管理员许可不得关闭服务器电源并且必须记录: 'other',
      '12345 --- 67': 'other',
      '': 'other',
    }
    expect(Object.fromEntries(Object.keys(cases).map((text) => [text, guessLanguage(text)]))).toEqual(cases)
  })
})

describe('lengthHistogram', () => {
  it('counts in doubling buckets', () => {
    expect(lengthHistogram([])).toEqual([])
    expect(lengthHistogram([0, 1, 2, 3, 9])).toEqual([
      { from: 0, to: 1, count: 1 },
      { from: 1, to: 2, count: 1 },
      { from: 2, to: 4, count: 2 },
      { from: 4, to: 8, count: 0 },
      { from: 8, to: 16, count: 1 },
    ])
  })
})

describe('assignSplits', () => {
  const hashes = (count: number): string[][] => Array.from({ length: count }, (_, index) => [`hash ${index}`])
  const sizes = (count: number, shares = TUNE_AND_EVALUATE): number[] => {
    const splits = [...assignSplits(hashes(count), shares, 1).values()]
    return (['held-out', 'tuning', 'validation'] as const).map(
      (split) => splits.filter((s) => s === split).length,
    )
  }

  it('follows the shares and leaves no wanted split empty', () => {
    expect(sizes(3)).toEqual([1, 1, 1])
    expect(sizes(5)).toEqual([1, 3, 1])
    expect(sizes(10)).toEqual([2, 7, 1])
    expect(sizes(100)).toEqual([20, 70, 10])
    expect(sizes(3, { 'held-out': 1, tuning: 0, validation: 0 })).toEqual([3, 0, 0])
    for (let count = 3; count < 60; count++) {
      expect(sizes(count).reduce((sum, size) => sum + size, 0)).toBe(count)
    }
  })

  it('draws by content and seed, whatever the order', () => {
    const shuffled = new SeededRandom(1).shuffle(hashes(40))
    const sorted = (splits: ReadonlyMap<string, string>): [string, string][] => [...splits].sort()
    expect(sorted(assignSplits(shuffled, TUNE_AND_EVALUATE, 4))).toEqual(
      sorted(assignSplits(hashes(40), TUNE_AND_EVALUATE, 4)),
    )
  })

  it('keeps groups whole, leaves no wanted split empty and meets the shares as closely as they allow', () => {
    const groups = [...hashes(17), ['a', 'b', 'c']]
    for (let seed = 0; seed < 50; seed++) {
      const splits = assignSplits(groups, TUNE_AND_EVALUATE, seed)
      expect(new Set(['a', 'b', 'c'].map((hash) => splits.get(hash))).size).toBe(1)
      const counts = Object.groupBy(splits.values(), (split) => split)
      // A group of three misses a split's size by at most two documents.
      for (const [split, size] of Object.entries({ 'held-out': 4, tuning: 14, validation: 2 } as const)) {
        expect(Math.abs(counts[split as CorpusSplit]!.length - size)).toBeLessThanOrEqual(2)
      }
    }
    // Whatever the draw, each of three groups has a split of its own.
    const large = [['x'], ['y'], Array.from({ length: 9 }, (_, index) => `z${index}`)]
    for (let seed = 0; seed < 50; seed++) {
      const splits = assignSplits(large, TUNE_AND_EVALUATE, seed)
      expect(new Set(['x', 'y', 'z0'].map((hash) => splits.get(hash))).size).toBe(3)
      expect(splits.get('z8')).toBe(splits.get('z0'))
    }
  })

  it('a document alone is drawn as it was before there were groups', () => {
    expect([...assignSplits(hashes(8), TUNE_AND_EVALUATE, 4)].sort()).toEqual([
      ['hash 0', 'tuning'],
      ['hash 1', 'held-out'],
      ['hash 2', 'held-out'],
      ['hash 3', 'validation'],
      ['hash 4', 'tuning'],
      ['hash 5', 'tuning'],
      ['hash 6', 'tuning'],
      ['hash 7', 'tuning'],
    ])
  })

  it('refuses too few documents and shares that are none', () => {
    expect(() => assignSplits(hashes(2), TUNE_AND_EVALUATE, 1)).toThrow(
      expect.objectContaining({
        code: 'corpus/too-few-documents',
        params: { documents: 2, needed: 3 },
      }) as Error,
    )
    for (const shares of [
      { 'held-out': 0.5, tuning: 0.4, validation: 0 },
      { 'held-out': 1.5, tuning: -0.5, validation: 0 },
      { 'held-out': Number.NaN, tuning: 1, validation: 0 },
    ]) {
      expect(() => assignSplits(hashes(5), shares, 1)).toThrow(
        expect.objectContaining({ code: 'corpus/split-shares' }) as Error,
      )
    }
  })
})
