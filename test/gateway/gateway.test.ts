import { fileURLToPath } from 'node:url'

import { afterEach, describe, expect, it } from 'vitest'
import { ZodError } from 'zod'

import { forkHost, Gateway, type GatewayOptions, type HostProcess } from '../../src/gateway/index.ts'
import type { EngineState } from '../../src/shared/contract/shell.ts'
import { Caller } from './caller.ts'

const FAKE_HOST = fileURLToPath(new URL('fake-host.ts', import.meta.url))

const shell: GatewayOptions['shell'] = {
  'shell.describe': () => ({ door: 'browser', version: '1', platform: 'linux', systemLocale: 'ja' }),
  'shell.chooseFolder': () => ({ path: null }),
  'shell.chooseSavePath': () => ({ path: null }),
  'shell.reveal': () => ({}),
}

let gateway: Gateway
let processes: HostProcess[]
afterEach(() => gateway.close())

/** @param manner how each engine process starts */
function open(
  manner: () => string = () => 'well',
  patience: GatewayOptions['patience'] = {},
  env: Readonly<Record<string, string>> = {},
): Caller {
  processes = []
  const startHost = (): HostProcess => {
    const process = forkHost(FAKE_HOST, { args: [manner()], env })
    processes.push(process)
    return process
  }
  gateway = new Gateway({ startHost, shell, patience: { restart: 10, beat: 50, ...patience } })
  return new Caller(gateway)
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const failure = (code: string, params: object = {}) => ({ ok: false, error: { code, params } })

describe('a call', () => {
  it('goes to the engine as it is, and its events and result come back under the caller’s id', async () => {
    const caller = open()
    const value = { bytes: Uint8Array.of(1, 2), nested: [null, '文書'] }
    const first = caller.act('echo', value)
    const second = caller.act('tell', { fraction: 0.5 })
    expect(await caller.result(first)).toEqual({ ok: true, value })
    expect(await caller.result(second)).toEqual({ ok: true, value: 'told' })
    expect(caller.events(second)).toEqual([{ fraction: 0.5 }])
    expect(gateway.callsInProgress).toBe(0)
  })

  it('is told apart from another caller’s call of the same id', async () => {
    const one = open()
    const other = new Caller(gateway)
    expect([one.act('echo', 'one'), other.act('echo', 'other')]).toEqual([0, 0])
    expect(await one.result(0)).toEqual({ ok: true, value: 'one' })
    expect(await other.result(0)).toEqual({ ok: true, value: 'other' })
    expect([one.results(0), other.results(0)]).toMatchObject([{ length: 1 }, { length: 1 }])
  })

  it('is answered by the door where it is the door’s, and refused where nobody knows it', async () => {
    const caller = open()
    expect(await caller.result(caller.start('shell.describe'))).toEqual({
      ok: true,
      value: { door: 'browser', version: '1', platform: 'linux', systemLocale: 'ja' },
    })
    expect(await caller.result(caller.start('shell.reveal', { path: 5 }))).toMatchObject({
      error: { code: 'input/invalid', params: { source: 'shell.reveal', field: 'path' } },
    })
    for (const procedure of ['toString', 'engine.reboot']) {
      expect(await caller.result(caller.start(procedure))).toEqual(
        failure('call/unknown-procedure', { procedure }),
      )
    }
  })

  it('is cancelled in the engine, or before it has got there', async () => {
    const caller = open()
    const waiting = caller.act('hold')
    caller.cancel(waiting)
    expect(await caller.result(waiting)).toEqual(failure('cancelled'))
    const running = caller.act('hold')
    await caller.event(running)
    caller.cancel(running)
    expect(await caller.result(running)).toEqual(failure('cancelled'))
    expect(await caller.result(caller.act('cancelled'))).toEqual({ ok: true, value: 1 })
    expect(caller.events(waiting)).toEqual([])
  })

  it('is cancelled with the connection that it came over, and with no other', async () => {
    const leaving = open()
    const staying = new Caller(gateway)
    const calls = [leaving.act('hold'), leaving.act('hold')]
    const kept = staying.act('hold')
    await Promise.all([leaving.event(calls[1]!), staying.event(kept)])
    leaving.connection.close()
    expect(gateway.callsInProgress).toBe(1)
    expect(await staying.result(staying.act('cancelled'))).toEqual({ ok: true, value: 2 })
    leaving.act('echo')
    expect(gateway.callsInProgress).toBe(1)
    expect(calls.flatMap((id) => leaving.results(id))).toEqual([])
  })
})

describe('a caller that breaks the protocol', () => {
  it.each([
    null,
    'call',
    { kind: 'call', id: -1, procedure: 'x', input: {} },
    { kind: 'cancel', id: 0, more: 1 },
  ])('is let go with its calls: %o', async (message) => {
    const bad = open()
    const good = new Caller(gateway)
    await bad.event(bad.act('hold'))
    expect(() => bad.connection.receive(message)).toThrow(ZodError)
    expect(gateway.callsInProgress).toBe(0)
    bad.connection.receive({ kind: 'call', id: 9, procedure: 'shell.describe', input: {} })
    expect(await good.result(good.act('cancelled'))).toEqual({ ok: true, value: 1 })
    expect(bad.results(9)).toEqual([])
  })
})

describe('an engine that ends', () => {
  const ends: [act: string, code: string, how: string][] = [
    ['exit', 'engine/crashed', 'exit code 3'],
    ['die', 'engine/killed', 'signal SIGKILL'],
    ['devour', 'engine/out-of-memory', 'signal SIGABRT'],
    ['babble', 'engine/crashed', 'unreadable message'],
  ]
  it.each(ends)('in mid-call (%s) fails every call in flight and comes back', async (act, code, how) => {
    const caller = open(undefined, {}, { NODE_OPTIONS: '--max-old-space-size=48' })
    const other = new Caller(gateway)
    const watch = caller.start('shell.watchEngine')
    const before = await caller.result(caller.act('pid'))
    const calls = [caller.act('hold'), caller.act(act)]
    const others = other.act('hold')
    for (const id of calls) expect(await caller.result(id)).toEqual(failure(code, { how }))
    expect(await other.result(others)).toEqual(failure(code, { how }))
    const after = await caller.result(caller.act('pid'))
    expect(after).toMatchObject({ ok: true })
    expect(after).not.toEqual(before)

    const states = caller.events(watch) as EngineState[]
    const { pid } = states.at(-1)!
    expect(states.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1])).toEqual([
      'starting',
      'ready',
      'restarting',
      'ready',
    ])
    expect(states.at(-1)).toEqual({ state: 'ready', pid, starts: 2, reason: { code, params: { how } } })
    expect(after).toEqual({ ok: true, value: pid })
    expect(calls.flatMap((id) => caller.results(id))).toHaveLength(2)
    expect(gateway.callsInProgress).toBe(0)
  })

  it('by hanging is killed, its calls fail, and it comes back', async () => {
    const caller = open(undefined, { silence: 2000 })
    const stuck = await caller.result(caller.act('pid'))
    expect(await caller.result(caller.act('hang'))).toEqual(failure('engine/unresponsive', { seconds: 2 }))
    const fresh = await caller.result(caller.act('pid'))
    expect(fresh).not.toEqual(stuck)
    expect(isAlive((stuck as { value: number }).value)).toBe(false)
  })

  it('too often in a row is given up, and tried once more for the next call', async () => {
    let manner = 'dies'
    const caller = open(() => manner, { quickEnds: 3 })
    const lost = failure('engine/failed', { how: 'exit code 7' })
    expect(await caller.result(caller.act('pid'))).toEqual(lost)
    expect(processes).toHaveLength(3)
    expect(await caller.result(caller.act('pid'))).toEqual(lost)
    expect(processes).toHaveLength(4)
    manner = 'well'
    expect(await caller.result(caller.act('echo', 'back'))).toEqual({ ok: true, value: 'back' })
    expect(processes).toHaveLength(5)
  })

  it('with a reason of its own is not started again until somebody asks', async () => {
    let manner = 'refuses'
    const caller = open(() => manner)
    const watch = caller.start('shell.watchEngine')
    const reason = { code: 'file/not-found', params: { path: '/home/gone' } }
    expect(await caller.result(caller.act('pid'))).toEqual({ ok: false, error: reason })
    expect(caller.events(watch).at(-1)).toEqual({ state: 'failed', pid: null, starts: 1, reason })
    manner = 'well'
    expect(await caller.result(caller.act('echo', 'mended'))).toEqual({ ok: true, value: 'mended' })
  })

  it('cannot be started at all: the reason says so', async () => {
    gateway = new Gateway({
      startHost: () => forkHost('/nowhere/main.js'),
      shell,
      patience: { restart: 1, quickEnds: 2 },
    })
    const caller = new Caller(gateway)
    expect(await caller.result(caller.act('pid'))).toEqual(failure('engine/failed', { how: 'exit code 1' }))
  })
})

