import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { LARGEST_MESSAGE_BYTES } from '../../src/serve/sockets.ts'
import { call, closeCode, type OpenDoor, openDoor, upgradeStatus } from './open-door.ts'

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

it('closes at once, with a code of its own, where there is no session', async () => {
  const { connect, door, origin } = opened
  for (const cookie of [
    `soroban-${door.port}=`,
    headers.cookie.slice(0, -1),
    headers.cookie.replace(/=.*/, ''),
  ]) {
    const socket = connect({ origin, cookie })
    socket.on('open', () => socket.send('{"kind":"call","id":1,"procedure":"cache.measure","input":{}}'))
    socket.on('message', () => expect.fail('answered'))
    expect(await closeCode(socket)).toBe(4401)
  }
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
  await using door = await openDoor({ keepaliveMs: 20 })
  const cookie = await door.enter()
  const lively = door.connect({ cookie, origin: door.origin })
  const asleep = door.connect({ cookie, origin: door.origin })
  await Promise.all([once(lively, 'open'), once(asleep, 'open')])
  asleep.pause()
  let pings = 0
  lively.on('ping', () => pings++)
  while (pings < 5) await once(lively, 'ping')
  asleep.resume()
  expect(await closeCode(asleep)).toBe(1006)
  expect(await call(lively, 1, 'cache.measure', {})).toEqual(answer(1))
})
