/** The only place where messages of a window come in. */
import { ipcMain, type BrowserWindow, type IpcMainEvent } from 'electron'
import { z } from 'zod'

import type { Gateway, GatewayConnection } from '../gateway/index.ts'
import { WINDOW_CHANNEL, type LineAnswer, type LineMessage } from '../shared/window-channel.ts'
import type { ServerMessage } from '../shared/wire.ts'
import { APP_ORIGIN } from './app-scheme.ts'

const lineSchema = z.uuid()
const lineMessageSchema: z.ZodType<LineMessage> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), line: lineSchema }),
  z.strictObject({ kind: z.literal('message'), line: lineSchema, message: z.unknown() }),
  z.strictObject({ kind: z.literal('close'), line: lineSchema }),
])

/** Opens the other end of a line. */
export type Connect = Gateway['connect']

export interface RouterRules {
  readonly connect: Connect
  /** Told of every message that was refused, with the reason. */
  readonly onRefused: (reason: string) => void
}

/** Connects a window's lines. Whoever else speaks, or whatever else is said, is refused and told of. */
export function routeLines(window: BrowserWindow, { connect, onRefused }: RouterRules): void {
  const { webContents } = window
  const lines = new Map<string, GatewayConnection>()

  function take(message: LineMessage): void {
    const { kind, line } = message
    const connection = lines.get(line)
    if (kind === 'open') {
      if (connection !== undefined) throw new Error('a line was opened twice')
      const send = (answer: ServerMessage) => answerLine({ line, message: answer })
      lines.set(line, connect(send))
    } else if (connection === undefined) {
      throw new Error('no such line is open')
    } else if (kind === 'message') {
      try {
        connection.receive(message.message)
      } catch (error) {
        hangUp(line)
        throw error
      }
    } else {
      hangUp(line)
    }
  }

  function hangUp(line: string): void {
    lines.get(line)?.close()
    lines.delete(line)
  }

  function answerLine(answer: LineAnswer): void {
    if (!webContents.isDestroyed()) webContents.send(WINDOW_CHANNEL, answer)
  }

  function closeLines(): void {
    for (const connection of lines.values()) connection.close()
    lines.clear()
  }

  ipcMain.on(WINDOW_CHANNEL, (event, message: unknown) => {
    try {
      assertSender(event, window)
      take(lineMessageSchema.parse(message))
    } catch (error) {
      onRefused(error instanceof Error ? error.message : String(error))
    }
  })
  // The page that opened them is gone; the one that comes opens its own.
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) closeLines()
  })
  webContents.on('render-process-gone', closeLines)
  webContents.on('destroyed', closeLines)
}

/** Only the window's own page may speak: not a frame in it, not another origin. */
function assertSender({ sender, senderFrame }: IpcMainEvent, window: BrowserWindow): void {
  const isOurs =
    sender === window.webContents &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.origin === APP_ORIGIN
  if (!isOurs) throw new Error(`a message from ${senderFrame?.origin ?? 'a frame that is gone'}`)
}
