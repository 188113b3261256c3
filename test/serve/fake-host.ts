import { CallServer } from '../../src/rpc/call-server.ts'
import { hostOrderSchema } from '../../src/shared/host-protocol.ts'
import type { ProcessChannel } from '../../src/shared/process-channel.ts'
import type { ServerMessage } from '../../src/shared/wire.ts'

export interface FakeHost {
  readonly start: () => ProcessChannel
}

/** An engine process that is none: it answers `cache.measure` with what its cache would be. */
export function fakeHost(cache = { folder: '/cache', bytes: 12, files: 3 }): FakeHost {
  return {
    start() {
      const listeners: ((message: unknown) => void)[] = []
      const exits: (() => void)[] = []
      const tell = (message: unknown): void => {
        for (const listener of listeners) listener(message)
      }
      const server = new CallServer<'cache.measure'>(
        { 'cache.measure': () => cache },
        (message: ServerMessage) => tell(message),
      )
      const end = (): void => {
        for (const exit of exits) exit()
      }
      queueMicrotask(() => tell({ kind: 'ready', pid: 4711 }))
      return {
        pid: 4711,
        send: (message) => {
          if (hostOrderSchema.safeParse(message).success) end()
          else server.receive(message)
        },
        onMessage: (listener) => void listeners.push(listener),
        onExit: (listener) => void exits.push(() => listener({ code: 0, signal: null, stderr: '' })),
        kill: end,
      }
    },
  }
}
