import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import { type RawData, WebSocket, WebSocketServer } from 'ws'

import type { Gateway } from '../gateway/index.ts'
import { ADMITTED, LOCKED } from '../shared/page-socket.ts'
import { allowedHostOf, type DoorRules, hasSession } from './requests.ts'

/** A prompt of two million characters in UTF-8, and room to spare; uploads come in smaller pieces. */
export const LARGEST_MESSAGE_BYTES = 8 * 2 ** 20
/** What a page that does not read may leave waiting before it is dropped. */
const LARGEST_BACKLOG_BYTES = 64 * 2 ** 20
const KEEPALIVE_MS = 20_000

/** Reasons to close, of RFC 6455. */
const CLOSE = { notText: 1003, malformed: 1008, noSession: 1008 } as const

/** The WebSocket `/rpc`: one connection to the engine for each page that has a session and is our own. */
export class Sockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered, request) => {
      const chosen = hasSession(request, this.#rules) ? ADMITTED : LOCKED
      return offered.has(chosen) ? chosen : false
    },
  })
  readonly #gateway: Gateway
  readonly #rules: DoorRules
  readonly #keepalive: NodeJS.Timeout
  readonly #unanswered = new WeakSet<WebSocket>()

  constructor(gateway: Gateway, rules: DoorRules, { keepaliveMs = KEEPALIVE_MS } = {}) {
    this.#gateway = gateway
    this.#rules = rules
    this.#keepalive = setInterval(() => this.#ping(), keepaliveMs)
  }

  /** Takes an upgrade request, or refuses it with the status that says why. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Whoever hangs up in between is gone; there is nothing to tell.
    socket.on('error', () => {})
    const status = this.#refusal(request)
    if (status !== null) {
      // A stranger may keep its own end open for ever.
      socket.once('finish', () => socket.destroy())
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      // A message that is too long, or no WebSocket at all: ws closes the socket itself and says why.
      webSocket.on('error', () => {})
      if (hasSession(request, this.#rules)) this.#connect(webSocket)
      else webSocket.close(CLOSE.noSession)
    })
  }

  close(): void {
    clearInterval(this.#keepalive)
    for (const webSocket of this.#server.clients) webSocket.terminate()
    this.#server.close()
  }

  #refusal(request: IncomingMessage): string | null {
    const host = allowedHostOf(request, this.#rules)
    if (host === null) return '421 Misdirected Request'
    // Another site's page may open a WebSocket to any address; only its Origin gives it away.
    if (request.headers.origin?.toLowerCase() !== `http://${host}`) return '403 Forbidden'
    return request.url === '/rpc' ? null : '404 Not Found'
  }

  #connect(webSocket: WebSocket): void {
    const connection = this.#gateway.connect((message) => {
      if (webSocket.readyState !== WebSocket.OPEN) return
      if (webSocket.bufferedAmount > LARGEST_BACKLOG_BYTES) webSocket.terminate()
      else webSocket.send(JSON.stringify(message))
    })
    webSocket.on('message', (content: RawData, isBinary) => {
      if (isBinary) return webSocket.close(CLOSE.notText)
      try {
        connection.receive(JSON.parse(String(content)))
      } catch {
        webSocket.close(CLOSE.malformed)
      }
    })
    webSocket.on('pong', () => this.#unanswered.delete(webSocket))
    webSocket.on('close', () => connection.close())
  }

  /** Drops who has not answered since the last time, such as a laptop that went to sleep. */
  #ping(): void {
    for (const webSocket of this.#server.clients) {
      if (this.#unanswered.has(webSocket)) webSocket.terminate()
      else {
        this.#unanswered.add(webSocket)
        webSocket.ping()
      }
    }
  }
}
