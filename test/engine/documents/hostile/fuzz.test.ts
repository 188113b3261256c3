import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { fuzzDocuments } from '../../../../bench/support/document-fuzz.ts'

/** Some of every format; the benchmark of the same name damages as many as one likes. */
const FILES = 80

it('survives files of every format that are damaged at random', async () => {
  const keep = await mkdtemp(join(tmpdir(), 'soroban-fuzz-test-'))
  try {
    const { outcomes, failures } = await fuzzDocuments({
      files: FILES,
      seed: 5,
      milliseconds: 20_000,
      keep,
    })
    expect(failures).toEqual([])
    expect(await readdir(keep)).toEqual([])
    expect(outcomes.get('read')).toBeGreaterThan(FILES / 10)
    expect(outcomes.get('documents/damaged')).toBeGreaterThan(FILES / 10)
  } finally {
    await rm(keep, { recursive: true, force: true })
  }
})
