import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { selectSlice } from '../../../src/engine/workflows/reference/held-out-slice.ts'
import {
  readReferenceCorpus,
  splitReferenceCorpus,
  type ReferenceDocument,
} from '../../../src/engine/workflows/reference/reference-corpus.ts'
import { prose } from '../../fixtures/prose.ts'

const ctx = quietContext()

function document(id: string, text: string, language = 'ja', source = 'source'): ReferenceDocument {
  return { id, source, license: 'CC0', language, text }
}

describe('split', () => {
  const documents = Array.from({ length: 120 }, (_, index) =>
    document(`${index}`, prose(100 + index, 50), index % 4 === 0 ? 'en' : 'ja'),
  )
  const parts = { heldOut: 0.2, validation: 0.2 }

  it('gives every document to one part, each language in proportion', async () => {
    const split = await splitReferenceCorpus(documents, parts, 1)
    const ids = [...split.train, ...split.validation, ...split.heldOut].map(({ id }) => id)
    expect(ids.sort()).toEqual(documents.map(({ id }) => id).sort())
    for (const [language, total] of [
      ['en', 30],
      ['ja', 90],
    ] as const) {
      const count = split.heldOut.filter((held) => held.language === language).length
      // At most a fifth by bytes; documents differ in length by a few per cent.
      expect(count).toBeGreaterThanOrEqual(0.2 * total - 2)
      expect(count).toBeLessThanOrEqual(0.2 * total + 1)
    }
  })

  it('depends on the seed, not on the order of the lines', async () => {
    const split = await splitReferenceCorpus(documents, parts, 1)
    expect(await splitReferenceCorpus(documents.toReversed(), parts, 1)).toEqual(split)
    expect(await splitReferenceCorpus(documents, parts, 2)).not.toEqual(split)
  })

  it('keeps near-copies together', async () => {
    const pairs = documents.flatMap((original) => [original, { ...original, id: `${original.id}-copy` }])
    for (const part of Object.values(await splitReferenceCorpus(pairs, parts, 1))) {
      const ids = new Set(part.map(({ id }) => id.replace('-copy', '')))
      expect(part).toHaveLength(2 * ids.size)
    }
  })
})

describe('slice', () => {
  it('takes the sources in turn up to the size, leaving out long documents', async () => {
    const heldOut = ['a', 'b'].flatMap((source) =>
      Array.from({ length: 10 }, (_, index) => document(`${source}${index}`, 'x'.repeat(100), 'ja', source)),
    )
    const slice = selectSlice([document('long', 'x'.repeat(200), 'ja', 'a'), ...heldOut], 600, 1)
    expect(slice.map(({ source }) => source)).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
    expect(slice.map(({ id }) => id)).not.toContain('long')
  })
})

describe('reading', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'soroban-corpus-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true })
  })

  it('reads one document a line', async () => {
    const path = join(folder, 'good.jsonl')
    const documents = [document('1', 'one'), document('2', '二')]
    await writeFile(path, documents.map((line) => `${JSON.stringify(line)}\n`).join('\n'))
    expect(await readReferenceCorpus(path, ctx)).toEqual(documents)
  })

  it.each([
    ['not JSON', 'no json'],
    ['a field that is missing', '{"id":"1","source":"s","license":"l","language":"ja"}'],
  ])('names the line with %s', async (_name, line) => {
    const path = join(folder, 'bad.jsonl')
    await writeFile(path, `${JSON.stringify(document('1', 'one'))}\n${line}\n`)
    await expect(readReferenceCorpus(path, ctx)).rejects.toMatchObject({
      code: 'input/invalid',
      params: { source: path, field: 'line 2' },
    })
  })

  it('names a file that is not there, or not gzipped', async () => {
    const missing = join(folder, 'missing.jsonl.gz')
    await expect(readReferenceCorpus(missing, ctx)).rejects.toMatchObject({ code: 'file/not-found' })
    const plain = join(folder, 'plain.jsonl.gz')
    await writeFile(plain, 'not gzip')
    await expect(readReferenceCorpus(plain, ctx)).rejects.toMatchObject({
      code: 'input/invalid',
      params: { source: plain, field: 'gzip' },
    })
  })
})
