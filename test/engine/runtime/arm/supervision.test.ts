import { expect, it, vi } from 'vitest'

import type { ChildChannel, ChildExit } from '../../../../src/engine/kernel/child-process.ts'
import { quietContext } from '../../../../src/engine/kernel/run-context.ts'
import { Arm } from '../../../../src/engine/runtime/index.ts'

/** A process that starts well and then answers only what it is told to. */
class SilentProcess implements ChildChannel {
  readonly pid = 1
  readonly sent: unknown[] = []
  killed = 0
  #message: (message: unknown) => void = () => {}
  #exit: (exit: ChildExit) => void = () => {}

  send(message: unknown): void {
    this.sent.push(message)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener
    const report = {
      driver: 'native',
      version: '1',
      providers: ['cpu'],
      reason: 'self-test-passed',
      failure: null,
    }
    queueMicrotask(() => this.reply({ kind: 'started', result: { ok: true, value: report } }))
  }

  onExit(listener: (exit: ChildExit) => void): void {
    this.#exit = listener
  }

  reply(message: unknown): void {
    this.#message(message)
  }

  exit(exit: ChildExit): void {
    this.#exit(exit)
  }

  kill(): void {
    this.killed++
    this.exit({ code: null, signal: 'SIGKILL', stderr: '' })
  }
}

function start(silent: SilentProcess, limits: { silenceMs?: number; graceMs?: number }): Promise<Arm> {
  return Arm.start({ name: 'arm', spawn: () => silent, ...limits }, quietContext())
}

it('kills a process that falls silent with work in hand', async () => {
  const silent = new SilentProcess()
  const arm = await start(silent, { silenceMs: 20 })
  await expect(arm.call('memory', {})).rejects.toMatchObject({
    code: 'runtime/process-unresponsive',
    params: { arm: 'arm', seconds: 0.02 },
  })
  expect(silent.killed).toBe(1)
})

it('kills a process that does not obey a cancel', async () => {
  const silent = new SilentProcess()
  const arm = await start(silent, { graceMs: 20 })
  const controller = new AbortController()
  const call = arm.call('memory', {}, { signal: controller.signal })
  controller.abort()
  await expect(call).rejects.toMatchObject({ code: 'cancelled' })
  expect(silent.sent).toEqual([
    { kind: 'call', id: 0, verb: 'memory', input: {} },
    { kind: 'cancel', id: 0 },
  ])
  expect(silent.killed).toBe(1)
})

it('kills a process that does not obey a deadline, and names the deadline', async () => {
  const silent = new SilentProcess()
  const arm = await start(silent, { graceMs: 20 })
  await expect(arm.call('memory', {}, { deadlineMs: 10 })).rejects.toMatchObject({ code: 'runtime/deadline' })
  expect(silent.killed).toBe(1)
})

it('gives every call a deadline of its own, for a device that hangs while its process lives', async () => {
  const silent = new SilentProcess()
  const arm = await start(silent, { graceMs: 20, silenceMs: 2 ** 31 - 1 })
  vi.useFakeTimers()
  try {
    const call = arm.call('load', { model: 'm', graphs: {}, options: { provider: 'webgpu', threads: 1 } })
    const failed = expect(call).rejects.toMatchObject({
      code: 'runtime/deadline',
      params: { arm: 'arm', verb: 'load', seconds: 1800 },
    })
    await vi.advanceTimersByTimeAsync(1_800_000 - 1)
    expect(silent.sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1 + 20)
    await failed
    expect(silent.killed).toBe(1)
  } finally {
    vi.useRealTimers()
  }
})

it.each([
  [{ code: 0xc0000005, signal: null, stderr: '' }, 'exit code 0xc0000005', ''],
  [
    { code: null, signal: 'SIGSEGV', stderr: 'free(): invalid pointer\n' },
    'signal SIGSEGV',
    'free(): invalid pointer',
  ],
])('tells how the process ended: %o', async (exit, how, detail) => {
  const silent = new SilentProcess()
  const arm = await start(silent, {})
  const call = arm.call('memory', {})
  silent.exit(exit)
  await expect(call).rejects.toMatchObject({
    code: 'runtime/process-died',
    params: { arm: 'arm', how, detail },
  })
})

it('does not trust a message that it cannot read', async () => {
  const silent = new SilentProcess()
  const arm = await start(silent, {})
  const call = arm.call('memory', {})
  silent.reply({ kind: 'result', id: 'zero' })
  await expect(call).rejects.toMatchObject({ code: 'internal' })
  expect(silent.killed).toBe(1)
})
