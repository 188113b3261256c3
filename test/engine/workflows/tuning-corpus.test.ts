import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it, onTestFinished } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { readTuningCorpus } from '../../../src/engine/workflows/tuning-corpus.ts'
import { DEFAULT_CORPUS_SETTINGS } from '../../../src/shared/documents.ts'

it('leaves out what is excluded, and tells which names nothing in the folder has', async () => {
  const root = await mkdtemp(join(tmpdir(), 'soroban-tuning-corpus-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const folder = join(root, 'documents')
  await mkdir(folder)
  const titles = ['点検の手順', '購買の規程', '品質の会議', '旅費の精算', '出荷の検査']
  for (const [index, title] of titles.entries())
    await writeFile(join(folder, `${index}.txt`), title.repeat(9))
  await writeFile(join(folder, '空.txt'), '')
  const corpus = { ...DEFAULT_CORPUS_SETTINGS, excluded: ['0.txt', '空.txt', '0.text'] }
  const read = await readTuningCorpus({ folder, corpus, seed: 1, home: root }, quietContext())
  expect([...read.tuning, ...read.validation, ...read.heldOut].map(({ name }) => name).sort()).toEqual([
    '1.txt',
    '2.txt',
    '3.txt',
    '4.txt',
  ])
  expect(read.skipped.map(({ name }) => name)).toEqual(['空.txt'])
  expect(read.unknownExclusions).toEqual(['0.text'])
})
