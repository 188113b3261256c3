import { afterAll, beforeAll, expect, it } from 'vitest'

import type { GenerationEvent } from '../../src/shared/contract/generation.ts'
import type { InputOf, OutputOf } from '../../src/shared/contract.ts'
import { ENDLESS, writePatientModel } from '../fixtures/patient-model.ts'
import { killChildrenOf } from '../fixtures/processes.ts'
import type { EngineHost } from './engine-host.ts'
import { openWorkplace, type Workplace } from './projects.ts'

let workplace: Workplace
let host: EngineHost
/** Models whose answers do not end before they are stopped. */
let patient: string[]
beforeAll(async () => {
  workplace = await openWorkplace()
  const { path } = workplace.company
  patient = await Promise.all([1, 2].map((seed) => writePatientModel(path(`patient-${seed}`), seed)))
  host = await workplace.start()
})
afterAll(async () => {
  await host[Symbol.asyncDispose]()
  await workplace[Symbol.asyncDispose]()
})

type Input = InputOf<'generation.run'>

async function generate(
  changes: Partial<Input> = {},
  { signal, onEvent }: { signal?: AbortSignal; onEvent?: (event: GenerationEvent) => void } = {},
): Promise<OutputOf<'generation.run'>['answers']> {
  const { baseline, gqa } = workplace.company
  const { answers } = await host.call(
    'generation.run',
    {
      models: [baseline, gqa],
      prompt: '点検の記録は、',
      maxTokens: 16,
      order: 'in-turn',
      provider: 'cpu',
      quantization: 'none',
      threads: 1,
      ...changes,
    },
    { ...(signal === undefined ? {} : { signal }), ...(onEvent === undefined ? {} : { onEvent }) },
  )
  return answers
}

it('streams the same answers in either order', async () => {
  const texts = ['', '']
  const inTurn = await generate(
    {},
    {
      onEvent: (event) => {
        if (event.kind === 'text') texts[event.arm] += event.text
      },
    },
  )
  expect(inTurn.map(({ arm, stopped, timing }) => [arm, stopped, timing?.newTokens])).toEqual([
    [0, 'length', 16],
    [1, 'length', 16],
  ])
  expect(inTurn.map(({ text }) => text)).toEqual(texts)
  const together = await generate({ order: 'together' })
  expect(together.map(({ text, stopped }) => [text, stopped])).toEqual(
    inTurn.map(({ text, stopped }) => [text, stopped]),
  )
})

it('a caller that stops gets what there is', async () => {
  const stop = new AbortController()
  const answers = await generate(
    { models: patient, maxTokens: ENDLESS, order: 'together' },
    { signal: stop.signal, onEvent: ({ kind }) => (kind === 'text' ? stop.abort() : undefined) },
  )
  expect(answers.map(({ stopped, error }) => [stopped, error])).toEqual([
    ['cancelled', null],
    ['cancelled', null],
  ])
  expect(answers.map(({ text }) => text).join('')).not.toBe('')
})

it('a model process that dies is an answer too', async () => {
  const answers = await generate(
    { models: patient, maxTokens: ENDLESS, order: 'together' },
    {
      onEvent: ({ kind }) => {
        if (kind === 'text') killChildrenOf(host.pid)
      },
    },
  )
  expect(answers.map(({ stopped, error }) => [stopped, error?.code])).toEqual([
    ['failed', 'runtime/process-died'],
    ['failed', 'runtime/process-died'],
  ])
  expect((await generate({ maxTokens: 2 })).map(({ stopped }) => stopped)).toEqual(['length', 'length'])
})

it('makes room for a run, and waits until it is over', async () => {
  const project = await workplace.openProject(host, 'measured')
  let job: string | undefined
  const answers = await generate(
    { models: patient.slice(1), maxTokens: ENDLESS },
    {
      onEvent: ({ kind }) => {
        if (kind !== 'text' || job !== undefined) return
        job = ''
        void host.call('runs.start', { project, locale: 'ja' }).then((started) => (job = started.job))
      },
    },
  )
  expect(answers).toMatchObject([{ stopped: 'cancelled' }])
  await expect(generate()).rejects.toMatchObject({ code: 'generation/run-in-progress' })
  await host.call('jobs.stop', { job: job! })
  expect((await generate({ maxTokens: 2 })).map(({ stopped }) => stopped)).toEqual(['length', 'length'])
})
