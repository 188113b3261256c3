import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import dns, { lookup as namedLookup } from 'node:dns'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { promisify } from 'node:util'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { installNetworkGuard } from '../../../src/engine/kernel/network-guard.ts'

/** Addresses and names that belong to nobody (RFC 5737, 3849, 2606). */
const ADDRESS = '198.51.100.7'
const NAME = 'telemetry.example'

let guard: Disposable
let refused: string[]
beforeEach(() => {
  refused = []
  guard = installNetworkGuard((target) => refused.push(target))
})
afterEach(() => guard[Symbol.dispose]())

const refusal = (target: string) => ({ code: 'engine/outbound-refused', params: { target } })
const failure = async (emitter: NodeJS.EventEmitter): Promise<unknown> =>
  ((await once(emitter, 'error')) as unknown[])[0]

describe('TCP', () => {
  const attempts: [name: string, attempt: () => NodeJS.EventEmitter, target: string][] = [
    ['port and host', () => net.connect(443, NAME), `${NAME}:443`],
    ['options', () => net.createConnection({ port: 80, host: ADDRESS }), `${ADDRESS}:80`],
    ['a socket', () => new net.Socket().connect('8080' as never, NAME), `${NAME}:8080`],
    ['IPv6', () => net.connect(80, '2001:db8::1'), '[2001:db8::1]:80'],
    ['an address that is a loopback of nobody', () => net.connect(80, '128.0.0.1'), '128.0.0.1:80'],
    ['a name that only looks local', () => net.connect(80, 'localhost.example'), 'localhost.example:80'],
    ['tls', () => tls.connect(443, NAME), `${NAME}:443`],
    ['http', () => http.get(`http://${NAME}/secret`), `${NAME}:80`],
    ['https', () => https.get(`https://${ADDRESS}:8443/`), `${ADDRESS}:8443`],
  ]
  it.each(attempts)('to another machine is refused: %s', async (_, attempt, target) => {
    expect(await failure(attempt())).toMatchObject(refusal(target))
    expect(refused).toEqual([target])
  })

  it('by fetch or WebSocket to another machine is refused', async () => {
    await expect(fetch(`https://${NAME}/models?of=document`)).rejects.toMatchObject({
      cause: refusal(`${NAME}:443`),
    })
    await once(new WebSocket(`ws://${ADDRESS}:9000/`), 'error')
    expect(refused).toEqual([`${NAME}:443`, `${ADDRESS}:9000`])
  })

  it.each(['127.0.0.1', '::1', 'localhost', undefined])(
    'to this machine is let through: %s',
    async (host) => {
      const server = net.createServer((socket) => socket.end('here')).listen(0, host)
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const socket = host === undefined ? net.connect(port) : net.connect({ port, host })
      const [text] = (await once(socket.setEncoding('utf8'), 'data')) as [string]
      expect(text).toBe('here')
      server.close()
      expect(refused).toEqual([])
    },
  )

  it('over a local socket is let through', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'soroban-guard-'))
    const path = join(folder, 'socket')
    const server = net.createServer((socket) => socket.end()).listen(path)
    await once(server, 'listening')
    for (const connect of [() => net.connect(path), () => net.connect({ path })]) {
      const socket = connect()
      await once(socket, 'connect')
      socket.destroy()
    }
    server.close()
    await rm(folder, { recursive: true })
    expect(refused).toEqual([])
  })
})

describe('UDP', () => {
  let socket: UdpSocket
  beforeEach(() => {
    socket = createSocket('udp4')
  })
  afterEach(() => socket.close())

  it('to another machine is refused, however it is asked for', async () => {
    const message = Buffer.from('query')
    const told = new Promise((resolve) => socket.send(message, 53, ADDRESS, resolve))
    expect(await told).toMatchObject(refusal(`${ADDRESS}:53`))
    const part = new Promise((resolve) => socket.send(message, 0, 2, 53, NAME, resolve))
    expect(await part).toMatchObject(refusal(`${NAME}:53`))
    socket.send(message, 123, ADDRESS)
    expect(await failure(socket)).toMatchObject(refusal(`${ADDRESS}:123`))
    socket.connect(514, ADDRESS)
    expect(await failure(socket)).toMatchObject(refusal(`${ADDRESS}:514`))
    expect(refused).toHaveLength(4)
  })

  it('to this machine is let through', async () => {
    const receiver = createSocket('udp4').bind(0, '127.0.0.1')
    await once(receiver, 'listening')
    const { port } = receiver.address()
    const sends: (() => void)[] = [
      () => socket.send('whole', port),
      () => socket.send('a part', 2, 4, port, 'localhost'),
      () => socket.connect(port, '127.0.0.1', () => socket.send('connected')),
    ]
    const received: string[] = []
    for (const send of sends) {
      const arrived = once(receiver, 'message') as Promise<[Buffer]>
      send()
      received.push(String((await arrived)[0]))
    }
    receiver.close()
    expect(received).toEqual(['whole', 'part', 'connected'])
    expect(refused).toEqual([])
  })
})

describe('names', () => {
  it('of other machines are not asked for', async () => {
    const callbacks: ((done: (error: unknown) => void) => void)[] = [
      (done) => dns.lookup(NAME, done),
      (done) => dns.lookup(NAME, { all: true }, done),
      (done) => namedLookup(NAME, done),
      (done) => dns.resolve(NAME, done),
      (done) => dns.resolveTxt(NAME, done),
      (done) => new dns.Resolver().resolve4(NAME, done),
    ]
    for (const ask of callbacks) expect(await new Promise(ask)).toMatchObject(refusal(NAME))
    for (const ask of [dns.promises.lookup, dns.promises.resolve6, promisify(dns.lookup)]) {
      await expect(ask(NAME)).rejects.toMatchObject(refusal(NAME))
    }
    await expect(new dns.promises.Resolver().resolveMx(NAME)).rejects.toMatchObject(refusal(NAME))
    await expect(dns.promises.reverse(ADDRESS)).rejects.toMatchObject(refusal(ADDRESS))
    await expect(dns.promises.lookupService(ADDRESS, 80)).rejects.toMatchObject(refusal(ADDRESS))
    expect(refused).toHaveLength(12)
  })

  it('that nobody needs to be asked for are answered', async () => {
    expect(await dns.promises.lookup(ADDRESS)).toEqual({ address: ADDRESS, family: 4 })
    expect(await promisify(dns.lookup)('127.0.0.1')).toEqual({ address: '127.0.0.1', family: 4 })
    expect((await dns.promises.lookup('localhost', { family: 4 })).address).toBe('127.0.0.1')
    expect(refused).toEqual([])
  })
})

it('leaves everything as it was when it is taken away', () => {
  const guarded = [net.Socket.prototype.connect, dns.lookup, dns.promises.resolve4]
  guard[Symbol.dispose]()
  const free = [net.Socket.prototype.connect, dns.lookup, dns.promises.resolve4]
  for (const [at, method] of free.entries()) expect(method).not.toBe(guarded[at])
  using again = installNetworkGuard(() => {})
  again[Symbol.dispose]()
  expect([net.Socket.prototype.connect, dns.lookup, dns.promises.resolve4]).toEqual(free)
})
