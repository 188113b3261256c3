import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Gateway } from '../gateway/index.ts'
import { AppError } from '../shared/errors.ts'
import { Access } from './access.ts'
import { allowedHosts, authority, isWildcard } from './allowed-hosts.ts'
import { readPageFiles } from '../gateway/page-files.ts'
import { answerRequest, type DoorRules } from './requests.ts'
import { Sockets } from './sockets.ts'

export const LOOPBACK = '127.0.0.1'

/** Far more than a person's tabs open, and fewer than the files that a process may have open. */
export const MOST_CONNECTIONS = 256
/** Given to whoever connects to say what is wanted. */
const REQUEST_PATIENCE_MS = 10_000

export interface BrowserDoorSettings {
  readonly gateway: Gateway
  /** The built window: index.html and its files. */
  readonly folder: string
  /** 0 for any that is free. */
  readonly port: number
  /** The address to listen at; LOOPBACK unless others are to come in. */
  readonly host: string
  /** Names, beside the loopback's and `host`, under which browsers may ask. */
  readonly allowHosts: readonly string[]
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
  readonly keepaliveMs?: number
  readonly requestPatienceMs?: number
}

export interface BrowserDoor {
  readonly port: number
  /** An address with a fresh token; the one before it no longer works. */
  freshLink(): string
  /** Stops listening and drops every page. The gateway is the caller's to close. */
  close(): Promise<void>
}

/**
 * Serves the window and its calls over HTTP and WebSocket.
 *
 * @throws AppError serve/not-built, serve/port-taken, serve/cannot-listen
 */
export async function openBrowserDoor(settings: BrowserDoorSettings): Promise<BrowserDoor> {
  const { gateway, folder, host, allowHosts, now, keepaliveMs } = settings
  const { requestPatienceMs = REQUEST_PATIENCE_MS } = settings
  const page = await readPageFiles(folder)
  const server = createServer({
    headersTimeout: requestPatienceMs,
    requestTimeout: requestPatienceMs,
    connectionsCheckingInterval: requestPatienceMs / 2,
  })
  server.maxConnections = MOST_CONNECTIONS
  const port = await listen(server, settings)
  const access = new Access(now)
  const rules: DoorRules = { access, port, hosts: allowedHosts(port, [host, ...allowHosts]) }
  const sockets = new Sockets(gateway, rules, keepaliveMs === undefined ? {} : { keepaliveMs })
  server.on('request', (request, response) => answerRequest(request, response, rules, page))
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))

  const shown = isWildcard(host) ? (allowHosts[0] ?? LOOPBACK) : host
  const origin = `http://${authority(shown, port)}`
  return {
    port,
    freshLink: () => `${origin}/?token=${access.issueToken()}`,
    async close() {
      sockets.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

function listen(server: Server, { port, host }: BrowserDoorSettings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError('serve/port-taken', { port }, { cause: error })
          : new AppError('serve/cannot-listen', { host, port, reason: error.code ?? '' }, { cause: error }),
      )
    })
    server.listen({ port, host }, () => {
      // From now on: a connection that the system could not hand over. The others stay.
      server.on('error', () => {})
      resolve((server.address() as AddressInfo).port)
    })
  })
}
