import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { encodeDocument, loadTokenizer } from '../../../src/engine/tokens/index.ts'
import { type GeneratedText, generateText } from '../../../src/engine/workflows/generate-text.ts'
import { SideBySide, type SideBySideInput } from '../../../src/engine/workflows/side-by-side.ts'
import { ArmTurn, type Generator } from '../../../src/engine/workflows/side-by-side/arm-turn.ts'
import { fitPrompt } from '../../../src/engine/workflows/side-by-side/fit-prompt.ts'
import type { ArmAnswer, GenerationEvent } from '../../../src/shared/contract/generation.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { type Company, openCompany } from '../../cli/company.ts'
import { ENDLESS, writePatientModel } from '../../fixtures/patient-model.ts'
import { childrenOf, killChildrenOf } from '../../fixtures/processes.ts'

const PROMPT = '点検の記録は、'
/** Compiled code shared by all child processes: halves their start-up. */
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'soroban-test-compile-cache')

let company: Company
let graphs: string
/** A model whose answer does not end before it is stopped. */
let patient: string
let sideBySide: SideBySide
/** What baseline and candidate say when asked alone. */
let expected: readonly GeneratedText[]
beforeAll(async () => {
  company = await openCompany()
  patient = await writePatientModel(company.path('models', 'patient'), 3)
  graphs = await mkdtemp(join(tmpdir(), 'soroban-graphs-'))
  const input = inputWith()
  expected = await Promise.all(
    input.models.map((model) => generateText({ ...input, model, graphs }, quietContext())),
  )
})
afterAll(async () => {
  await company[Symbol.asyncDispose]()
  await rm(graphs, { recursive: true })
})
beforeEach(() => {
  sideBySide = new SideBySide({ graphs })
})
afterEach(() => sideBySide.close())

const inputWith = (changes: Partial<SideBySideInput> = {}): SideBySideInput => ({
  models: [company.baseline, company.gqa],
  prompt: PROMPT,
  maxTokens: 12,
  order: 'in-turn',
  provider: 'cpu',
  quantization: 'none',
  threads: 1,
  ...changes,
})

interface Course {
  readonly answers: ArmAnswer[]
  readonly events: GenerationEvent[]
}

async function generate(
  changes: Partial<SideBySideInput> = {},
  { signal, onEvent }: { signal?: AbortSignal; onEvent?: (event: GenerationEvent) => void } = {},
): Promise<Course> {
  const events: GenerationEvent[] = []
  const answers = await sideBySide.generate(inputWith(changes), quietContext(signal), (event) => {
    events.push(event)
    onEvent?.(event)
  })
  return { answers, events }
}

/** The states of all arms in the order of their telling: "0 loading". */
const states = ({ events }: Course): string[] =>
  events.flatMap((event) => (event.kind === 'state' ? [`${event.arm} ${event.state}`] : []))

const textOf = ({ events }: Course, arm: number): string =>
  events.map((event) => (event.kind === 'text' && event.arm === arm ? event.text : '')).join('')

const children = (): number[] => childrenOf(process.pid)

