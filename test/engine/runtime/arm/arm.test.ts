import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { quietContext } from '../../../../src/engine/kernel/run-context.ts'
import { Arm, LanguageModel, openBackend, PairScorer } from '../../../../src/engine/runtime/index.ts'
import { randomIds, tinyConfig, tinyDecoder, type TinyDecoder } from '../tiny-decoder.ts'

const ctx = quietContext()
const options = { provider: 'cpu', threads: 1 } as const

let decoder: TinyDecoder
let other: TinyDecoder

beforeAll(async () => {
  decoder = await tinyDecoder(1)
  other = await tinyDecoder(2, { ...tinyConfig, kvHeads: 1 })
})

describe('an arm', () => {
  let arm: Arm

  beforeAll(async () => {
    arm = await Arm.start({ name: 'baseline' }, ctx)
    await arm.call('load', { model: 'mha', graphs: decoder, options })
    await arm.call('load', { model: 'gqa', graphs: { logits: other.logits }, options })
  })

  afterAll(async () => {
    await arm.close()
  })

  it('runs in a process of its own, on the driver that it reports', () => {
    expect(arm.pid).not.toBe(process.pid)
    expect(arm.backend).toMatchObject({ driver: 'native', reason: 'self-test-passed', failure: null })
  })

  it('answers as the models do in this process', async () => {
    const backend = await openBackend(ctx)
    using mha = new LanguageModel(backend, decoder, { ...options, name: 'mha' })
    using gqa = new LanguageModel(backend, other, { ...options, name: 'gqa' })
    using pair = new PairScorer(backend, mha, [gqa], { threads: 1 })
    const window = { ids: randomIds(300, 1), targetsFrom: 20 }
    expect(await arm.call('score', { model: 'mha', window })).toEqual(await mha.score(window))
    expect(await arm.call('scorePair', { baseline: 'mha', candidates: ['gqa'], window })).toEqual(
      await pair.score(window),
    )
    const prompt = randomIds(20, 2)
    const streamed: number[] = []
    const onToken = (token: number, index: number): void => void (streamed[index] = token)
    const generation = await arm.call('generate', { model: 'mha', prompt, maxTokens: 10 }, { onToken })
    expect(generation.tokens).toEqual((await mha.generate(prompt, { maxTokens: 10 })).tokens)
    expect(streamed).toEqual([...generation.tokens])
  })

  it('measures, and knows the memory of its process and of its models', async () => {
    const measured = await arm.call('measure', { model: 'mha', contextLength: 100, newTokens: 5 })
    expect(measured.gapsMs).toHaveLength(4)
    const memory = await arm.call('memory', {})
    const weightsBytes = decoder.logits.weightsBytes + other.logits.weightsBytes
    expect(memory).toMatchObject({ weightsBytes })
    expect(memory.kvBytes).toBeGreaterThanOrEqual(measured.kvBytes)
    expect(memory.peakArenaBytes).toBeGreaterThan(0)
    expect(memory.peakRssBytes).toBeGreaterThanOrEqual(memory.rssBytes)
    // Node.js alone takes more than 30 MB, which a unit mistaken by 1,024 would miss on either side.
    expect(memory.rssBytes).toBeGreaterThan(30 * 2 ** 20)
    expect(memory.peakRssBytes).toBeLessThan(8 * 2 ** 30)
  })

  it.skipIf(process.platform !== 'linux')('reports its own peak memory, not its parent’s', async () => {
    const ballast = Buffer.alloc(600 * 2 ** 20, 1)
    await using child = await Arm.start({ name: 'small' }, ctx)
    const { peakRssBytes } = await child.call('memory', {})
    // VmHWM in KiB, as the kernel tells this process about the other.
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
    expect(peakRssBytes).toBeLessThan(ballast.length)
    expect(peakRssBytes).toBeLessThanOrEqual(1024 * Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]))
    expect(process.resourceUsage().maxRSS * 1024).toBeGreaterThan(ballast.length)
  })

  it('passes errors on with their parameters', async () => {
    const window = { ids: Int32Array.of(1, 2, 99), targetsFrom: 1 }
    await expect(arm.call('score', { model: 'none', window })).rejects.toMatchObject({
      code: 'runtime/model-unknown',
      params: { model: 'none' },
    })
    await expect(
      arm.call('score', { model: 'mha', window: { ...window, ids: Int32Array.of(1, 99, 2) } }),
    ).rejects.toMatchObject({ code: 'runtime/token-out-of-range', params: { token: 99, vocabSize: 48 } })
    await expect(
      arm.call('load', {
        model: 'lost',
        graphs: { score: { ...decoder.score, graphPath: '/nowhere.onnx' } },
        options,
      }),
    ).rejects.toMatchObject({ code: 'file/not-found', params: { path: '/nowhere.onnx' } })
    await expect(arm.call('score', { model: 'lost', window })).rejects.toMatchObject({
      code: 'runtime/model-unknown',
    })
  })

  it('cancels a call in progress and a waiting one, and goes on in the same process', async () => {
    const prompt = randomIds(13, 3)
    const running = new AbortController()
    const waiting = new AbortController()
    const call = { model: 'mha', prompt, maxTokens: 1000 }
    const first = arm.call('generate', call, { signal: running.signal, onToken: () => running.abort() })
    const second = arm.call('generate', call, { signal: waiting.signal })
    waiting.abort()
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    await expect(second).rejects.toMatchObject({ code: 'cancelled' })
    await expect(arm.call('memory', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect((await arm.call('generate', { ...call, maxTokens: 3 })).tokens).toHaveLength(3)
  })

  it('ends a call at its deadline', async () => {
    const call = { model: 'mha', prompt: randomIds(13, 3), maxTokens: 1000 }
    await expect(arm.call('generate', call, { deadlineMs: 1 })).rejects.toMatchObject({
      code: 'runtime/deadline',
      params: { arm: 'baseline', verb: 'generate', seconds: 0.001 },
    })
    expect((await arm.call('generate', { ...call, maxTokens: 2 })).tokens).toHaveLength(2)
  })
})

