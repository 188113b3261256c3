// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reactive } from 'vue'

import { createApi } from '../../src/renderer/api.ts'
import {
  bridgeLine,
  type LineListener,
  type OpenLine,
  type SorobanBridge,
  webSocketLine,
} from '../../src/renderer/transport.ts'
import type { ClientMessage } from '../../src/shared/wire.ts'

/** Lines that open, answer and break when the test says so. */
class Lines {
  readonly opened: { listener: LineListener; sent: ClientMessage[] }[] = []
  readonly open: OpenLine = (listener) => {
    const sent: ClientMessage[] = []
    this.opened.push({ listener, sent })
    return { send: (message) => sent.push(message), close: () => {} }
  }

  get latest(): { listener: LineListener; sent: ClientMessage[] } {
    const line = this.opened.at(-1)
    if (line === undefined) throw new Error('no line was opened')
    return line
  }

  connect(): void {
    this.latest.listener.onOpen()
  }

  answer(id: number, value: unknown): void {
    this.latest.listener.onMessage({ kind: 'result', id, result: { ok: true, value } })
  }
}

const ENGINE = { state: 'ready', pid: 7, starts: 1, reason: null }
const CACHE = { folder: '/cache', bytes: 12, files: 1 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const settled = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => {})

test('a call made before the first connection waits for it', async () => {
  const lines = new Lines()
  const api = createApi({ openLine: lines.open })
  expect(api.connection.value).toBe('connecting')
  const call = api.call('cache.measure', {})
  await settled()
  expect(lines.latest.sent).toEqual([])
  lines.connect()
  await settled()
  expect(lines.latest.sent).toEqual([{ kind: 'call', id: 0, procedure: 'cache.measure', input: {} }])
  lines.answer(0, CACHE)
  expect(await call).toEqual(CACHE)
})

test('when the line breaks, calls in flight fail, and new ones do at once', async () => {
  const lines = new Lines()
  const api = createApi({ openLine: lines.open })
  lines.connect()
  const call = api.call('cache.measure', {})
  const failing = expect(call).rejects.toMatchObject({ code: 'call/disconnected' })
  await settled()
  lines.latest.listener.onClose(false)
  await failing
  expect(api.connection.value).toBe('lost')
  await expect(api.call('cache.measure', {})).rejects.toMatchObject({ code: 'call/disconnected' })
})

test('a broken line is opened again, with longer and longer waits up to five seconds', async () => {
  const lines = new Lines()
  const api = createApi({ openLine: lines.open })
  lines.connect()
  const waits: number[] = []
  for (let attempt = 0; attempt < 7; attempt++) {
    const before = lines.opened.length
    lines.latest.listener.onClose(false)
    const start = Date.now()
    while (lines.opened.length === before) await vi.advanceTimersByTimeAsync(50)
    waits.push(Date.now() - start)
  }
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
  lines.connect()
  expect(api.connection.value).toBe('connected')
  const call = api.call('cache.measure', {})
  await settled()
  lines.answer(0, CACHE)
  expect(await call).toEqual(CACHE)
})

test('a door that asks for a fresh link is told apart, and comes back by itself', async () => {
  const lines = new Lines()
  const api = createApi({ openLine: lines.open })
  lines.connect()
  lines.latest.listener.onClose(false)
  await vi.advanceTimersByTimeAsync(250)
  lines.latest.listener.onClose(true)
  expect(api.connection.value).toBe('locked')
  await expect(api.call('cache.measure', {})).rejects.toMatchObject({ code: 'call/disconnected' })
  await vi.advanceTimersByTimeAsync(500)
  lines.latest.listener.onClose(false)
  expect(api.connection.value).toBe('lost')
  await vi.advanceTimersByTimeAsync(1000)
  lines.connect()
  expect(api.connection.value).toBe('connected')
})

