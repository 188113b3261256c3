// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'

import { useCorpusStore } from '../../../src/renderer/stores/corpus.ts'
import { useJobsStore } from '../../../src/renderer/stores/jobs.ts'
import { useProjectStore } from '../../../src/renderer/stores/project.ts'
import { useReportStore } from '../../../src/renderer/stores/report.ts'
import { useStagesStore } from '../../../src/renderer/stores/stages.ts'
import { AppError } from '../../../src/shared/errors.ts'
import {
  type FakeApi,
  type FakeOptions,
  FakeWorld,
  FINISHED_RUN,
  installFakeApi,
  SAMPLE_FOLDER,
  sampleProject,
} from '../fakes/fake-api.ts'

function prepared(options: FakeOptions = {}): FakeApi & { project: ReturnType<typeof useProjectStore> } {
  const fake = installFakeApi(options)
  setActivePinia(createPinia())
  return { ...fake, project: useProjectStore() }
}

test('a project is opened by its folder', async () => {
  const { project, world } = prepared()
  expect(await project.open(SAMPLE_FOLDER)).toEqual(world.projects.get(SAMPLE_FOLDER))
  expect(project.current?.name).toBe('サンプル / Sample')
})

test('a folder that is no project leaves the open one open, with the reason', async () => {
  const { project } = prepared()
  await project.open(SAMPLE_FOLDER)
  expect(await project.open('/elsewhere')).toBe(null)
  expect(project.current?.folder).toBe(SAMPLE_FOLDER)
  expect(project.error).toEqual(
    new AppError('projects/not-a-project', { folder: '/elsewhere', file: 'soroban-project.json' }),
  )
  expect(project.isOpening).toBe(false)
})

test('of two that are opened at once, the one asked for last becomes the open one', async () => {
  const late = Promise.withResolvers<undefined>()
  const { project } = prepared({
    handlers: {
      'projects.open': async ({ folder }) => {
        if (folder === '/slow') await late.promise
        return { ...sampleProject(), folder }
      },
    },
  })
  const slow = project.open('/slow')
  expect((await project.open('/quick'))?.folder).toBe('/quick')
  late.resolve(undefined)
  expect(await slow).toBe(null)
  expect([project.current?.folder, project.isOpening, project.error]).toEqual(['/quick', false, null])
})

test('a change of a project that was left meanwhile reaches it, and nothing else', async () => {
  const { project, world } = prepared()
  await project.create('/projects', 'left')
  await project.openSample()
  const seed = { ...sampleProject().plan, seed: 7 }
  expect(await project.update({ plan: seed }, '/projects/left')).toBe(true)
  expect(world.projects.get('/projects/left')?.plan.seed).toBe(7)
  expect(project.current).toEqual(sampleProject())
  expect(await project.update({ plan: seed }, '/gone')).toBe(false)
  expect(project.error).toBe(null)
})

test('a project is made, changed, and stands first among the recent ones', async () => {
  const { project } = prepared()
  await project.create('/projects', '契約書 PoC')
  expect(await project.update({ documents: '/projects/契約書' })).toBe(true)
  expect(project.current).toMatchObject({ folder: '/projects/契約書 PoC', documents: '/projects/契約書' })
  await project.loadRecent()
  expect(project.recent?.map(({ name, exists }) => [name, exists])).toEqual([
    ['契約書 PoC', true],
    ['サンプル / Sample', true],
    ['社内文書 PoC 2025', false],
  ])
  expect(project.suggestedParent).toBe('/home/soroban/.soroban/projects')
})

test('how the corpus is made is changed field by field; what is left out of it stays', async () => {
  const { project, world } = prepared()
  const excluded = ['a.txt']
  world.projects.set(SAMPLE_FOLDER, { ...sampleProject(), corpus: { ...sampleProject().corpus, excluded } })
  await project.open(SAMPLE_FOLDER)
  expect(await project.updateCorpus({ purpose: 'tune' })).toBe(true)
  expect(await project.updateCorpus({ ocr: true })).toBe(true)
  expect(project.current?.corpus).toEqual({
    excluded,
    forgotten: [],
    ocr: true,
    nearDuplicates: 'drop',
    purpose: 'tune',
  })
})

test('a project is taken off the list', async () => {
  const { project } = prepared()
  await project.forget('/mnt/share/poc-2025')
  expect(project.recent?.map(({ folder }) => folder)).toEqual([SAMPLE_FOLDER])
})

test('the stages of a new project: documents come next', async () => {
  const { project } = prepared()
  await project.create('/projects', 'new')
  const stages = useStagesStore()
  await flushPromises()
  expect(stages.states).toEqual({
    documents: 'next',
    corpus: 'open',
    models: 'open',
    runs: 'open',
    comparison: 'open',
    report: 'open',
  })
})

test('a corpus need not be looked at: it is done once it was seen or passed', async () => {
  const { project } = prepared()
  await project.create('/projects', 'new')
  const stages = useStagesStore()
  await project.update({ documents: '/documents' })
  expect([stages.states.corpus, stages.next]).toEqual(['next', 'corpus'])
  await useCorpusStore().describe(project.current!)
  expect([stages.states.corpus, stages.next]).toEqual(['done', 'models'])
  await project.update({ documents: '/elsewhere' })
  expect(stages.next).toBe('corpus')
  await project.update({ baseline: '/models/mha' })
  expect([stages.states.corpus, stages.next]).toEqual(['done', 'models'])
})

test('the stages go on as things are done, up to the exported report', async () => {
  const { project } = prepared()
  await project.openSample()
  const stages = useStagesStore()
  await flushPromises()
  expect(stages.latestFinished?.id).toBe(FINISHED_RUN)
  expect(stages.next).toBe('comparison')
  stages.markCompared()
  expect(stages.next).toBe('report')
  await useReportStore().download(
    { project: SAMPLE_FOLDER, run: FINISHED_RUN, locale: 'ja', assumptions: null },
    'xlsx',
    () => {},
  )
  expect(stages.states).toEqual({
    documents: 'done',
    corpus: 'done',
    models: 'done',
    runs: 'done',
    comparison: 'done',
    report: 'done',
  })
})

test('a run at work is seen, and its results when it has ended', async () => {
  const world = new FakeWorld()
  world.runs = []
  const { project } = prepared({ world })
  useJobsStore().start()
  await project.openSample()
  const stages = useStagesStore()
  await flushPromises()
  expect(stages.states.runs).toBe('next')
  const job = world.startJob(SAMPLE_FOLDER, null)
  await flushPromises()
  expect(stages.states.runs).toBe('busy')
  world.advanceJob(job, 148)
  await flushPromises()
  expect(stages.states.runs).toBe('done')
  expect(stages.next).toBe('comparison')
})
