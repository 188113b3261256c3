import { describe, expect, it } from 'vitest'

import { EVALUATE_ONLY, prepareCorpus, TUNE_AND_EVALUATE } from '../../../src/engine/corpus/index.ts'
import { sha256 } from '../../../src/engine/kernel/files.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { prose } from '../../fixtures/prose.ts'
import { described, folderOf } from './described.ts'

const twenty = Array.from({ length: 20 }, (_, index) => described(`d${index}.txt`, prose(index, 12)))

describe('prepareCorpus', () => {
  it('drops copies and the excluded, and describes what is left', async () => {
    const japanese = described('a.txt', '規程です。\n以上')
    const english = described('c.txt', 'The report of the year is in the appendix.')
    const corpus = await prepareCorpus(
      folderOf([
        english,
        described('b.txt', '\ufeff規程です。  \r\n以上\r\n'),
        japanese,
        described('x.txt', '別の文書です'),
      ]),
      { seed: 1, excluded: ['x.txt'] },
    )
    expect(corpus).toEqual({
      documents: [
        { ...japanese, split: 'held-out' },
        { ...english, split: 'held-out' },
      ],
      duplicates: [{ name: 'b.txt', of: 'a.txt' }],
      nearDuplicates: [],
      excluded: ['x.txt'],
      sha256: sha256(
        [sha256('規程です。\n以上'), sha256('The report of the year is in the appendix.')].sort().join('\n'),
      ),
      languages: { ja: 1, en: 1, other: 0 },
      clusters: [],
    })
  })

  it('does not depend on the order of the files', async () => {
    const related = twenty.flatMap((document, index) => [
      document,
      described(`copy${index}.txt`, prose(index, 12)),
      described(`new${index}.txt`, `${prose(index, 300)} 改訂`),
      described(`old${index}.txt`, prose(index, 300)),
    ])
    for (const nearDuplicates of ['drop', 'keep'] as const) {
      const options = { seed: 5, shares: TUNE_AND_EVALUATE, nearDuplicates }
      const corpus = await prepareCorpus(folderOf(related), options)
      expect(await prepareCorpus(folderOf(related.toReversed()), options)).toEqual(corpus)
      expect(await prepareCorpus(folderOf(new SeededRandom(1).shuffle([...related])), options)).toEqual(
        corpus,
      )
    }
  })

  it('has a fingerprint of the texts alone', async () => {
    const renamed = twenty.map((_, index) =>
      described(`other/${20 - index}.md`, `${prose(index, 12)}\r\n`, 'markdown'),
    )
    const original = (await prepareCorpus(folderOf(twenty), { seed: 1 })).sha256
    expect((await prepareCorpus(folderOf(renamed), { seed: 9 })).sha256).toBe(original)
    expect((await prepareCorpus(folderOf(twenty.slice(1)), { seed: 1 })).sha256).not.toBe(original)
  })

  it('splits the texts alike under whatever names', async () => {
    const random = new SeededRandom(7)
    const texts = Array.from(
      { length: 60 },
      (_, index) => `${prose(index % 15, 150)} ${prose(900 + index, 100)}`,
    )
    const splits = async (names: readonly number[]): Promise<[string, string][]> => {
      const documents = texts.map((text, index) => described(`${names[index]!}.txt`, text))
      const corpus = await prepareCorpus(folderOf(documents), { seed: 2, shares: TUNE_AND_EVALUATE })
      return corpus.documents.map(({ textSha256, split }): [string, string] => [textSha256, split]).sort()
    }
    const names = [...texts.keys()]
    expect(await splits(random.shuffle([...names]))).toEqual(await splits(names))
  })

  it('splits by seed in the given shares', async () => {
    const heldOut = async (seed: number): Promise<string[]> =>
      (await prepareCorpus(folderOf(twenty), { seed, shares: TUNE_AND_EVALUATE })).documents
        .filter(({ split }) => split === 'held-out')
        .map(({ name }) => name)
    const first = await heldOut(1)
    expect(first).toHaveLength(4)
    expect(await heldOut(1)).toEqual(first)
    expect(await heldOut(2)).not.toEqual(first)
  })

  it('keeps near-copies in one split where they are kept at all', async () => {
    const documents = Array.from({ length: 12 }, (_, index) => {
      const text = prose(index, 200)
      return [described(`${index}.txt`, text), described(`${index}-new.txt`, `${text} 改訂 ${index}`)]
    }).flat()
    const corpus = await prepareCorpus(folderOf(documents), {
      seed: 3,
      shares: TUNE_AND_EVALUATE,
      nearDuplicates: 'keep',
    })
    expect(corpus.documents).toHaveLength(24)
    expect(corpus.nearDuplicates).toHaveLength(12)
    expect(corpus.clusters.map((names) => [...names])).toEqual(
      Array.from({ length: 12 }, (_, index) => [`${index}-new.txt`, `${index}.txt`]).sort(([a], [b]) =>
        a! < b! ? -1 : 1,
      ),
    )
    const pairs = [...Map.groupBy(corpus.documents, ({ name }) => parseInt(name, 10)).values()]
    expect(pairs.filter(([first, second]) => first!.split !== second!.split)).toEqual([])
    expect(new Set(corpus.documents.map(({ split }) => split))).toEqual(
      new Set(['held-out', 'tuning', 'validation']),
    )
    expect(
      (await prepareCorpus(folderOf(documents), { seed: 3 })).documents.map(({ name, split }) => [
        name,
        split,
      ]),
    ).toEqual(
      Array.from({ length: 12 }, (_, index) => [`${index}-new.txt`, 'held-out']).sort(([a], [b]) =>
        a! < b! ? -1 : 1,
      ),
    )
  })

  it('leaves no two documents of different splits with a passage of 200 characters in common', async () => {
    const random = new SeededRandom(4)
    const texts = Array.from({ length: 150 }, (_, index) => prose(index, 120))
    // Quotations of 250 to 450 characters from texts before.
    for (let index = 0; index < texts.length; index += 4) {
      const source = texts[random.integer(texts.length)]!
      const start = random.integer(source.length - 450)
      texts[index] += ` ${source.slice(start, start + 250 + random.integer(200))}`
    }
    const documents = texts.map((text, index) => described(`${index}.txt`, text))
    for (let seed = 0; seed < 5; seed++) {
      const corpus = await prepareCorpus(folderOf(documents), { seed, shares: TUNE_AND_EVALUATE })
      const splitOf = new Map<string, string>()
      for (const { name, split } of corpus.documents) {
        const text = texts[parseInt(name, 10)]!
        for (let start = 0; start + 200 <= text.length; start++) {
          const passage = text.slice(start, start + 200)
          expect(splitOf.get(passage) ?? split).toBe(split)
          splitOf.set(passage, split)
        }
      }
      const count = (wanted: string): number =>
        corpus.documents.filter(({ split }) => split === wanted).length
      expect(
        [count('held-out'), count('tuning'), count('validation')].map((size) => Math.round(size / 15)),
      ).toEqual([2, 7, 1])
    }
  })

  it('keeps a mail with what is attached to it, but not the files of an archive', async () => {
    const corpus = await prepareCorpus(
      folderOf([
        described('order.eml', prose(1), 'eml'),
        described('order.eml/drawing.pdf', prose(2), 'pdf'),
        described('order.eml/inner.msg/list.xlsx', prose(3), 'xlsx'),
        described('all.zip/a.txt', prose(4)),
        described('all.zip/b.txt', prose(5)),
        described('all.zip/note.msg', prose(6), 'msg'),
        described('all.zip/note.msg/c.txt', prose(7)),
        // A mail without a text of its own, and one that goes by another name.
        described('empty.eml/d.txt', prose(8)),
        described('empty.eml/e.txt', prose(9)),
        described('mail.txt', prose(10), 'eml'),
        described('mail.txt/f.txt', prose(11)),
      ]),
      { seed: 1 },
    )
    expect(corpus.clusters).toEqual([
      ['all.zip/note.msg', 'all.zip/note.msg/c.txt'],
      ['empty.eml/d.txt', 'empty.eml/e.txt'],
      ['mail.txt', 'mail.txt/f.txt'],
      ['order.eml', 'order.eml/drawing.pdf', 'order.eml/inner.msg/list.xlsx'],
    ])
  })

  it('refuses a corpus with nothing in it, or with too few clusters', async () => {
    const [only] = twenty
    await expect(
      prepareCorpus(folderOf([only!]), { seed: 1, excluded: [only!.name], shares: EVALUATE_ONLY }),
    ).rejects.toMatchObject({ code: 'corpus/empty', params: { documents: 1 } })
    const editions = Array.from({ length: 5 }, (_, index) =>
      described(`${index}.txt`, `${prose(1)} ${prose(index, 90)}`),
    )
    await expect(
      prepareCorpus(folderOf(editions), { seed: 1, shares: TUNE_AND_EVALUATE }),
    ).rejects.toMatchObject({ code: 'corpus/too-few-documents', params: { documents: 1, needed: 3 } })
  })
})
