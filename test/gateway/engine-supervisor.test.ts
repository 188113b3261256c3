import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { EngineSupervisor } from '../../src/gateway/engine-supervisor.ts'
import type { HostProcess } from '../../src/gateway/index.ts'
import type { ProcessExit } from '../../src/shared/process-channel.ts'

/** An engine process that does nothing by itself. */
class IdleProcess implements HostProcess {
  readonly pid = 100
  readonly sent: unknown[] = []
  say: (message: unknown) => void = () => {}
  end: (exit: ProcessExit) => void = () => {}

  send(message: unknown): void {
    this.sent.push(message)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.say = listener
  }

  onExit(listener: (exit: ProcessExit) => void): void {
    this.end = listener
  }

  kill(): void {
    this.end({ code: null, signal: 'SIGKILL', stderr: '' })
  }
}

const CRASH: ProcessExit = { code: 0xc0000005, signal: null, stderr: '' }
const crashed = { code: 'engine/crashed', params: { how: 'exit code 0xc0000005' } }

let processes: IdleProcess[]
let supervisor: EngineSupervisor
const events = {
  onReady: vi.fn(),
  onMessage: vi.fn(),
  onRefused: vi.fn(),
  onEnd: vi.fn(),
  onFailed: vi.fn(),
  log: vi.fn(),
}
const engine = (): IdleProcess => processes.at(-1)!

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
  processes = []
  supervisor = new EngineSupervisor(() => {
    processes.push(new IdleProcess())
    return engine()
  }, events)
})
afterEach(() => vi.useRealTimers())

it('starts a crashed engine again, each time later, and gives up after five quick ends', () => {
  const delays: number[] = []
  for (let started = processes.length; ; started++) {
    engine().say({ kind: 'ready', pid: 100 + started })
    engine().end(CRASH)
    expect(supervisor.state.value.reason).toEqual(
      started < 5 ? crashed : { ...crashed, code: 'engine/failed' },
    )
    if (supervisor.state.value.state === 'failed') break
    const before = Date.now()
    vi.advanceTimersToNextTimer()
    delays.push(Date.now() - before)
  }
  expect(delays).toEqual([500, 1000, 2000, 4000])
  expect(supervisor.state.value).toMatchObject({ state: 'failed', pid: null, starts: 5 })
  expect([events.onEnd.mock.calls.length, events.onFailed.mock.calls.length]).toEqual([5, 1])
  expect(vi.getTimerCount()).toBe(0)
})

it('forgets quick ends once an engine has lived for a minute', () => {
  for (const delay of [500, 1000, 2000]) {
    engine().end(CRASH)
    vi.advanceTimersByTime(delay)
  }
  vi.advanceTimersByTime(60_000)
  engine().end(CRASH)
  expect(supervisor.state.value.state).toBe('restarting')
  vi.advanceTimersByTime(500)
  expect(processes).toHaveLength(5)
})

it('kills an engine that is silent for two minutes, and no other', () => {
  engine().say({ kind: 'ready', pid: 100 })
  vi.advanceTimersByTime(119_000)
  engine().say({ kind: 'heartbeat' })
  vi.advanceTimersByTime(119_000)
  expect(events.onEnd).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(events.onEnd.mock.calls[0]).toMatchObject([
    { code: 'engine/unresponsive', params: { seconds: 120 } },
  ])
  expect(supervisor.state.value).toMatchObject({ state: 'restarting', pid: null })
  vi.advanceTimersByTime(500)
  expect(processes).toHaveLength(2)
})

it('grants a starting engine two minutes', () => {
  vi.advanceTimersByTime(119_000)
  expect(events.onEnd).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(events.onEnd.mock.calls[0]).toMatchObject([
    { code: 'engine/unresponsive', params: { seconds: 120 } },
  ])
})

it('hears nothing more of an engine that it has condemned', () => {
  const condemned = engine()
  // An end that takes its time.
  condemned.kill = vi.fn()
  condemned.say('nonsense')
  expect(condemned.kill).toHaveBeenCalledOnce()
  expect(supervisor.isReady).toBe(false)
  condemned.say({ kind: 'ready', pid: 100 })
  expect(supervisor.isReady).toBe(false)
  condemned.end({ code: null, signal: 'SIGKILL', stderr: '' })
  expect(supervisor.state.value.reason).toEqual({
    code: 'engine/crashed',
    params: { how: 'unreadable message' },
  })
})

it('starts an engine again that had started before it failed', () => {
  engine().say({ kind: 'ready', pid: 100 })
  engine().say({ kind: 'failed', error: { code: 'internal', params: { reason: 'x is not a function' } } })
  const { code, params } = supervisor.state.value.reason!
  expect([supervisor.state.value.state, code]).toEqual(['restarting', 'engine/crashed'])
  expect(params['how']).toContain('x is not a function')
  vi.advanceTimersByTime(500)
  expect(processes).toHaveLength(2)
})

it.each<[ProcessExit, string, string]>([
  [{ code: 134, signal: null, stderr: '' }, 'engine/out-of-memory', 'exit code 134'],
  [{ code: 137, signal: null, stderr: '' }, 'engine/killed', 'exit code 137'],
  [{ code: null, signal: 'SIGKILL', stderr: '' }, 'engine/killed', 'signal SIGKILL'],
  [
    { code: 1, signal: null, stderr: 'RangeError: Array buffer allocation failed' },
    'engine/out-of-memory',
    'exit code 1',
  ],
  [{ code: null, signal: 'SIGABRT', stderr: 'assertion failed' }, 'engine/crashed', 'signal SIGABRT'],
  [{ code: null, signal: null, stderr: 'spawn ENOENT' }, 'engine/crashed', 'spawn ENOENT'],
])('tells why it ended: %o', (exit, code, how) => {
  engine().end(exit)
  expect(supervisor.state.value.reason).toEqual({ code, params: { how } })
})

it('tells the engine to close, and kills it after ten seconds', async () => {
  engine().say({ kind: 'ready', pid: 100 })
  const kill = vi.spyOn(engine(), 'kill')
  const closing = supervisor.close()
  expect(engine().sent).toEqual([{ kind: 'close' }])
  vi.advanceTimersByTime(9999)
  expect(kill).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  await closing
  expect(kill).toHaveBeenCalledOnce()
  supervisor.wake()
  expect([processes.length, vi.getTimerCount()]).toEqual([1, 0])
})
