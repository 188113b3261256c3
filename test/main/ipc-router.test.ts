import { EventEmitter } from 'node:events'

import { beforeEach, expect, test, vi } from 'vitest'

const { ipcMain } = await vi.hoisted(async () => {
  const events = await import('node:events')
  return { ipcMain: new events.EventEmitter() }
})
vi.mock('electron', () => ({ ipcMain, protocol: {} }))

const { routeLines } = await import('../../src/main/ipc-router.ts')

const LINE = '7f0c9a52-13a5-4f0e-9a3b-0d9cbb2f61aa'
const PAGE = { url: 'app://soroban/index.html', origin: 'app://soroban', parent: null }

class FakeContents extends EventEmitter {
  readonly sent: unknown[] = []
  send = (...message: unknown[]): void => void this.sent.push(message)
  isDestroyed = (): boolean => false
}

let contents: FakeContents
let refused: string[]
let received: unknown[]
let closed: number
let answer: (message: never) => void

beforeEach(() => {
  ipcMain.removeAllListeners()
  contents = new FakeContents()
  refused = []
  received = []
  closed = 0
  routeLines({ webContents: contents } as never, {
    connect: (send) => {
      answer = send
      return {
        receive(message) {
          if (message === 'nonsense') throw new Error('not one of the protocol')
          received.push(message)
        },
        close: () => void closed++,
      }
    },
    onRefused: (reason) => refused.push(reason),
  })
})

const say = (message: unknown, { sender = contents as unknown, frame = PAGE as unknown } = {}): void => {
  ipcMain.emit('soroban:rpc', { sender, senderFrame: frame }, message)
}

test('carries messages of a line both ways', () => {
  say({ kind: 'open', line: LINE })
  say({ kind: 'message', line: LINE, message: { kind: 'cancel', id: 1 } })
  answer({ kind: 'event', id: 1, event: 'tick' } as never)

  expect({ received, sent: contents.sent, refused }).toEqual({
    received: [{ kind: 'cancel', id: 1 }],
    sent: [['soroban:rpc', { line: LINE, message: { kind: 'event', id: 1, event: 'tick' } }]],
    refused: [],
  })
})

test.each([
  ['another page', { sender: {} }, 'a message from app://soroban'],
  [
    'another origin',
    { frame: { ...PAGE, origin: 'https://example.com' } },
    'a message from https://example.com',
  ],
  ['an opaque origin', { frame: { ...PAGE, origin: 'null' } }, 'a message from null'],
  ['a frame inside the page', { frame: { ...PAGE, parent: PAGE } }, 'a message from app://soroban'],
  ['a frame that is gone', { frame: null }, 'a message from a frame that is gone'],
])('refuses %s', (_name, from, reason) => {
  say({ kind: 'open', line: LINE }, from)
  say({ kind: 'message', line: LINE, message: { kind: 'cancel', id: 1 } }, from)
  expect({ refused, received }).toEqual({ refused: [reason, reason], received: [] })
})

test.each([
  ['no object', 'open'],
  ['an unknown kind', { kind: 'eval', line: LINE }],
  ['a line without a proper name', { kind: 'open', line: '__proto__' }],
  ['fields of its own', { kind: 'open', line: LINE, sender: 'main' }],
])('refuses a message that is %s', (_name, message) => {
  say(message)
  expect(refused).toHaveLength(1)
})

test('refuses messages of a line that is not open, and a line opened twice', () => {
  say({ kind: 'message', line: LINE, message: {} })
  say({ kind: 'open', line: LINE })
  say({ kind: 'open', line: LINE })
  expect(refused).toEqual(['no such line is open', 'a line was opened twice'])
})

test('hangs up on a line that breaks the protocol', () => {
  say({ kind: 'open', line: LINE })
  say({ kind: 'message', line: LINE, message: 'nonsense' })
  say({ kind: 'message', line: LINE, message: { kind: 'cancel', id: 1 } })
  expect({ refused, closed, received }).toEqual({
    refused: ['not one of the protocol', 'no such line is open'],
    closed: 1,
    received: [],
  })
})

test('closes the lines of a page that goes, not those of one that only changes its address', () => {
  say({ kind: 'open', line: LINE })
  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
  contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false })
  expect(closed).toBe(0)
  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
  expect(closed).toBe(1)
})

test('closes the lines of a page that crashes', () => {
  say({ kind: 'open', line: LINE })
  contents.emit('render-process-gone')
  expect(closed).toBe(1)
})
