import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { deleteProjectRun, listRuns, reportName, runReportsFolder } from '../../../../src/engine/index.ts'
import { RunLedger } from '../../../../src/engine/runs/index.ts'
import { databasePathIn } from '../../../../src/engine/store/index.ts'
import { REPORT_FORMATS } from '../../../../src/shared/contract/runs.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { inputs, smallPlan } from '../../runs/plans.ts'

let project: string
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'soroban-run-reports-'))
  using ledger = RunLedger.open(databasePathIn(project))
  for (const run of ['run-1', 'run-2']) {
    ledger.createRun(smallPlan(), run)
    await write(run, [
      'report.xlsx',
      'results.json',
      ...REPORT_FORMATS.map((format) => reportName(run, format, 'ja')),
      reportName(run, 'html', 'en'),
    ])
    await write(run, ['report.xlsx.0123456789ab.part'])
  }
})
afterEach(() => rm(project, { recursive: true, force: true }))

async function write(run: string, names: readonly string[]): Promise<void> {
  const folder = runReportsFolder(project, run)
  await mkdir(folder, { recursive: true })
  for (const name of names) await writeFile(join(folder, name), 'content')
}

const runs = (): string[] => listRuns(project).map(({ id }) => id)

it('deletes the reports of a run with it, and no other run’s', async () => {
  const others = await readdir(runReportsFolder(project, 'run-2'))
  deleteProjectRun(project, 'run-1')
  expect(runs()).toEqual(['run-2'])
  expect(await readdir(join(project, 'reports'))).toEqual(['run-2'])
  expect(await readdir(runReportsFolder(project, 'run-2'))).toEqual(others)
})

it('leaves what others put beside them', async () => {
  await write('run-1', ['memo.txt', 'report-copy.xlsx'])
  deleteProjectRun(project, 'run-1')
  expect(await readdir(runReportsFolder(project, 'run-1'))).toEqual(['memo.txt', 'report-copy.xlsx'])
})

it('deletes nothing of a run that is in progress, or of one that is not the project’s', async () => {
  const before = await readdir(runReportsFolder(project, 'run-1'))
  using ledger = RunLedger.open(databasePathIn(project))
  using _execution = ledger.run('run-1').begin(inputs)
  expect(await failureOf(async () => deleteProjectRun(project, 'run-1'))).toMatchObject({
    code: 'runs/locked',
  })
  expect(await readdir(runReportsFolder(project, 'run-1'))).toEqual(before)
  await mkdir(join(project, 'reports', 'elsewhere'))
  await writeFile(join(project, 'report.xlsx'), 'content')
  expect(await failureOf(async () => deleteProjectRun(project, '..'))).toMatchObject({ code: 'runs/unknown' })
  expect(await readdir(project)).toContain('report.xlsx')
})

it('a report that cannot be deleted keeps the run, so that it can be deleted again', async () => {
  await mkdir(join(runReportsFolder(project, 'run-2'), 'report-run-2-en.xlsx'))
  expect(await failureOf(async () => deleteProjectRun(project, 'run-2'))).toMatchObject({
    code: 'file/undeletable',
    params: { path: runReportsFolder(project, 'run-2') },
  })
  expect(runs()).toContain('run-2')
})