test('a watch goes on after a lost line, and ends when it is told to', async () => {
  const lines = new Lines()
  const api = createApi({ openLine: lines.open })
  lines.connect()
  const states: unknown[] = []
  const stop = api.watch('shell.watchEngine', {}, (state) => states.push(state))
  await settled()
  lines.latest.listener.onMessage({ kind: 'event', id: 0, event: ENGINE })
  lines.latest.listener.onClose(false)
  await vi.advanceTimersByTimeAsync(250)
  lines.connect()
  await settled()
  expect(lines.latest.sent).toEqual([{ kind: 'call', id: 0, procedure: 'shell.watchEngine', input: {} }])
  lines.latest.listener.onMessage({ kind: 'event', id: 0, event: { ...ENGINE, starts: 2 } })
  expect(states).toEqual([ENGINE, { ...ENGINE, starts: 2 }])
  stop()
  expect(lines.latest.sent.at(-1)).toEqual({ kind: 'cancel', id: 0 })
})

test('a watch that the engine let fall is asked for again; one that cannot be answered is not', async () => {
  const lines = new Lines()
  const api = createApi({ openLine: lines.open })
  lines.connect()
  const errors: string[] = []
  api.watch('jobs.watch', {}, () => {}, { onError: ({ code }) => errors.push(code) })
  await settled()
  const fail = (id: number, code: string): void =>
    lines.latest.listener.onMessage({
      kind: 'result',
      id,
      result: { ok: false, error: { code, params: {} } },
    })
  fail(0, 'engine/crashed')
  await vi.advanceTimersByTimeAsync(250)
  expect(lines.latest.sent.map(({ id }) => id)).toEqual([0, 1])
  fail(1, 'call/unknown-procedure')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(lines.latest.sent.map(({ id }) => id)).toEqual([0, 1])
  expect(errors).toEqual(['call/unknown-procedure'])
})

test('an answer that breaks the contract is an error, not a value', async () => {
  const lines = new Lines()
  const api = createApi({ openLine: lines.open })
  lines.connect()
  const call = api.call('cache.measure', {})
  const failing = expect(call).rejects.toMatchObject({ code: 'internal' })
  await settled()
  lines.answer(0, { ...CACHE, bytes: 'many' })
  await failing
})

test('on the desktop reactive inputs are sent as plain data', async () => {
  const sent: ClientMessage[] = []
  const bridge: SorobanBridge = {
    connect: () => ({ send: (message) => sent.push(structuredClone(message)), close: () => {} }),
    pathOf: () => '/dropped',
  }
  const api = createApi({ openLine: bridgeLine(bridge), pathOf: (file) => bridge.pathOf(file) })
  const patch = reactive({ candidates: ['/models/gqa'] })
  void api.call('projects.update', { folder: '/p', patch })
  await settled()
  expect(sent).toEqual([
    {
      kind: 'call',
      id: 0,
      procedure: 'projects.update',
      input: { folder: '/p', patch: { candidates: ['/models/gqa'] } },
    },
  ])
  expect(api.pathOf(new File([], 'a'))).toBe('/dropped')
})

test.each([
  ['http://127.0.0.1:4173/#/settings', 'ws://127.0.0.1:4173/rpc'],
  ['https://gpu.example:8443/', 'wss://gpu.example:8443/rpc'],
])('the browser at %s talks to %s', (page, line) => {
  const urls: string[] = []
  vi.stubGlobal(
    'WebSocket',
    class extends EventTarget {
      constructor(url: URL) {
        super()
        urls.push(url.href)
      }
    },
  )
  webSocketLine(page)({ onOpen: () => {}, onMessage: () => {}, onClose: () => {} })
  expect(urls).toEqual([line])
  vi.unstubAllGlobals()
})

test.each([
  ['that the door takes', 'soroban', 1, false],
  ['of a page that the door knows no more', 'soroban-locked', 0, true],
])('a WebSocket %s', (_what, protocol, opens, isLocked) => {
  const sockets: EventTarget[] = []
  vi.stubGlobal(
    'WebSocket',
    class extends EventTarget {
      readonly protocol = protocol
      constructor() {
        super()
        sockets.push(this)
      }
    },
  )
  const opened = vi.fn()
  const closed = vi.fn()
  webSocketLine('http://127.0.0.1:4174/')({ onOpen: opened, onMessage: () => {}, onClose: closed })
  sockets[0]?.dispatchEvent(new Event('open'))
  sockets[0]?.dispatchEvent(new Event('close'))
  expect([opened.mock.calls.length, closed.mock.calls]).toEqual([opens, [[isLocked]]])
  vi.unstubAllGlobals()
})
