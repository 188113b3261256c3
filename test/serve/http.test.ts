import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { LINK_MINUTES } from '../../src/serve/access.ts'
import { MOST_CONNECTIONS } from '../../src/serve/browser-door.ts'
import { failureOf } from '../fixtures/app-error.ts'
import { hungUp, INDEX, type OpenDoor, openDoor, pathOf, SCRIPT } from './open-door.ts'

let opened: OpenDoor
let cookie: string
beforeAll(async () => {
  opened = await openDoor()
  cookie = await opened.enter()
})
afterAll(() => opened[Symbol.asyncDispose]())

const SECURITY = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': expect.stringContaining('camera=()') as string,
}

it('turns a link into a session cookie, once', async () => {
  const { door, get } = opened
  const path = pathOf(door.freshLink())
  expect(path).toMatch(/^\/\?token=[\w-]{43}$/)

  const preview = await get(path, { method: 'HEAD' })
  expect([preview.status, preview.headers['set-cookie'], preview.body]).toEqual([401, undefined, ''])

  const first = await get(path)
  expect(first.status).toBe(303)
  expect(first.headers).toMatchObject({ ...SECURITY, location: '/', 'cache-control': 'no-store' })
  expect(first.headers['set-cookie']).toEqual([
    expect.stringMatching(
      new RegExp(`^soroban-${door.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    ) as string,
  ])

  const second = await get(path)
  expect([second.status, second.headers['set-cookie']]).toEqual([401, undefined])
  // Who is already in may follow an old link.
  const known = await get(path, { headers: { cookie } })
  expect([known.status, known.headers.location, known.headers['set-cookie']]).toEqual([303, '/', undefined])
})

it('a link grows old', async () => {
  let now = 0
  await using door = await openDoor({ now: () => now })
  const path = pathOf(door.door.freshLink())
  now = LINK_MINUTES * 60_000 + 1
  expect((await door.get(path)).status).toBe(401)
})

it('without a session tells in both languages how to get one, and serves nothing else', async () => {
  for (const headers of [{}, { cookie: `soroban-${opened.door.port}=wrong` }, { cookie: 'soroban-1=x; y' }]) {
    for (const path of ['/', '/assets/app-1a2b.js', '/none', '/?token=wrong']) {
      const { status, headers: answered, body } = await opened.get(path, { headers })
      expect([path, status]).toEqual([path, 401])
      expect(answered).toMatchObject({ ...SECURITY, 'cache-control': 'no-store' })
      expect(body).toContain('新しいリンクで開いてください')
      expect(body).toContain('Press Enter in the terminal')
      expect(body).not.toContain('__SOROBAN_NONCE__')
    }
  }
})

it('lets a page ask again that came from a link on another site, whose cookie the browser held back', async () => {
  const elsewhere = { 'sec-fetch-site': 'cross-site' }
  const first = await opened.get('/', { headers: elsewhere })
  expect([first.status, first.headers.refresh]).toEqual([401, '0; url=/'])
  // Its own second request: with the cookie, or with none to bring.
  const own = { 'sec-fetch-site': 'same-origin' }
  expect((await opened.get('/', { headers: { ...own, cookie } })).status).toBe(200)
  const stranger = await opened.get('/', { headers: own })
  expect([stranger.status, stranger.headers.refresh]).toEqual([401, undefined])
})

it('hangs up on whoever connects and does not ask, or asks a letter at a time', async () => {
  await using door = await openDoor({ requestPatienceMs: 100 })
  const silent = connect({ port: door.door.port, host: '127.0.0.1' }).resume()
  const slow = connect({ port: door.door.port, host: '127.0.0.1' }).resume()
  const gone = Promise.all([hungUp(silent), hungUp(slow)])
  slow.write('GET / HTTP/1.1\r\nX-')
  const drip = setInterval(() => slow.write('a'), 20)
  await gone
  clearInterval(drip)
})

it('takes so many connections, and goes on when some of them end', async () => {
  await using door = await openDoor()
  const sockets = Array.from({ length: MOST_CONNECTIONS }, () =>
    connect({ port: door.door.port, host: '127.0.0.1' }),
  )
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  await expect(door.get('/')).rejects.toMatchObject({ code: 'ECONNRESET' })
  for (const socket of sockets) socket.destroy()
  await expect
    .poll(() =>
      door.get('/').then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(401)
})

it('serves the page with a nonce and a policy of its own each time', async () => {
  const pages = await Promise.all([1, 2].map(() => opened.get('/', { headers: { cookie } })))
  const nonces = pages.map(({ status, headers, body }) => {
    const nonce = /nonce="([^"]+)"/.exec(body)?.[1] ?? ''
    expect(status).toBe(200)
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
    expect(body).toBe(INDEX.replace('__SOROBAN_NONCE__', nonce))
    expect(headers).toMatchObject({
      ...SECURITY,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'self' 'nonce-${nonce}'`,
        "worker-src 'self'",
        `style-src 'self' 'nonce-${nonce}'`,
        "img-src 'self' data: blob:",
        "font-src 'self'",
        `connect-src 'self' ws://127.0.0.1:${opened.door.port}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
      ].join('; '),
    })
    return nonce
  })
  expect(new Set(nonces).size).toBe(2)
})

it('serves the files of the page with their types; only hashed ones are kept by the browser', async () => {
  const script = await opened.get('/assets/app-1a2b.js', { headers: { cookie } })
  expect([script.status, script.body]).toEqual([200, SCRIPT])
  expect(script.headers).toMatchObject({
    ...SECURITY,
    'content-security-policy': "default-src 'none'; script-src 'wasm-unsafe-eval'; frame-ancestors 'none'",
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'private, max-age=31536000, immutable',
  })
  const icon = await opened.get('/icon.svg', { method: 'HEAD', headers: { cookie } })
  expect([icon.status, icon.body]).toEqual([200, ''])
  expect(icon.headers).toMatchObject({
    'content-type': 'image/svg+xml',
    'cache-control': 'no-cache',
    'content-length': '41',
  })
})

it.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
  '//secret.txt',
  '/assets/',
  '/assets',
  '/index.html',
  '/assets/app-1a2b.js%00.css',
])('gives nothing for %s', async (path) => {
  const { status, body, headers } = await opened.get(path, { headers: { cookie } })
  expect([status, body]).toEqual([404, 'Not found.\n'])
  expect(headers).toMatchObject(SECURITY)
})

it.each(['example.com', 'localhost', '127.0.0.1:1', 'evil.example:80', '127.0.0.1.evil.example'])(
  'does not answer for the host name %s, nor spend a token',
  async (host) => {
    const path = pathOf(opened.door.freshLink())
    expect((await opened.get(path, { headers: { host, cookie } })).status).toBe(421)
    expect((await opened.get(path)).status).toBe(303)
  },
)

it('answers for localhost, [::1] and the names that were allowed', async () => {
  await using door = await openDoor({ allowHosts: ['gpu-7', 'localhost:8080'] })
  const session = await door.enter()
  const { port } = door.door
  for (const host of [`localhost:${port}`, `[::1]:${port}`, `GPU-7:${port}`, 'localhost:8080']) {
    const { status, headers } = await door.get('/', { headers: { host, cookie: session } })
    expect(status).toBe(200)
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://${host.toLowerCase()};`)
  }
})

it('does not take a whole address, or a star, for a path', async () => {
  for (const path of ['http://evil.example/', '*', '@evil.example/']) {
    const { status } = await opened.get(path, { headers: { cookie } })
    expect([path, status]).toEqual([path, 400])
  }
})

it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
  const { status, headers } = await opened.get('/', { method, headers: { cookie } })
  expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
})

