/** The page's only way out: calls and watches of the contract over one line, restored whenever it breaks. */
import { readonly, type Ref, shallowRef } from 'vue'

import { type CallOptions, CallClient } from '../rpc/call-client.ts'
import type { EventOf, InputOf, OutputOf, ProcedureName } from '../shared/contract.ts'
import { AppError, toAppError } from '../shared/errors.ts'
import type { Line, OpenLine } from './transport.ts'

/**
 * `connecting`: not yet once connected; `lost`: it was, and is being restored; `locked`: the door knows this browser no
 * more, and lets the page in again as soon as it has been opened with a fresh link.
 */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'locked'

const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 5000

/** Waits between attempts double up to a limit. */
const retryDelay = (attempt: number): number => Math.min(FIRST_RETRY_MS * 2 ** attempt, LAST_RETRY_MS)

/** Errors that another attempt would only repeat. */
const LASTING_ERRORS: ReadonlySet<string> = new Set(['call/unknown-procedure', 'input/invalid'])

export interface WatchOptions {
  /** The watch ended for good. */
  readonly onError?: (error: AppError) => void
}

export interface Api {
  readonly connection: Readonly<Ref<ConnectionState>>
  /**
   * Calls one procedure. Before the first connection it waits; while the connection is lost it fails at once.
   * @throws AppError
   */
  call<P extends ProcedureName>(
    procedure: P,
    input: InputOf<P>,
    options?: CallOptions<P>,
  ): Promise<OutputOf<P>>
  /** Calls a procedure for its events, again after every interruption, until the returned function is called. */
  watch<P extends ProcedureName>(
    procedure: P,
    input: InputOf<P>,
    onEvent: (event: EventOf<P>) => void,
    options?: WatchOptions,
  ): () => void
  /** The path of a dropped file, where the door can tell. */
  pathOf(file: File): string | null
}

export interface ApiOptions {
  readonly openLine: OpenLine
  readonly pathOf?: (file: File) => string
}

export function createApi({ openLine, pathOf }: ApiOptions): Api & { close(): void } {
  const connection = shallowRef<ConnectionState>('connecting')
  let line: Line | null = null
  let client: CallClient | null = null
  let attempt = 0
  let isClosed = false
  let whenConnected = Promise.withResolvers<CallClient>()

  function connect(): void {
    let opened: CallClient | null = null
    line = openLine({
      onOpen() {
        opened = new CallClient((message) => line?.send(message))
        client = opened
        attempt = 0
        connection.value = 'connected'
        whenConnected.resolve(opened)
      },
      onMessage: (message) => opened?.receive(message),
      onClose(isLocked) {
        if (isClosed) return
        if (opened !== null) {
          client = null
          whenConnected = Promise.withResolvers()
          opened.fail(new AppError('call/disconnected'))
        }
        if (isLocked) connection.value = 'locked'
        else if (connection.value !== 'connecting') connection.value = 'lost'
        setTimeout(connect, retryDelay(attempt++))
      },
    })
  }

  async function call<P extends ProcedureName>(
    procedure: P,
    input: InputOf<P>,
    options: CallOptions<P> = {},
  ): Promise<OutputOf<P>> {
    if (connection.value === 'lost' || connection.value === 'locked') throw new AppError('call/disconnected')
    try {
      return await (client ?? (await whenConnected.promise)).call(procedure, input, options)
    } catch (error) {
      throw toAppError(error)
    }
  }

  function watch<P extends ProcedureName>(
    procedure: P,
    input: InputOf<P>,
    onEvent: (event: EventOf<P>) => void,
    { onError }: WatchOptions = {},
  ): () => void {
    const ending = new AbortController()
    let failures = 0

    async function keepWatching(): Promise<void> {
      while (!ending.signal.aborted) {
        const current = await whenConnected.promise
        try {
          await current.call(procedure, input, {
            signal: ending.signal,
            onEvent(event) {
              failures = 0
              onEvent(event)
            },
          })
        } catch (error) {
          const failure = toAppError(error)
          if (ending.signal.aborted) return
          if (LASTING_ERRORS.has(failure.code)) return onError?.(failure)
          if (failure.code === 'call/disconnected') continue
        }
        await new Promise((resolve) => setTimeout(resolve, retryDelay(failures++)))
      }
    }
    void keepWatching()
    return () => ending.abort()
  }

  connect()
  return {
    connection: readonly(connection),
    call,
    watch,
    pathOf: (file) => pathOf?.(file) ?? null,
    close() {
      isClosed = true
      line?.close()
    },
  }
}

let installed: Api | null = null

/** Makes an api the page's own. */
export function installApi(api: Api): void {
  installed = api
}

/** The page's api, for stores. */
export function useApi(): Api {
  if (installed === null) throw new Error('installApi has not been called')
  return installed
}
