import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

import { AppError } from '../../shared/errors.ts'

/**
 * Refuses every connection that this process asks Node.js for, unless it stays on this machine: TCP and whatever is
 * built on it (TLS, http, fetch, WebSocket), UDP, and questions to a name server. Loopback addresses, `localhost` and
 * local sockets (a path) stay open. Who asked gets engine/outbound-refused the way a failed connection comes to it.
 *
 * It cannot see native code, which may open sockets of its own (ONNX Runtime, drivers), nor worker threads and child
 * processes, and a module that means harm could go around it. It proves that nothing here calls home by accident; a
 * firewall proves more.
 *
 * @param onRefused told each time: `host:port`, or the host alone where a name was to be resolved
 * @returns disposing takes the guard away
 */
export function installNetworkGuard(onRefused: (target: string) => void): Disposable {
  const refuse: Refuse = (target) => {
    onRefused(target)
    return new AppError('engine/outbound-refused', { target })
  }
  const undo = [
    replace(net.Socket.prototype, 'connect', (original) => guardedTcp(original, refuse)),
    replace(dgram.Socket.prototype, 'send', (original) => guardedUdp(original, refuse, sendTarget)),
    replace(dgram.Socket.prototype, 'connect', (original) => guardedUdp(original, refuse, connectTarget)),
    ...[dns, dns.Resolver.prototype].flatMap((owner) =>
      replaceQuestions(owner, (original, name) => guardedQuestion(original, name, refuse, failCallback)),
    ),
    ...[dns.promises, dns.promises.Resolver.prototype].flatMap((owner) =>
      replaceQuestions(owner, (original, name) => guardedQuestion(original, name, refuse, rejectPromise)),
    ),
  ]
  // Named imports of the built-in modules are copies.
  syncBuiltinESMExports()
  return {
    [Symbol.dispose]() {
      for (const restore of undo) restore()
      syncBuiltinESMExports()
    },
  }
}

type Method<This = unknown> = (this: This, ...args: unknown[]) => unknown
type Refuse = (target: string) => AppError

function guardedTcp(original: Method, refuse: Refuse): Method<net.Socket> {
  return function (...args) {
    const target = tcpTarget(args)
    if (target === null) return original.apply(this, args)
    const error = refuse(target)
    // As with a real connection the error comes later: TLS still sets up its socket, and others write already.
    process.nextTick(() => this.destroy(error))
    return Object.assign(this, { connecting: true })
  }
}

/** The forms of `Socket.connect`: (options), (path), (port, host), or [options] from within Node.js. Null: local. */
function tcpTarget(args: readonly unknown[]): string | null {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0]
  if (typeof first === 'object' && first !== null) {
    const { host, port, path } = first as { host?: unknown; port?: unknown; path?: unknown }
    return path === undefined || path === null || path === '' ? remote(host, port) : null
  }
  const isPath = typeof first === 'string' && Number.isNaN(Number(first))
  return isPath ? null : remote(typeof args[1] === 'string' ? args[1] : undefined, first)
}

type UdpTarget = (socket: dgram.Socket, args: readonly unknown[]) => string | null

function guardedUdp(original: Method, refuse: Refuse, targetOf: UdpTarget): Method<dgram.Socket> {
  return function (...args) {
    const target = targetOf(this, args)
    if (target === null) return original.apply(this, args)
    const error = refuse(target)
    process.nextTick(callbackOf(args) ?? (() => this.emit('error', error)), error)
    return undefined
  }
}

const connectTarget: UdpTarget = (_socket, [port, address]) => remote(address, port)

/** The forms of `Socket.send`: (message, offset, length, port, address?) or (message, port, address?). */
const sendTarget: UdpTarget = (socket, [, first, second, third, fourth]) => {
  if (isConnected(socket)) return null
  const isWithOffset = Boolean(fourth) || (Boolean(third) && typeof third !== 'function')
  return isWithOffset ? remote(fourth, third) : remote(second, first)
}

/** A connected socket's peer was checked when it connected. */
function isConnected(socket: dgram.Socket): boolean {
  try {
    socket.remoteAddress()
    return true
  } catch {
    return false
  }
}

function guardedQuestion(
  original: Method,
  name: string,
  refuse: Refuse,
  fail: (error: AppError, args: readonly unknown[]) => unknown,
): Method {
  return function (...args) {
    const [host] = args
    // `lookup` answers for an address without asking anybody; everything else goes to a name server.
    const isLocal =
      typeof host !== 'string' ||
      (name === 'lookup' && (host === '' || net.isIP(host) !== 0)) ||
      (name.startsWith('lookup') && isLoopback(host))
    return isLocal ? original.apply(this, args) : fail(refuse(host), args)
  }
}

const failCallback = (error: AppError, args: readonly unknown[]): void => {
  process.nextTick(callbackOf(args) ?? (() => {}), error)
}
const rejectPromise = (error: AppError): Promise<never> => Promise.reject(error)

type Callback = (error: Error) => void

function callbackOf(args: readonly unknown[]): Callback | undefined {
  return args.findLast((arg): arg is Callback => typeof arg === 'function')
}

const LOOPBACK = new net.BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true
  const [address = ''] = host.split('%')
  const family = net.isIP(address)
  return family !== 0 && LOOPBACK.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** `host:port` of another machine; null for this one, which is also what no host stands for. */
function remote(host: unknown, port: unknown): string | null {
  if (typeof host !== 'string' || host === '' || isLoopback(host)) return null
  return `${net.isIPv6(host) ? `[${host}]` : host}:${String(port)}`
}

function replaceQuestions(owner: object, wrap: (original: Method, name: string) => Method): (() => void)[] {
  return Object.getOwnPropertyNames(owner)
    .filter((name) => /^(?:lookup|resolve|reverse)/.test(name))
    .map((name) => replace(owner, name, (original) => wrap(original, name)))
}

/** Replaces a method, keeping what hangs on it (`util.promisify` reads such properties). @returns what undoes it */
function replace<This>(owner: object, name: string, wrap: (original: Method) => Method<This>): () => void {
  const methods = owner as Record<string, Method<This>>
  const original = methods[name] as Method
  methods[name] = Object.defineProperties(wrap(original), Object.getOwnPropertyDescriptors(original))
  return () => {
    methods[name] = original
  }
}
