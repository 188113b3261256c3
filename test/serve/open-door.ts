import { type IncomingHttpHeaders, request } from 'node:http'
import type { Socket } from 'node:net'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'

import { WebSocket } from 'ws'

import { Gateway } from '../../src/gateway/index.ts'
import { type BrowserDoor, type BrowserDoorSettings, openBrowserDoor } from '../../src/serve/index.ts'
import { fakeHost, type FakeHost } from './fake-host.ts'

export const INDEX =
  '<!doctype html><html><head><script type="module" nonce="__SOROBAN_NONCE__" src="/assets/app-1a2b.js"></script></head></html>'
export const SCRIPT = 'document.title = "Soroban"'

/** A door over a small page and an engine that is only pretended, and what a browser can do at it. */
export interface OpenDoor extends AsyncDisposable {
  readonly door: BrowserDoor
  readonly host: FakeHost
  readonly origin: string
  get(path: string, options?: RequestOptions): Promise<Answer>
  /** Opens a fresh link; gives the Cookie header of the session. */
  enter(): Promise<string>
  connect(headers: Readonly<Record<string, string>>): WebSocket
}

export interface RequestOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export async function openDoor(
  settings: Partial<BrowserDoorSettings> = {},
  host = fakeHost(),
): Promise<OpenDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'soroban-serve-'))
  const page = join(folder, 'renderer')
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(page, 'index.html'), INDEX)
  await writeFile(join(page, 'assets', 'app-1a2b.js'), SCRIPT)
  await writeFile(join(page, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')

  const gateway = new Gateway({ startHost: host.start, shell: SHELL })
  const end = async (): Promise<void> => {
    await gateway.close()
    await rm(folder, { recursive: true, force: true })
  }
  const basis = { gateway, folder: page, port: 0, host: '127.0.0.1', allowHosts: [] }
  const door = await openBrowserDoor({ ...basis, ...settings }).catch(async (error: unknown) => {
    await end()
    throw error
  })
  const origin = `http://127.0.0.1:${door.port}`
  const get: OpenDoor['get'] = (path, options) => ask(door.port, path, options)
  return {
    door,
    host,
    origin,
    get,
    async enter() {
      const { headers } = await get(pathOf(door.freshLink()))
      return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    },
    connect: (headers) => new WebSocket(`ws://127.0.0.1:${door.port}/rpc`, { headers }),
    async [Symbol.asyncDispose]() {
      await door.close()
      await end()
    },
  }
}

const SHELL: ConstructorParameters<typeof Gateway>[0]['shell'] = {
  'shell.describe': () => ({ door: 'browser', version: '0', platform: 'test', systemLocale: 'ja' }),
  'shell.chooseFolder': () => ({ path: null }),
  'shell.chooseSavePath': () => ({ path: null }),
  'shell.reveal': () => ({}),
}

/** The part of a link after its origin. */
export const pathOf = (link: string): string => link.slice(new URL(link).origin.length)

/** Asks with exactly this path, which `fetch` would tidy up. */
function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {} }: RequestOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** The status with which an upgrade was refused; 101 when it was taken. */
export async function upgradeStatus(socket: WebSocket): Promise<number | undefined> {
  socket.on('error', () => {})
  const refused = once(socket, 'unexpected-response').then(([, response]) => {
    ;(response as { resume(): void }).resume()
    return (response as { statusCode?: number }).statusCode
  })
  const opened = once(socket, 'open').then(() => 101)
  const status = await Promise.race([refused, opened])
  socket.terminate()
  return status
}

/** Calls a procedure and gives the result message. */
export async function call(
  socket: WebSocket,
  id: number,
  procedure: string,
  input: unknown,
): Promise<unknown> {
  if (socket.readyState === WebSocket.CONNECTING) await once(socket, 'open')
  const answered = once(socket, 'message') as Promise<[Buffer]>
  socket.send(JSON.stringify({ kind: 'call', id, procedure, input }))
  return JSON.parse(String((await answered)[0])) as unknown
}

export async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number]
  return code
}

/** Waits until the door has ended a connection, in order or by a reset. */
export const hungUp = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => {})
    socket.once('close', () => resolve())
  })