describe('the end of an arm', () => {
  it('is an error of the call in progress when the process is killed, and of every later one', async () => {
    await using arm = await Arm.start({ name: 'candidate' }, ctx)
    await arm.call('load', { model: 'mha', graphs: decoder, options })
    const onToken = (_: number, index: number): void => {
      if (index === 3) process.kill(arm.pid!, 'SIGKILL')
    }
    const died = {
      code: 'runtime/process-died',
      params: { arm: 'candidate', how: 'signal SIGKILL', detail: '' },
    }
    await expect(
      arm.call('generate', { model: 'mha', prompt: randomIds(9, 1), maxTokens: 1000 }, { onToken }),
    ).rejects.toMatchObject(died)
    await expect(arm.call('memory', {})).rejects.toMatchObject(died)
    await arm.close()
  })

  it('leaves no process behind, and may be asked for twice', async () => {
    const arm = await Arm.start({ name: 'baseline' }, ctx)
    await arm.close()
    await arm.close()
    expect(() => process.kill(arm.pid!, 0)).toThrowError(expect.objectContaining({ code: 'ESRCH' }))
    await expect(arm.call('memory', {})).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('comes with the end of its parent', async () => {
    const entry = fileURLToPath(new URL('../../../../src/engine/runtime/arm/arm-process.ts', import.meta.url))
    const child = fork(entry, [], { serialization: 'advanced', execArgv: [] })
    const [started] = (await once(child, 'message')) as [unknown]
    expect(started).toMatchObject({ kind: 'started', result: { ok: true } })
    const ended = once(child, 'exit')
    child.disconnect()
    expect(await ended).toEqual([null, 'SIGKILL'])
  })

  it('is not awaited when the start is cancelled', async () => {
    const controller = new AbortController()
    const starting = Arm.start({ name: 'baseline' }, quietContext(controller.signal))
    controller.abort()
    await expect(starting).rejects.toMatchObject({ code: 'cancelled' })
  })
})
