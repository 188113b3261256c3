import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { sha256 } from '../../../src/engine/kernel/files.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  exportModel,
  openHfFolder,
  PROVENANCE_FILE,
  provenanceFile,
  readSeenTexts,
  writeHfFolder,
} from '../../../src/engine/models/index.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { RANDOM_CONFIGS, randomModel, tinyTokenizerJson } from '../../fixtures/random-models.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-provenance-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const TEXTS = [sha256('two'), sha256('one'), sha256('two')]

describe('provenance', () => {
  it('is written with a model, goes along with its export, and lists each text once', async () => {
    const { config, weights } = randomModel(RANDOM_CONFIGS.llama)
    const source = join(folder, 'model')
    const tokenizerJson = tinyTokenizerJson(config.vocabSize)
    const extraFiles = provenanceFile(TEXTS)
    await writeHfFolder(source, { config, weights, dtype: 'F32', tokenizerJson, extraFiles })
    const file = JSON.parse(await readFile(join(source, 'soroban-provenance.json'), 'utf8')) as unknown
    const seenTexts = [sha256('one'), sha256('two')].sort()
    expect(file).toEqual({ schema: 'soroban.provenance/1', seenTexts })
    expect(await readSeenTexts(source)).toEqual(seenTexts)
    const exported = join(folder, 'exported')
    const ctx = quietContext()
    await exportModel(await openHfFolder(source, ctx), exported, { quantization: 'none' }, ctx)
    expect(await readSeenTexts(exported)).toEqual(seenTexts)
  })

  it('is empty for a folder that does not say', async () => {
    expect(await readSeenTexts(await mkdtemp(join(folder, 'other-')))).toEqual([])
  })

  it('names a file that is not JSON', async () => {
    const damaged = await mkdtemp(join(folder, 'damaged-'))
    const path = join(damaged, PROVENANCE_FILE)
    await writeFile(path, 'seen')
    expect(await failureOf(() => readSeenTexts(damaged))).toEqual({
      code: 'file/not-json',
      params: { path, line: 1, column: 1 },
    })
  })

  it.each([
    [
      'another schema',
      '{"schema":"soroban.provenance/9","seenTexts":[]}',
      'models/config-field',
      { field: 'schema' },
    ],
    [
      'a text that is no digest',
      '{"schema":"soroban.provenance/1","seenTexts":["one"]}',
      'models/config-field',
      { field: 'seenTexts.0', value: '"one"' },
    ],
  ])('names the file that holds %s', async (_name, text, code, params) => {
    const damaged = await mkdtemp(join(folder, 'damaged-'))
    const file = join(damaged, PROVENANCE_FILE)
    await writeFile(file, text)
    expect(await failureOf(() => readSeenTexts(damaged))).toMatchObject({ code, params: { file, ...params } })
  })
})