it('cannot be reached at another address of this machine', async () => {
  const others = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  )
  // 127.0.0.2 is this machine too, on Linux: bound to one address means to that one alone.
  for (const host of [...others, ...(process.platform === 'linux' ? ['127.0.0.2'] : [])]) {
    const socket = connect({ host, port: opened.door.port })
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect([host, error.code]).toEqual([host, 'ECONNREFUSED'])
  }
})

it('says which port is taken, which address cannot be used, and that the page is not built', async () => {
  const rival = createServer().listen(0, '127.0.0.1')
  await once(rival, 'listening')
  const { port } = rival.address() as AddressInfo
  expect(await failureOf(() => openDoor({ port }))).toEqual({ code: 'serve/port-taken', params: { port } })
  rival.close()

  const host = '192.0.2.1'
  expect(await failureOf(() => openDoor({ host, port }))).toEqual({
    code: 'serve/cannot-listen',
    params: { host, port, reason: 'EADDRNOTAVAIL' },
  })
  const folder = join(tmpdir(), 'soroban-no-such-build')
  expect(await failureOf(() => openDoor({ folder }))).toEqual({
    code: 'serve/not-built',
    params: { path: join(folder, 'index.html') },
  })
})

it('shows a link that can be visited where it listens at every address', async () => {
  await using everywhere = await openDoor({ host: '0.0.0.0', allowHosts: ['gpu-7'] })
  expect(everywhere.door.freshLink()).toMatch(new RegExp(`^http://gpu-7:${everywhere.door.port}/\\?token=`))
})
