// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { useGenerationDraftStore } from '../../../src/renderer/stores/generation-draft.ts'
import { type GenerationRequest, useGenerationStore } from '../../../src/renderer/stores/generation.ts'
import type { Handlers, ProcedureCall } from '../../../src/rpc/handlers.ts'
import type { ProcedureName } from '../../../src/shared/contract.ts'
import type { ArmAnswer } from '../../../src/shared/contract/generation.ts'
import type { Project } from '../../../src/shared/contract/projects.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { installFakeApi, SAMPLE_FOLDER, sampleProject } from '../fakes/fake-api.ts'

const REQUEST: GenerationRequest = {
  project: SAMPLE_FOLDER,
  document: 'a.txt',
  models: ['/models/base', 'C:\\models\\cand'],
  prompt: '続きを書いてください。',
  maxTokens: 8,
  order: 'in-turn',
  provider: 'cpu',
  quantization: 'none',
  threads: null,
}

const projectWith = (folder: string, candidates: string[], documents = '/d'): Project => ({
  ...sampleProject(),
  folder,
  candidates,
  documents,
})

const TIMING = { ttftMs: 40, tpotMs: 5, promptTokens: 6, droppedTokens: 0, newTokens: 3 }
const answer = (arm: number, change: Partial<ArmAnswer> = {}): ArmAnswer => ({
  arm,
  text: 'あいう',
  timing: TIMING,
  stopped: 'eos',
  error: null,
  ...change,
})

function storeOver(handlers: Partial<Handlers<ProcedureName>> = {}) {
  installFakeApi({ handlers })
  return useGenerationStore()
}

/** A generation that a test moves on by hand. */
function stepwise() {
  const begun = Promise.withResolvers<ProcedureCall<'generation.run'>>()
  const ended = Promise.withResolvers<{ answers: ArmAnswer[] }>()
  const generation = storeOver({
    'generation.run': (_, call) => {
      begun.resolve(call)
      call.signal.addEventListener('abort', () => ended.reject(new AppError('cancelled')))
      return ended.promise
    },
  })
  return { generation, begun: begun.promise, finish: ended.resolve, fail: ended.reject }
}

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.useRealTimers())

describe('a prompt', () => {
  test('gets an answer of each model, named by its folder', async () => {
    const generation = storeOver({
      'generation.run': () => ({ answers: [answer(1, { text: '乙', stopped: 'length' }), answer(0)] }),
    })
    await generation.run(REQUEST)
    expect(generation.turnsOf(SAMPLE_FOLDER)).toEqual([
      {
        id: 1,
        project: SAMPLE_FOLDER,
        document: 'a.txt',
        prompt: REQUEST.prompt,
        order: 'in-turn',
        isRunning: false,
        error: null,
        answers: [
          { name: 'base', state: 'ended', text: 'あいう', timing: TIMING, stopped: 'eos', error: null },
          { name: 'cand', state: 'ended', text: '乙', timing: TIMING, stopped: 'length', error: null },
        ],
      },
    ])
  })

  test('shows what comes, gathered into few changes', async () => {
    vi.useFakeTimers()
    const { generation, begun, finish } = stepwise()
    const done = generation.run(REQUEST)
    const { emit } = await begun
    emit({ kind: 'state', arm: 0, state: 'decoding' })
    for (const text of ['あ', 'い', 'う']) emit({ kind: 'text', arm: 0, text })
    emit({ kind: 'timing', arm: 0, timing: TIMING })
    const [before] = generation.turnsOf(SAMPLE_FOLDER)
    expect([before?.isRunning, before?.answers[0]?.text]).toEqual([true, ''])
    await vi.advanceTimersByTimeAsync(60)
    const [after] = generation.turnsOf(SAMPLE_FOLDER)
    expect(after?.answers).toMatchObject([
      { state: 'decoding', text: 'あいう', timing: TIMING },
      { state: 'waiting', text: '', timing: null },
    ])
    finish({ answers: [answer(0), answer(1)] })
    await done
    expect(generation.isRunning).toBe(false)
  })

  test('that is stopped keeps what was written', async () => {
    const { generation, begun } = stepwise()
    const done = generation.run(REQUEST)
    const { emit } = await begun
    emit({ kind: 'text', arm: 0, text: '途中' })
    generation.stop()
    await done
    const [turn] = generation.turnsOf(SAMPLE_FOLDER)
    expect(turn).toMatchObject({
      isRunning: false,
      error: null,
      answers: [
        { text: '途中', state: 'ended', stopped: 'cancelled' },
        { text: '', state: 'ended', stopped: 'cancelled' },
      ],
    })
  })

  test('that one model fails leaves the other its answer', async () => {
    const generation = storeOver({
      'generation.run': () => ({
        answers: [
          answer(0),
          answer(1, {
            text: '',
            timing: null,
            stopped: 'failed',
            error: { code: 'runtime/out-of-memory', params: { name: 'cand' } },
          }),
        ],
      }),
    })
    await generation.run(REQUEST)
    const [turn] = generation.turnsOf(SAMPLE_FOLDER)
    expect(turn?.error).toBeNull()
    expect(turn?.answers.map(({ stopped, error }) => [stopped, error?.code])).toEqual([
      ['eos', undefined],
      ['failed', 'runtime/out-of-memory'],
    ])
  })

  test('that the engine does not survive tells so once', async () => {
    const { generation, begun, fail } = stepwise()
    const done = generation.run(REQUEST)
    await begun
    fail(new AppError('engine/crashed', { how: 'SIGSEGV' }))
    await done
    const [turn] = generation.turnsOf(SAMPLE_FOLDER)
    expect(turn?.error?.code).toBe('engine/crashed')
    expect(turn?.answers.map(({ stopped }) => stopped)).toEqual(['failed', 'failed'])
  })

  test('waits for the one before it', async () => {
    const { generation, begun, finish } = stepwise()
    const first = generation.run(REQUEST)
    await begun
    await generation.run({ ...REQUEST, prompt: 'second' })
    finish({ answers: [answer(0), answer(1)] })
    await first
    expect(generation.turnsOf(SAMPLE_FOLDER).map(({ prompt }) => prompt)).toEqual([REQUEST.prompt])
  })
})

