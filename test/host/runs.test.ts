import { existsSync, readdirSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import type { ProjectPatch } from '../../src/shared/contract/projects.ts'
import type { Job } from '../../src/shared/contract/runs.ts'
import type { Results } from '../../src/shared/results.ts'
import { filesBelow, lastingPart, readResults, sheetNames } from '../cli/results.ts'
import { failureOf } from '../fixtures/app-error.ts'
import { childrenOf, gone } from '../fixtures/processes.ts'
import type { EngineHost } from './engine-host.ts'
import { openWorkplace, type Workplace } from './projects.ts'

const TIMEOUT = 120_000

let workplace: Workplace
let host: EngineHost
beforeAll(async () => {
  workplace = await openWorkplace()
  host = await workplace.start()
}, TIMEOUT)
afterAll(async () => {
  await host[Symbol.asyncDispose]()
  await workplace[Symbol.asyncDispose]()
})

/** Starts a run and waits until it has some units. */
async function startedRun(project: string, units: number): Promise<{ job: string; run: string }> {
  const { job } = await host.call('runs.start', { project, locale: 'en' })
  return { job, run: await reached(job, units) }
}

/** Waits until a job's run has that many units. @returns the run */
async function reached(job: string, units: number): Promise<string> {
  const { run, state } = await host.untilJob(job, (it) => it.unitsDone >= units || it.endedAt !== null)
  if (run === null || state !== 'running') throw new Error(`the job is ${state}`)
  return run
}

/** The engine's processes at work, of which there are none for a moment between two steps of a run. */
function runningChildren(): Promise<number[]> {
  return vi.waitUntil(
    () => {
      const children = childrenOf(host.pid)
      return children.length > 0 && children
    },
    { timeout: 30_000, interval: 5 },
  )
}

describe('a run of a project', () => {
  let project: string
  let uninterrupted: Results

  beforeAll(async () => {
    project = await workplace.openProject(host, 'whole')
  })

  it(
    'is planned, goes on as a job that anybody can watch, and ends in a report',
    async () => {
      const plan = await host.call('runs.plan', { project, locale: 'en' })
      expect(plan).toEqual({
        documents: 7,
        tokens: expect.any(Number),
        window: 256,
        arms: [
          { id: 'mha', role: 'baseline', name: 'mha' },
          { id: 'gqa', role: 'candidate', name: 'gqa' },
        ],
        units: { quality: expect.any(Number), 'self-check': 4, speed: 14, memory: 2 },
        warnings: [],
      })
      const total = Object.values(plan.units).reduce((sum, units) => sum + units, 0)
      expect(await filesBelow(join(project, 'runs'))).toEqual([])

      const seen: Job[][] = []
      const watching = new AbortController()
      const watch = host.call(
        'jobs.watch',
        {},
        { signal: watching.signal, onEvent: (jobs) => seen.push(jobs) },
      )
      const { job: id } = await host.call('runs.start', { project, locale: 'ja' })
      const job = await host.ended(id)
      await host.untilJob(id, () => seen.at(-1)?.[0]?.endedAt === job.endedAt)
      watching.abort()
      await expect(watch).rejects.toMatchObject({ code: 'cancelled' })

      expect(seen[0]).toEqual([])
      const course = seen.slice(1).map(([state]) => state!)
      expect(course.at(-1)).toEqual(job)
      const done = course.map(({ unitsDone }) => unitsDone)
      expect(done).toEqual(done.toSorted((a, b) => a - b))
      expect(job).toMatchObject({ project, state: 'done', error: null, unitsDone: total, unitsTotal: total })
      expect(job.progress.map(({ kind, fraction }) => [kind, fraction])).toEqual([
        ['load-model', 1],
        ['load-model', 1],
        ['documents', 1],
        ['tokenize', 1],
        ['score', 1],
        ['measure', 1],
      ])

      const run = job.run!
      const report = join(project, 'reports', run, 'report.xlsx')
      const results = await host.call('runs.results', { project, run })
      expect(job.log.filter(({ level }) => level === 'info').map(({ text }) => text)).toEqual([
        '準備を始めました。',
        'モデルの読み込みを始めました。',
        '文書の読み取りを始めました。',
        'トークン化を始めました。',
        `実行 ${run} を始めました。`,
        '採点を始めました。',
        '速度の測定を始めました。',
        `実行 ${run} が完了しました。報告書: ${report}`,
      ])
      expect(job.log.filter(({ level }) => level === 'warn').map(({ text }) => text)).toEqual(
        results.warnings.map(({ message }) => message),
      )
      expect(await filesBelow(join(project, 'reports'))).toEqual([
        report,
        join(project, 'reports', run, 'results.json'),
      ])
      expect(await readResults(join(project, 'reports', run))).toEqual(results)
      expect(await host.call('runs.list', { project })).toEqual([
        {
          id: run,
          createdAt: results.run.createdAt,
          state: 'done',
          failure: null,
          unitsDone: total,
          unitsTotal: total,
        },
      ])
      uninterrupted = results
    },
    TIMEOUT,
  )

  it('is shown as a report, written and handed over in either language and format', async () => {
    const { id: run } = uninterrupted.run
    const preview = await host.call('report.preview', { project, run, locale: 'en', assumptions: null })
    const { path } = await host.call('report.write', {
      project,
      run,
      locale: 'en',
      assumptions: null,
      format: 'xlsx',
      path: null,
    })
    expect(path).toBe(join(project, 'reports', run, `report-${run}-en.xlsx`))
    expect(preview.sheets.map(({ name }) => name)).toEqual(await sheetNames(path))
    const content = await host.call('report.content', {
      project,
      run,
      locale: 'en',
      assumptions: null,
      format: 'xlsx',
    })
    expect(content).toEqual({
      name: `report-${run}-en.xlsx`,
      base64: (await readFile(path)).toString('base64'),
    })

    const elsewhere = workplace.company.path('elsewhere', 'results.json')
    await host.call('report.write', {
      project,
      run,
      locale: 'ja',
      assumptions: null,
      format: 'json',
      path: elsewhere,
    })
    const kept = await readFile(join(project, 'reports', run, 'results.json'))
    expect(await readFile(elsewhere)).toEqual(kept)
    expect(
      await host.call('report.content', { project, run, locale: 'ja', assumptions: null, format: 'json' }),
    ).toEqual({
      name: `results-${run}.json`,
      base64: kept.toString('base64'),
    })
    await expect(
      host.call('report.write', {
        project,
        run,
        locale: 'ja',
        assumptions: null,
        format: 'json',
        path: 'here.json',
      }),
    ).rejects.toMatchObject({ code: 'path/not-absolute' })
  })

  it(
    'can be stopped and resumed, and survives its engine and a move: the results are those of an uninterrupted one',
    async () => {
      const other = await workplace.openProject(host, 'other')
      const reading: PromiseWithResolvers<void> = Promise.withResolvers()
      const onEvent = (): void => reading.resolve()
      const check = failureOf(() => host.call('runs.plan', { project: other, locale: 'ja' }, { onEvent }))
      await reading.promise
      const { job, run } = await startedRun(project, 3)
      expect(await check).toEqual({ code: 'cancelled', params: {} })
      await expect(host.call('runs.start', { project, locale: 'ja' })).rejects.toMatchObject({
        code: 'jobs/busy',
      })
      await expect(host.call('runs.start', { project: other, locale: 'ja' })).rejects.toMatchObject({
        code: 'jobs/busy-elsewhere',
        params: { project },
      })
      await expect(host.call('runs.plan', { project: other, locale: 'ja' })).rejects.toMatchObject({
        code: 'jobs/busy-elsewhere',
      })
      await expect(host.call('runs.delete', { project, run })).rejects.toMatchObject({ code: 'runs/locked' })
      await expect(host.call('cache.clear', {})).rejects.toMatchObject({ code: 'cache/in-use' })
      await expect(
        host.call('report.preview', { project, run, locale: 'ja', assumptions: null }),
      ).rejects.toMatchObject({
        code: 'poc/not-finished',
        params: { run },
      })

      await host.call('jobs.stop', { job })
      const stopped = await host.ended(job)
      expect(stopped).toMatchObject({ state: 'stopped', error: null })
      expect(stopped.log.at(-1)?.text).toBe('Stopped. What was finished is kept, and the run can be resumed.')
      await host.call('jobs.stop', { job })
      const stateOf = async (): Promise<unknown> =>
        (await host.call('runs.list', { project })).find(({ id }) => id === run)?.state
      expect(await stateOf()).toBe('interrupted')

      const { job: resumed } = await host.call('runs.resume', { project, run })
      const { unitsDone, unitsTotal } = await host.untilJob(resumed, (it) => it.unitsTotal > 0)
      expect(unitsDone).toBeGreaterThanOrEqual(stopped.unitsDone)
      await reached(resumed, unitsDone + 1)
      const children = await runningChildren()
      host.kill('SIGKILL')
      expect(await host.exited).toEqual({ code: null, signal: 'SIGKILL' })
      await gone(children)

      const before = project
      project = workplace.company.path('projects', 'moved')
      await rename(before, project)
      host = await workplace.start()
      await expect(host.call('jobs.stop', { job: resumed })).rejects.toMatchObject({ code: 'jobs/unknown' })
      expect(await stateOf()).toBe('interrupted')
      const { job: again } = await host.call('runs.resume', { project, run })
      const last = await host.ended(again)
      expect(last).toMatchObject({ run, state: 'done', unitsDone: unitsTotal, unitsTotal })
      const results = await host.call('runs.results', { project, run })
      const inLocale = { ...uninterrupted, run: { ...uninterrupted.run, locale: 'en' as const } }
      expect(lastingPart(results)).toEqual(lastingPart(inLocale))
      const reports = join(project, 'reports', run)
      expect(await filesBelow(reports)).toEqual([join(reports, 'report.xlsx'), join(reports, 'results.json')])
      expect(existsSync(before)).toBe(false)

      await host.call('report.write', {
        project,
        run,
        locale: 'ja',
        assumptions: null,
        format: 'xlsx',
        path: null,
      })
      await host.call('runs.delete', { project, run })
      expect(existsSync(reports)).toBe(false)
      expect((await filesBelow(project)).filter((path) => path.includes(run))).toEqual([])
    },
    TIMEOUT,
  )

  it(
    'is interrupted, and no process stays, when the door goes away',
    async () => {
      const { run } = await startedRun(project, 3)
      const children = await runningChildren()
      host.disconnect()
      expect(await host.exited).toEqual({ code: 0, signal: null })
      await gone(children)
      host = await workplace.start()
      expect((await host.call('runs.list', { project }))[0]).toMatchObject({ id: run, state: 'interrupted' })
      await host.call('runs.delete', { project, run })
      expect((await host.call('runs.list', { project })).map(({ id }) => id)).not.toContain(run)
    },
    TIMEOUT,
  )

  it('whose record is damaged is listed as such, and neither hides nor stops the others', async () => {
    const { id: run } = uninterrupted.run
    const before = await host.call('runs.list', { project })
    using database = new DatabaseSync(join(project, 'soroban.db'))
    database.prepare("UPDATE runs SET plan = plan || ' ' WHERE id = ?").run(run)
    const damaged = { state: 'damaged', unitsDone: 0, unitsTotal: 0 }
    expect(await host.call('runs.list', { project })).toEqual(
      before.map((entry) => (entry.id === run ? expect.objectContaining({ id: run, ...damaged }) : entry)),
    )
    const failure = { code: 'runs/record-damaged', params: { run, field: 'plan' } }
    for (const call of [
      () => host.call('runs.resume', { project, run }),
      () => host.call('runs.results', { project, run }),
      () => host.call('report.content', { project, run, locale: 'ja', assumptions: null, format: 'xlsx' }),
    ]) {
      await expect(call()).rejects.toMatchObject(failure)
    }
  })
})

it('refuses a run for which something has not been chosen, and leaves nothing of one that fails', async () => {
  const { company } = workplace
  const { folder: project } = await host.call('projects.create', {
    parent: company.path('projects'),
    name: 'unready',
  })
  const choices = [
    ['projects/no-documents', { documents: company.documents }],
    ['projects/no-baseline', { baseline: company.baseline }],
    ['projects/no-candidate', { candidates: [company.path('models', 'missing')] }],
  ] satisfies [string, ProjectPatch][]
  for (const [code, patch] of choices) {
    for (const procedure of ['runs.plan', 'runs.start'] as const) {
      await expect(host.call(procedure, { project, locale: 'ja' })).rejects.toMatchObject({ code })
    }
    await host.call('projects.update', { folder: project, patch })
  }
  const { job } = await host.call('runs.start', { project, locale: 'en' })
  const failed = await host.ended(job)
  expect(failed).toMatchObject({ state: 'failed', run: null, error: { code: 'file/not-found' } })
  expect(failed.log.at(-1)).toMatchObject({
    level: 'error',
    text: expect.stringMatching(/^File or folder not found/),
  })
  expect(await host.call('runs.list', { project })).toEqual([])
  expect(readdirSync(join(project, 'reports'))).toEqual([])
})

it('does not know a run of another project', async () => {
  const project = await workplace.openProject(host, 'empty')
  for (const procedure of ['runs.resume', 'runs.delete', 'runs.results'] as const) {
    await expect(host.call(procedure, { project, run: 'r' })).rejects.toMatchObject({ code: 'runs/unknown' })
  }
})
