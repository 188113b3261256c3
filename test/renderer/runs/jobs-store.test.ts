// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'

import { isActive, jobFraction, useJobsStore } from '../../../src/renderer/stores/jobs.ts'
import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import type { Job } from '../../../src/shared/contract/runs.ts'
import { FakeWorld, installFakeApi, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { until } from '../until.ts'

const job = (change: Partial<Job> = {}): Job => ({
  id: 'job-1',
  project: SAMPLE_FOLDER,
  run: 'run-1',
  state: 'running',
  startedAt: '2026-04-04T03:00:00.000Z',
  endedAt: null,
  progress: [],
  unitsDone: 10,
  unitsTotal: 40,
  error: null,
  log: [],
  ...change,
})

function storeOver(world: FakeWorld) {
  const { breakLine } = installFakeApi({ world })
  const jobs = useJobsStore()
  jobs.start()
  return { jobs, breakLine }
}

beforeEach(() => setActivePinia(createPinia()))

test('follows what the engine tells', async () => {
  const world = new FakeWorld()
  const { jobs } = storeOver(world)
  await until(() => {
    world.jobs.set([job()])
    expect(jobs.active).toEqual(job())
  })
  world.jobs.set([job({ unitsDone: 40, state: 'done', endedAt: '2026-04-04T03:20:00.000Z' })])
  await until(() => expect(jobs.active).toBeNull())
  expect(jobs.latestOf(SAMPLE_FOLDER)?.unitsDone).toBe(40)
})

test('jobs that are told of one by one stand together, the latest first', async () => {
  const world = new FakeWorld()
  const { jobs } = storeOver(world)
  const later = job({ id: 'job-2', startedAt: '2026-04-04T05:00:00.000Z', project: '/other' })
  world.jobs.set([job()])
  await until(() => expect(jobs.jobs).toHaveLength(1))
  world.jobs.set([later])
  await until(() => expect(jobs.jobs.map(({ id }) => id)).toEqual(['job-2', 'job-1']))
  expect(jobs.activeOf(SAMPLE_FOLDER)?.id).toBe('job-1')
})

test('keeps no more of a log than its latest 400 lines', async () => {
  const world = new FakeWorld()
  const { jobs } = storeOver(world)
  const line = (index: number): Job['log'][number] => ({
    at: '2026-04-04T03:00:00.000Z',
    level: 'info',
    text: `line ${index}`,
  })
  world.jobs.set([job({ log: Array.from({ length: 1000 }, (_, index) => line(index)) })])
  await until(() => expect(jobs.jobs).toHaveLength(1))
  const kept = jobs.jobs[0]?.log ?? []
  expect([kept.length, kept[0]?.text, kept.at(-1)?.text]).toEqual([400, 'line 600', 'line 999'])
})

test('a job that has ended is put away, not forgotten', async () => {
  const world = new FakeWorld()
  world.jobs.set([job({ state: 'stopped', endedAt: '2026-04-04T03:20:00.000Z' })])
  const { jobs } = storeOver(world)
  await until(() => expect(jobs.latestOf(SAMPLE_FOLDER)?.id).toBe('job-1'))
  jobs.dismiss('job-1')
  expect(jobs.latestOf(SAMPLE_FOLDER)).toBeNull()
  expect(jobs.jobs).toHaveLength(1)
})

test('go with the engine that did them', async () => {
  const world = new FakeWorld()
  world.jobs.set([job()])
  const { jobs } = storeOver(world)
  await useSessionStore().start()
  await until(() => expect(jobs.active).not.toBeNull())
  world.jobs.set([])
  world.engine.set({
    state: 'restarting',
    pid: null,
    starts: 1,
    reason: { code: 'engine/crashed', params: { how: 'SIGSEGV' } },
  })
  await until(() => expect(jobs.jobs).toEqual([]))
})

test('a broken line is watched again', async () => {
  const world = new FakeWorld()
  world.jobs.set([job()])
  const { jobs, breakLine } = storeOver(world)
  await until(() => expect(jobs.active?.unitsDone).toBe(10))
  breakLine()
  world.jobs.set([job({ unitsDone: 25 })])
  await until(() => expect(jobs.active?.unitsDone).toBe(25))
})

test('stopping answers when the job has stopped, and tells why it did not', async () => {
  const world = new FakeWorld()
  world.jobs.set([job()])
  const { jobs } = storeOver(world)
  await until(() => expect(jobs.active).not.toBeNull())
  const stopped = jobs.stop('job-1')
  expect(jobs.stopping.has('job-1')).toBe(true)
  expect(await stopped).toBe(true)
  expect(jobs.stopping.size).toBe(0)
  expect(jobs.latestOf(SAMPLE_FOLDER)?.state).toBe('stopped')
  expect(await jobs.stop('job-7')).toBe(false)
  expect(jobs.error).toMatchObject({ code: 'jobs/unknown', params: { job: 'job-7' } })
})

test('how far a job is cannot be told before its plan is known', () => {
  expect(jobFraction(job({ unitsTotal: 0, unitsDone: 0 }))).toBeNull()
  expect(jobFraction(job())).toBe(0.25)
  expect([isActive(job()), isActive(job({ state: 'stopping' })), isActive(job({ state: 'failed' }))]).toEqual(
    [true, true, false],
  )
})