describe('shell.watchNetwork', () => {
  it('counts what window and engine were refused, without paths', async () => {
    const caller = open()
    const watch = caller.start('shell.watchNetwork')
    expect(caller.events(watch)).toEqual([{ refused: 0, latest: [] }])
    gateway.refused('https://cdn.example/font.woff2?of=文書')
    gateway.refused('198.51.100.7:53')
    await caller.result(caller.act('reach'))
    expect(caller.events(watch).at(-1)).toMatchObject({
      refused: 3,
      latest: [
        { target: 'https://cdn.example', by: 'window' },
        { target: '198.51.100.7:53', by: 'window' },
        { target: 'telemetry.example:443', by: 'engine' },
      ],
    })
    caller.cancel(watch)
    expect(await caller.result(watch)).toEqual(failure('cancelled'))
    gateway.refused('example:80')
    expect(caller.events(watch)).toHaveLength(4)
  })
})

describe('close', () => {
  it('lets the engine end in order, and lets nobody in afterwards', async () => {
    const caller = open()
    const { value: pid } = (await caller.result(caller.act('pid'))) as { value: number }
    const exit = new Promise((resolve) => processes[0]!.onExit(resolve))
    const held = caller.act('hold')
    await gateway.close()
    expect(await exit).toEqual({ code: 0, signal: null, stderr: '' })
    expect(isAlive(pid)).toBe(false)
    const late = new Caller(gateway)
    const call = late.start('shell.describe')
    expect([caller.results(held), late.results(call)]).toEqual([[], []])
    expect([gateway.callsInProgress, processes.length]).toEqual([0, 1])
  })

  it('kills an engine that does not end', async () => {
    const caller = open(() => 'stubborn', { close: 100 })
    await caller.result(caller.act('pid'))
    const exit = new Promise((resolve) => processes[0]!.onExit(resolve))
    await Promise.all([gateway.close(), gateway.close()])
    expect(await exit).toEqual({ code: null, signal: 'SIGKILL', stderr: '' })
  })

  it('is at once where the engine is about to be started again', async () => {
    const caller = open(() => 'dies', { restart: 3_600_000 })
    const watch = caller.start('shell.watchEngine')
    await caller.event(watch, ({ reason }: EngineState) => reason !== null)
    await gateway.close()
    expect(processes).toHaveLength(1)
  })
})