test('earlier prompts are kept by project, the latest first, until they are cleared', async () => {
  const generation = storeOver({ 'generation.run': () => ({ answers: [answer(0), answer(1)] }) })
  for (const prompt of ['1', '2']) await generation.run({ ...REQUEST, prompt })
  await generation.run({ ...REQUEST, project: '/other', prompt: '3' })
  expect(generation.turnsOf(SAMPLE_FOLDER).map(({ prompt }) => prompt)).toEqual(['2', '1'])
  generation.clear(SAMPLE_FOLDER)
  expect(generation.turnsOf(SAMPLE_FOLDER)).toEqual([])
  expect(generation.turnsOf('/other')).toHaveLength(1)
})

test('no more than thirty are kept', async () => {
  const generation = storeOver({ 'generation.run': () => ({ answers: [answer(0), answer(1)] }) })
  for (let number = 1; number <= 32; number++) await generation.run({ ...REQUEST, prompt: String(number) })
  const prompts = generation.turnsOf(SAMPLE_FOLDER).map(({ prompt }) => prompt)
  expect([prompts.length, prompts[0], prompts.at(-1)]).toEqual([30, '32', '3'])
})

describe('the next prompt', () => {
  test('is kept within a project and begun anew in another', () => {
    storeOver()
    const draft = useGenerationDraftStore()
    draft.enter(projectWith('/a', ['/m/1', '/m/2', '/m/3', '/m/4']))
    expect(draft.draft.candidates).toEqual(['/m/1', '/m/2', '/m/3'])
    draft.change({ before: '要約:', candidates: ['/m/2'] })
    draft.enter(projectWith('/a', ['/m/2', '/m/5']))
    expect([draft.draft.before, draft.draft.candidates]).toEqual(['要約:', ['/m/2']])
    draft.enter(projectWith('/a', ['/m/5']))
    expect(draft.draft.candidates).toEqual(['/m/5'])
    draft.enter(projectWith('/b', ['/m/1']))
    expect([draft.draft.before, draft.draft.candidates]).toEqual(['', ['/m/1']])
  })

  test('of another document forgets the passage, and shows its text or why there is none', async () => {
    storeOver({
      'documents.text': ({ name }) => {
        if (name === 'gone.txt') throw new AppError('documents/empty', { name })
        return { name, text: `text of ${name}`, pageStarts: [], sensitive: [] }
      },
    })
    const draft = useGenerationDraftStore()
    draft.enter(projectWith('/a', ['/m/1']))
    draft.change({ range: { from: 1, to: 4 } })
    await draft.choose('a.txt')
    expect([draft.draft.range, draft.text]).toEqual([null, 'text of a.txt'])
    await draft.choose('gone.txt')
    expect([draft.text, draft.error?.code]).toEqual([null, 'documents/empty'])
    await draft.choose('a.txt')
    draft.enter(projectWith('/a', ['/m/1'], '/d/other'))
    expect([draft.draft.document, draft.text]).toEqual([null, null])
  })
})
