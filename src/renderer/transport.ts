/** The two ways in which messages of the contract travel between this page and its door. */
import { ADMITTED, LOCKED } from '../shared/page-socket.ts'
import type { ClientMessage } from '../shared/wire.ts'

/** What the preload script offers on the desktop, and nothing else. */
export interface SorobanBridge {
  connect(onMessage: (message: unknown) => void): { send(message: ClientMessage): void; close(): void }
  /** The path of a file or folder that was dropped on the window. */
  pathOf(file: File): string
}

declare global {
  interface Window {
    readonly soroban?: SorobanBridge
  }
}

export interface Line {
  send(message: ClientMessage): void
  close(): void
}

export interface LineListener {
  onOpen(): void
  onMessage(message: unknown): void
  /** The line is gone for good; a new one must be opened. @param isLocked the door asks for a fresh link first */
  onClose(isLocked: boolean): void
}

/** Opens a line; `onOpen` may be called before this returns. */
export type OpenLine = (listener: LineListener) => Line

export function bridgeLine(bridge: SorobanBridge): OpenLine {
  return ({ onOpen, onMessage }) => {
    const line = bridge.connect(onMessage)
    // The preload script holds the line as long as the page lives; main restarts the engine behind it.
    queueMicrotask(onOpen)
    return {
      // A store's reactive proxies cannot be cloned between processes; their JSON can.
      send: (message) => line.send(JSON.parse(JSON.stringify(message)) as ClientMessage),
      close: () => line.close(),
    }
  }
}

/** @param address of the page; its origin serves the line, too */
export function webSocketLine(address: string): OpenLine {
  const url = new URL('/rpc', address)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return ({ onOpen, onMessage, onClose }) => {
    const socket = new WebSocket(url, [ADMITTED, LOCKED])
    const isLocked = (): boolean => socket.protocol === LOCKED
    socket.addEventListener('open', () => {
      if (!isLocked()) onOpen()
    })
    socket.addEventListener('message', ({ data }) => onMessage(JSON.parse(String(data))))
    socket.addEventListener('close', () => onClose(isLocked()), { once: true })
    return {
      send: (message) => socket.send(JSON.stringify(message)),
      close: () => socket.close(),
    }
  }
}