describe('side by side', () => {
  it('each arm continues the prompt as it does alone, one after the other', async () => {
    const course = await generate()
    expect(course.answers).toEqual(
      expected.map(({ text, tokens, promptTokens }, arm) => ({
        arm,
        text,
        timing: {
          ttftMs: expect.any(Number),
          tpotMs: expect.any(Number),
          promptTokens,
          droppedTokens: 0,
          newTokens: tokens.length,
        },
        stopped: 'length',
        error: null,
      })),
    )
    expect([0, 1].map((arm) => textOf(course, arm))).toEqual(expected.map(({ text }) => text))
    expect(states(course)).toEqual([
      ...['0 waiting', '1 waiting'],
      ...['0 loading', '0 prefill', '0 decoding', '0 ended'],
      ...['1 loading', '1 prefill', '1 decoding', '1 ended'],
    ])

    const again = await generate()
    expect(again.answers.map(({ text }) => text)).toEqual(expected.map(({ text }) => text))
    expect(states(again).filter((state) => state.endsWith('loading'))).toEqual([])
  })

  it('or all at once, loaded before the first begins; the same model twice is two arms', async () => {
    const twins = await generate({ models: [company.baseline, company.baseline], order: 'together' })
    const answer = [expected[0]!.text, 'length']
    expect(twins.answers.map(({ text, stopped }) => [text, stopped])).toEqual([answer, answer])
    expect(states(twins).slice(0, 6)).toEqual([
      ...['0 waiting', '1 waiting'],
      ...['0 loading', '1 loading'],
      ...['0 prefill', '1 prefill'],
    ])
    expect(children()).toHaveLength(2)

    // Of the two copies one stays for the next prompt; the other makes room.
    const next = await generate({ models: [company.baseline, company.gqa], order: 'together' })
    expect(states(next).filter((state) => state.endsWith('loading'))).toEqual(['1 loading'])
    expect(children()).toHaveLength(2)
  })

  it('a prompt beyond the model’s positions is cut at its front, and says so', async () => {
    const prompt = `${'記録を残す。'.repeat(200)}${PROMPT}`
    const { answers } = await generate({ models: [company.baseline], prompt, maxTokens: 20 })
    const whole = encodeDocument(await loadTokenizer(company.baseline, quietContext()), prompt).ids
    expect(answers[0]).toMatchObject({
      stopped: 'length',
      // 256 positions; the last new token takes none.
      timing: { promptTokens: 237, droppedTokens: whole.length - 237, newTokens: 20 },
    })
  })

  it('cancelling ends all arms with what they have, and leaves them loaded', async () => {
    const stop = new AbortController()
    const onEvent = (event: GenerationEvent): void => {
      if (event.kind === 'text') stop.abort()
    }
    const models = [patient, company.gqa]
    const course = await generate({ models, maxTokens: ENDLESS }, { signal: stop.signal, onEvent })
    const [first, second] = course.answers
    expect(first).toMatchObject({ arm: 0, text: textOf(course, 0), stopped: 'cancelled', error: null })
    expect(first!.text).not.toBe('')
    expect(first!.timing!.newTokens).toBeGreaterThan(0)
    expect(second).toEqual({ arm: 1, text: '', timing: null, stopped: 'cancelled', error: null })

    const next = await generate({ models })
    expect(states(next).filter((state) => state.endsWith('loading'))).toEqual(['1 loading'])
    expect(next.answers[0]!.timing!.newTokens).toBe(12)
    expect(next.answers[1]!.text).toBe(expected[1]!.text)
  })

  it('what fails in one arm is its answer, and no other arm’s', async () => {
    const missing = company.path('models', 'missing')
    const { answers } = await generate({ models: [missing, company.gqa] })
    expect(answers).toMatchObject([
      { arm: 0, text: '', timing: null, stopped: 'failed', error: { code: 'file/not-found' } },
      { arm: 1, stopped: 'length', error: null },
    ])

    // The first to speak is alone: what was loaded before has made room, the second is not loaded yet.
    let hasSpoken = false
    const killFirst = ({ kind }: GenerationEvent): void => {
      if (kind !== 'text' || hasSpoken) return
      hasSpoken = true
      killChildrenOf(process.pid)
    }
    const models = [patient, company.baseline]
    const killed = await generate({ models, maxTokens: ENDLESS }, { onEvent: killFirst })
    expect(killed.answers).toMatchObject([
      {
        text: textOf(killed, 0),
        stopped: 'failed',
        error: { code: 'runtime/process-died', params: { arm: 'patient', how: 'signal SIGKILL' } },
      },
      { stopped: 'length', error: null },
    ])
    const next = await generate({ models })
    expect(states(next).filter((state) => state.endsWith('loading'))).toEqual(['0 loading'])
    expect(next.answers.map(({ stopped }) => stopped)).toEqual(['length', 'length'])
  })

  it('a second prompt waits for the first; one that is cancelled meanwhile waits no longer', async () => {
    const order: string[] = []
    const stop = new AbortController()
    const models = [company.baseline]
    const first = generate({ models, maxTokens: 60 }).then(() => order.push('first'))
    const second = generate({ models, maxTokens: 2 }).then(() => order.push('second'))
    const third = generate({}, { signal: stop.signal }).then(({ answers }) => {
      order.push('third')
      return answers
    })
    expect(sideBySide.isGenerating).toBe(true)
    stop.abort()
    expect((await third).map(({ stopped }) => stopped)).toEqual(['cancelled', 'cancelled'])
    await Promise.all([first, second])
    expect(order).toEqual(['third', 'first', 'second'])
    expect(sideBySide.isGenerating).toBe(false)
  })

  it('closing ends what is going on and every process', async () => {
    const closed: PromiseWithResolvers<void> = Promise.withResolvers()
    const { answers } = await generate(
      { models: [patient], maxTokens: ENDLESS },
      { onEvent: ({ kind }) => (kind === 'text' ? closed.resolve(sideBySide.close()) : undefined) },
    )
    await closed.promise
    expect(answers.map(({ stopped }) => stopped)).toEqual(['cancelled'])
    expect(children()).toEqual([])
  })

  it('a prompt that comes while it closes waits until all processes have ended', async () => {
    const short = { models: [company.baseline], maxTokens: 2 }
    await generate(short)
    const closed = sideBySide.close()
    const besides: number[][] = []
    const onEvent = (event: GenerationEvent): void => {
      if (event.kind === 'state' && event.state === 'loading') besides.push(children())
    }
    const { answers } = await generate(short, { onEvent })
    await closed
    expect(answers.map(({ stopped }) => stopped)).toEqual(['length'])
    expect(besides).toEqual([[]])
  })

  it('models that rest for long are let go', async () => {
    await using brief = new SideBySide({ graphs, idleMs: 1 })
    const input = inputWith({ models: [company.baseline], maxTokens: 2 })
    await brief.generate(input, quietContext(), () => {})
    await vi.waitUntil(() => children().length === 0, { timeout: 30_000 })
  })
})

