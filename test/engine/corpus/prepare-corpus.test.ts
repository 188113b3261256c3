import { describe, expect, it } from 'vitest'

import { EVALUATE_ONLY, prepareCorpus, TUNE_AND_EVALUATE } from '../../../src/engine/corpus/index.ts'
import type { Document } from '../../../src/engine/documents/index.ts'
import { sha256 } from '../../../src/engine/kernel/files.ts'
import { prose } from '../../fixtures/prose.ts'

function document(name: string, text: string): Document {
  return {
    name,
    sha256: sha256(`file ${text}`),
    bytes: Buffer.byteLength(text),
    encoding: 'utf-8',
    format: 'text',
    characters: text.length,
    brokenCharacters: 0,
    text,
  }
}

const twenty = Array.from({ length: 20 }, (_, index) =>
  document(`d${index}.txt`, `文書その${index}の本文です。`),
)

describe('prepareCorpus', () => {
  it('normalises, drops duplicates and blanks, and describes what is left', () => {
    const corpus = prepareCorpus(
      [
        document('c.txt', 'The report of the year is in the appendix.'),
        document('b.txt', '\ufeff規程です。  \r\n以上\r\n'),
        document('a.txt', '規程です。\n以上'),
        document('d.txt', '\u0007\r\n \r\n'),
      ],
      { seed: 1 },
    )
    const first = '規程です。\n以上'
    const second = 'The report of the year is in the appendix.'
    expect(corpus).toEqual({
      documents: [
        {
          name: 'a.txt',
          sha256: sha256('file 規程です。\n以上'),
          textSha256: sha256(first),
          text: first,
          characters: 8,
          bytes: 22,
          language: 'ja',
          split: 'held-out',
          steps: [],
        },
        {
          name: 'c.txt',
          sha256: sha256(`file ${second}`),
          textSha256: sha256(second),
          text: second,
          characters: 42,
          bytes: 42,
          language: 'en',
          split: 'held-out',
          steps: [],
        },
      ],
      duplicates: [{ name: 'b.txt', of: 'a.txt' }],
      blank: ['d.txt'],
      sha256: sha256([sha256(first), sha256(second)].sort().join('\n')),
      characters: 50,
      bytes: 64,
      languages: { ja: 1, en: 1, other: 0 },
      lengths: [
        { from: 8, to: 16, count: 1 },
        { from: 16, to: 32, count: 0 },
        { from: 32, to: 64, count: 1 },
      ],
    })
  })

  it('does not depend on the order of the files', () => {
    const options = { seed: 5, shares: TUNE_AND_EVALUATE }
    expect(prepareCorpus(twenty.toReversed(), options)).toEqual(prepareCorpus(twenty, options))
  })

  it('has a fingerprint of the texts alone', () => {
    const renamed = twenty.map(({ text }, index) => document(`other/${20 - index}.md`, `${text}\r\n`))
    const original = prepareCorpus(twenty, { seed: 1 }).sha256
    expect(prepareCorpus(renamed, { seed: 9 }).sha256).toBe(original)
    expect(prepareCorpus(twenty.slice(1), { seed: 1 }).sha256).not.toBe(original)
  })

  it('splits by seed in the given shares', () => {
    const heldOut = (seed: number): string[] =>
      prepareCorpus(twenty, { seed, shares: TUNE_AND_EVALUATE })
        .documents.filter(({ split }) => split === 'held-out')
        .map(({ name }) => name)
    expect(heldOut(1)).toHaveLength(4)
    expect(heldOut(1)).toEqual(heldOut(1))
    expect(heldOut(2)).not.toEqual(heldOut(1))
  })

  it('keeps near-copies in one split, which counts only where there is more than one', () => {
    const documents = Array.from({ length: 12 }, (_, index) => {
      const text = prose(index, 80)
      return [document(`${index}.txt`, text), document(`${index}-new.txt`, `${text} 改訂 ${index}`)]
    }).flat()
    const splitsOf = (shares: typeof EVALUATE_ONLY): string[][] => {
      const corpus = prepareCorpus(documents, { seed: 3, shares })
      expect(corpus.documents).toHaveLength(24)
      const pairs = Map.groupBy(corpus.documents, ({ name }) => parseInt(name, 10))
      return Array.from(pairs.values(), (pair) => pair.map(({ split }) => split))
    }
    const pairs = splitsOf(TUNE_AND_EVALUATE)
    expect(pairs.filter(([first, second]) => first !== second)).toEqual([])
    expect(new Set(pairs.flat())).toEqual(new Set(['held-out', 'tuning', 'validation']))
    expect(new Set(splitsOf(EVALUATE_ONLY).flat())).toEqual(new Set(['held-out']))
  })

  it('refuses a corpus with nothing in it', () => {
    expect(() => prepareCorpus([document('a.txt', ' \n')], { seed: 1, shares: EVALUATE_ONLY })).toThrow(
      expect.objectContaining({ code: 'corpus/empty', params: { documents: 1 } }) as Error,
    )
  })
})
