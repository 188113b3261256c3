import { once } from 'node:events'
import { connect } from 'node:net'

import { WebSocket } from 'ws'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'

import { LARGEST_MESSAGE_BYTES } from '../../src/serve/sockets.ts'
import { ADMITTED, LOCKED } from '../../src/shared/page-socket.ts'
import { fakeHost } from './fake-host.ts'
import { call, closeCode, hungUp, type OpenDoor, openDoor, upgradeStatus } from './open-door.ts'

let opened: OpenDoor
let headers: { readonly cookie: string; readonly origin: string }
beforeAll(async () => {
  opened = await openDoor()
  headers = { cookie: await opened.enter(), origin: opened.origin }
})
afterAll(() => opened[Symbol.asyncDispose]())

const CACHE = { folder: '/cache', bytes: 12, files: 3 }
const answer = (id: number): unknown => ({ kind: 'result', id, result: { ok: true, value: CACHE } })

it('carries calls to the engine, after a reconnect too', async () => {
  const first = opened.connect(headers)
  expect(await call(first, 1, 'cache.measure', {})).toEqual(answer(1))
  first.terminate()
  const second = opened.connect(headers)
  expect(await call(second, 1, 'cache.measure', {})).toEqual(answer(1))
  second.terminate()
})

it('is open only to a page of its own that has a session', async () => {
  const { connect, door, origin } = opened
  const { cookie } = headers
  const local = `localhost:${door.port}`
  const cases: readonly (readonly [Record<string, string>, number])[] = [
    [{ cookie, origin }, 101],
    [{ cookie, origin: `http://${local}`, host: local }, 101],
    [{ cookie }, 403],
    [{ cookie, origin: 'null' }, 403],
    [{ cookie, origin: 'https://evil.example' }, 403],
    [{ cookie, origin: `https://127.0.0.1:${door.port}` }, 403],
    [{ cookie, origin: 'http://127.0.0.1:1' }, 403],
    [{ cookie, origin: `http://${local}` }, 403],
    [{ cookie, origin: 'http://evil.example', host: 'evil.example' }, 421],
  ]
  for (const [asked, status] of cases) {
    expect([asked, await upgradeStatus(connect(asked))]).toEqual([asked, status])
  }
})

/** An upgrade request as it goes over the wire. */
const upgradeRequest = ({ door }: Pick<OpenDoor, 'door'>, ...headers: string[]): string =>
  [
    'GET /rpc HTTP/1.1',
    `Host: 127.0.0.1:${door.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '',
    '',
  ].join('\r\n')

it('tells a page that has no session so, and closes at once', async () => {
  const { door, origin } = opened
  const known = new WebSocket(`ws://127.0.0.1:${door.port}/rpc`, [ADMITTED, LOCKED], { headers })
  await once(known, 'open')
  expect(known.protocol).toBe(ADMITTED)
  known.terminate()

  for (const cookie of [
    '',
    `soroban-${door.port}=`,
    headers.cookie.slice(0, -1),
    headers.cookie.replace(/=.*/, ''),
    headers.cookie.replace(String(door.port), '1'),
  ]) {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/rpc`, [ADMITTED, LOCKED], {
      headers: { origin, cookie },
    })
    socket.on('open', () => socket.send('{"kind":"call","id":1,"procedure":"cache.measure","input":{}}'))
    socket.on('message', () => expect.fail('answered'))
    const code = await closeCode(socket)
    expect([cookie, socket.protocol, code]).toEqual([cookie, LOCKED, 1008])
  }
})

it('is not brought down by a stranger who speaks no WebSocket', async () => {
  const stranger = connect({ port: opened.door.port, host: '127.0.0.1' })
  stranger.write(upgradeRequest(opened, `Origin: ${opened.origin}`))
  await once(stranger, 'data')
  const gone = hungUp(stranger.resume())
  stranger.write(Buffer.alloc(16, 0xff))
  await gone
  const socket = opened.connect(headers)
  expect(await call(socket, 1, 'cache.measure', {})).toEqual(answer(1))
  socket.terminate()
})

it('lets go of a stranger who does not, and can end meanwhile', async () => {
  const { door, ...rest } = await openDoor()
  const stranger = connect({ port: door.port, host: '127.0.0.1', allowHalfOpen: true })
  stranger.write(upgradeRequest({ door }))
  const [refusal] = (await once(stranger, 'data')) as [Buffer]
  expect(String(refusal)).toMatch(/^HTTP\/1\.1 403 /)
  await door.close()
  stranger.destroy()
  await rest[Symbol.asyncDispose]()
})

it('drops a page that does not read what it asked for', async () => {
  const folder = 'x'.repeat(LARGEST_MESSAGE_BYTES)
  await using door = await openDoor({}, fakeHost({ folder, bytes: 0, files: 0 }))
  const idle = door.connect({ cookie: await door.enter(), origin: door.origin })
  await once(idle, 'open')
  idle.pause()
  // Each answer fills what its connection may leave waiting by an eighth; the system's own buffers take one or two.
  for (let id = 0; id < 16; id++) {
    idle.send(JSON.stringify({ kind: 'call', id, procedure: 'cache.measure', input: {} }))
  }
  const lively = door.connect({ cookie: await door.enter(), origin: door.origin })
  await call(lively, 1, 'cache.measure', {})
  idle.resume()
  expect(await closeCode(idle)).toBe(1006)
})

it.each([
  ['what is no JSON', 'no JSON', 1008],
  ['what is no message', '{"kind":"eval"}', 1008],
  ['bytes instead of text', Buffer.from('{}'), 1003],
  ['a message that is too long', 'x'.repeat(LARGEST_MESSAGE_BYTES + 1), 1009],
])('%s closes that socket only', async (_what, message, code) => {
  const sound = opened.connect(headers)
  const faulty = opened.connect(headers)
  await Promise.all([once(sound, 'open'), once(faulty, 'open')])
  faulty.send(message)
  expect(await closeCode(faulty)).toBe(code)
  expect(await call(sound, 1, 'cache.measure', {})).toEqual(answer(1))
  sound.terminate()
})

it('takes a prompt of two million Japanese characters', async () => {
  const socket = opened.connect(headers)
  expect(await call(socket, 1, 'cache.measure', { prompt: '算'.repeat(2_000_000) })).toMatchObject({
    kind: 'result',
    id: 1,
    result: { ok: false, error: { code: 'input/invalid' } },
  })
  socket.terminate()
})

it('drops a page that no longer answers, and keeps one that does', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  await using door = await openDoor({ keepaliveMs: 20 })
  const cookie = await door.enter()
  const lively = door.connect({ cookie, origin: door.origin })
  const asleep = door.connect({ cookie, origin: door.origin })
  await Promise.all([once(lively, 'open'), once(asleep, 'open')])
  asleep.pause()
  for (const id of [1, 2, 3]) {
    const pinged = once(lively, 'ping')
    vi.advanceTimersByTime(20)
    await pinged
    // The answer to the ping goes over the same wire before the call, and has come when the call is answered.
    expect(await call(lively, id, 'cache.measure', {})).toEqual(answer(id))
  }
  asleep.resume()
  expect(await closeCode(asleep)).toBe(1006)
})