describe('fitPrompt', () => {
  const ids = Int32Array.from({ length: 40 }, (_, index) => index)

  it('leaves a prompt that fits as it is, and gives the new tokens the places left', () => {
    expect(fitPrompt(ids, { startId: 0 }, 64, 10)).toEqual({ ids, droppedTokens: 0, maxTokens: 10 })
    expect(fitPrompt(ids, { startId: 0 }, 45, 10)).toEqual({
      ids: Int32Array.of(0, ...ids.slice(5)),
      droppedTokens: 4,
      maxTokens: 10,
    })
    expect(fitPrompt(ids, { startId: 0 }, 64, 1000)).toMatchObject({ droppedTokens: 7, maxTokens: 32 })
    expect(fitPrompt(ids.slice(0, 10), { startId: 0 }, 64, 1000)).toMatchObject({
      droppedTokens: 0,
      maxTokens: 55,
    })
  })

  it('keeps the start token, where the tokenizer has one', () => {
    expect([...fitPrompt(ids, { startId: 7 }, 20, 10).ids]).toEqual([7, ...ids.slice(30)])
    expect([...fitPrompt(ids, { startId: null }, 20, 10).ids]).toEqual([...ids.slice(29)])
  })
})

it('an arm tells its timing with the first token, then ten times a second at most', async () => {
  let now = 1000
  const events: GenerationEvent[] = []
  const turn = new ArmTurn(
    3,
    (event) => events.push(event),
    () => now,
  )
  const tokenizer = { startId: 4, encode: () => Int32Array.of(5, 6) }
  const generator = {
    model: { tokenizer, maxPositions: 100 },
    continue: async (_ids: Int32Array, { onToken }: { onToken?: () => void }) => {
      for (let token = 0; token < 12; token++) {
        now += 40
        onToken?.()
      }
      throw new AppError('cancelled')
    },
  } as unknown as Generator
  await turn.load(() => Promise.resolve(generator))
  await turn.generate({ prompt: 'ab', maxTokens: 50 }, new AbortController().signal)
  const timings = events.flatMap((event) => (event.kind === 'timing' ? [event.timing] : []))
  const promptFacts = { promptTokens: 3, droppedTokens: 0 }
  expect(timings).toEqual([
    { ttftMs: 40, tpotMs: null, newTokens: 1, ...promptFacts },
    ...[4, 7, 10].map((newTokens) => ({ ttftMs: 40, tpotMs: 40, newTokens, ...promptFacts })),
  ])
  expect(turn.answer).toEqual({
    arm: 3,
    text: '',
    timing: { ttftMs: 40, tpotMs: 40, newTokens: 12, ...promptFacts },
    stopped: 'cancelled',
    error: null,
  })
})
