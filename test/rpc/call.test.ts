import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ZodError } from 'zod'

import { CallClient } from '../../src/rpc/call-client.ts'
import { CallServer } from '../../src/rpc/call-server.ts'
import type { Handlers } from '../../src/rpc/handlers.ts'
import type { EngineState } from '../../src/shared/contract/shell.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { ClientMessage, ServerMessage } from '../../src/shared/wire.ts'

type Procedures = 'models.bundled' | 'folders.list' | 'documents.text' | 'shell.watchEngine'

const bundled = { baseline: '/m/mha', candidate: '/m/gqa' }
const state = (starts: number): EngineState => ({ state: 'ready', pid: 7, starts, reason: null })

/** How the handlers behave in one test. */
const handlers = {
  'models.bundled': vi.fn<Handlers<Procedures>['models.bundled']>(),
  'folders.list': vi.fn<Handlers<Procedures>['folders.list']>(),
  'documents.text': vi.fn<Handlers<Procedures>['documents.text']>(),
  'shell.watchEngine': vi.fn<Handlers<Procedures>['shell.watchEngine']>(),
}
/** What crossed the line. */
let asked: ClientMessage[]
let answered: ServerMessage[]
let client: CallClient
let server: CallServer<Procedures>

beforeEach(() => {
  vi.resetAllMocks()
  asked = []
  answered = []
  server = new CallServer<Procedures>(handlers, (message) => {
    answered.push(message)
    client.receive(structuredClone(message))
  })
  client = new CallClient((message) => {
    asked.push(message)
    server.receive(structuredClone(message))
  })
})

/** A handler that waits until it is cancelled. */
const untilCancelled = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

describe('a call', () => {
  it('carries its input there, and events and answer back', async () => {
    handlers['shell.watchEngine'].mockImplementation((_, { emit }) => {
      emit(state(1))
      emit(state(2))
      return {}
    })
    const onEvent = vi.fn()
    expect(await client.call('shell.watchEngine', {}, { onEvent })).toEqual({})
    expect(onEvent.mock.calls).toEqual([[state(1)], [state(2)]])
    expect(asked).toEqual([{ kind: 'call', id: 0, procedure: 'shell.watchEngine', input: {} }])
    expect(answered.map(({ kind, id }) => [kind, id])).toEqual([
      ['event', 0],
      ['event', 0],
      ['result', 0],
    ])
  })

  it('finds its own answer among several', async () => {
    const slow = Promise.withResolvers<typeof bundled>()
    handlers['models.bundled'].mockReturnValueOnce(slow.promise)
    handlers['documents.text'].mockImplementation(({ name }) => ({
      name,
      text: 'x',
      pageStarts: [],
      sensitive: [],
    }))
    const first = client.call('models.bundled', {})
    expect(await client.call('documents.text', { project: '/p', name: 'a' })).toEqual({
      name: 'a',
      text: 'x',
      pageStarts: [],
      sensitive: [],
    })
    slow.resolve(bundled)
    expect(await first).toEqual(bundled)
    expect(asked.map(({ id }) => id)).toEqual([0, 1])
  })

  it('fails as its handler does, without the stack', async () => {
    handlers['folders.list'].mockRejectedValueOnce(new AppError('file/not-found', { path: '/gone' }))
    await expect(client.call('folders.list', { folder: '/gone' })).rejects.toEqual(
      new AppError('file/not-found', { path: '/gone' }),
    )
    handlers['folders.list'].mockImplementation(() => {
      throw new TypeError('not a function')
    })
    await expect(client.call('folders.list', { folder: null })).rejects.toMatchObject({
      code: 'internal',
      params: { reason: 'not a function' },
    })
    expect(JSON.stringify(answered)).not.toContain('stack')
  })

  it('never reaches its handler with an input of the wrong shape', async () => {
    await expect(client.call('documents.text', { project: '/p', name: '' })).rejects.toMatchObject({
      code: 'input/invalid',
      params: { source: 'documents.text', field: 'name' },
    })
    const extra = { project: '/p', name: 'a', more: true }
    await expect(client.call('documents.text', extra)).rejects.toMatchObject({ code: 'input/invalid' })
    expect(handlers['documents.text']).not.toHaveBeenCalled()
  })

  it.each(['runs.list', 'toString', '__proto__', 'engine.reboot'])(
    'to what the server does not answer is refused: %s',
    async (procedure) => {
      server.receive({ kind: 'call', id: 4, procedure, input: {} })
      await vi.waitFor(() => expect(answered).toHaveLength(1))
      expect(answered).toEqual([
        {
          kind: 'result',
          id: 4,
          result: { ok: false, error: { code: 'call/unknown-procedure', params: { procedure } } },
        },
      ])
    },
  )

  it('does not take an answer or an event of the wrong shape for one', async () => {
    handlers['models.bundled'].mockReturnValue({ baseline: '', candidate: '/m/gqa' })
    await expect(client.call('models.bundled', {})).rejects.toThrow(ZodError)
    const pending = Promise.withResolvers<object>()
    handlers['shell.watchEngine'].mockReturnValue(pending.promise as Promise<Record<string, never>>)
    const watching = client.call('shell.watchEngine', {}, { onEvent: () => {} })
    expect(() => client.receive({ kind: 'event', id: 1, event: { state: 'asleep' } })).toThrow(ZodError)
    pending.resolve({})
    await watching
  })

  it('is answered although its answer cannot travel', async () => {
    handlers['models.bundled'].mockReturnValue({ ...bundled, extra: () => {} } as typeof bundled)
    const sent: ServerMessage[] = []
    const cloning = new CallServer<Procedures>(handlers, (message) => sent.push(structuredClone(message)))
    cloning.receive({ kind: 'call', id: 0, procedure: 'models.bundled', input: {} })
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject({ result: { ok: false, error: { code: 'internal' } } })
  })
})

describe('cancelling', () => {
  it('aborts the handler; the call fails when it has let go, and tells nothing more', async () => {
    const stopping = Promise.withResolvers<undefined>()
    handlers['shell.watchEngine'].mockImplementation(async (_, { signal, emit }) => {
      await untilCancelled(signal).catch(() => {})
      emit(state(1))
      await stopping.promise
      throw new AppError('cancelled')
    })
    const controller = new AbortController()
    const onEvent = vi.fn()
    const call = client.call('shell.watchEngine', {}, { signal: controller.signal, onEvent })
    controller.abort()
    expect(asked.at(-1)).toEqual({ kind: 'cancel', id: 0 })
    stopping.resolve(undefined)
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    expect(onEvent).not.toHaveBeenCalled()
  })

  it('asks nothing when it comes first, and means nothing when it comes last', async () => {
    await expect(client.call('models.bundled', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(asked).toEqual([])
    handlers['models.bundled'].mockReturnValue(bundled)
    const controller = new AbortController()
    await client.call('models.bundled', {}, { signal: controller.signal })
    controller.abort()
    expect(asked).toHaveLength(1)
    server.receive({ kind: 'cancel', id: 0 })
    expect(answered).toHaveLength(1)
  })
})

describe('an end that goes away', () => {
  it('the caller: its handlers are aborted', async () => {
    handlers['shell.watchEngine'].mockImplementation((_, { signal }) => untilCancelled(signal))
    const calls = [client.call('shell.watchEngine', {}), client.call('shell.watchEngine', {})]
    server.close()
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('the server: every call fails with the reason, and a late answer is nobody’s', async () => {
    handlers['models.bundled'].mockReturnValue(new Promise(() => {}))
    const call = client.call('models.bundled', {})
    client.fail(new AppError('call/disconnected'))
    await expect(call).rejects.toMatchObject({ code: 'call/disconnected' })
    client.receive({ kind: 'result', id: 0, result: { ok: true, value: bundled } })
  })
})

describe('what is no message', () => {
  it.each([undefined, [], { kind: 'result', id: 0 }, { kind: 'call', id: 0.5, procedure: 'x', input: 1 }])(
    'is refused by the server: %o',
    (message) => {
      expect(() => server.receive(message)).toThrow(ZodError)
      expect(answered).toEqual([])
    },
  )

  it.each([
    null,
    { kind: 'call', id: 0, procedure: 'x', input: {} },
    { kind: 'result', id: 0, result: { ok: false, error: { code: 'no/such-code', params: {} } } },
  ])('is refused by the client: %o', (message) => {
    expect(() => client.receive(message)).toThrow(ZodError)
  })

  it('does not start a call twice', async () => {
    handlers['models.bundled'].mockReturnValue(bundled)
    const message = { kind: 'call', id: 0, procedure: 'models.bundled', input: {} }
    server.receive(message)
    server.receive(message)
    await vi.waitFor(() => expect(answered).toHaveLength(1))
    expect(handlers['models.bundled']).toHaveBeenCalledOnce()
  })
})
