import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

import type { OutputOf } from '../../shared/contract.ts'
import type { EngineState, NetworkState } from '../../shared/contract/shell.ts'
import { type AppError, deserializeError, toAppError } from '../../shared/errors.ts'
import { useApi } from '../api.ts'

export type ShellDescription = OutputOf<'shell.describe'>

/** What the page knows of the door, the engine and the network, for as long as it lives. */
export const useSessionStore = defineStore('session', () => {
  const api = useApi()
  const shell = shallowRef<ShellDescription | null>(null)
  const engine = shallowRef<EngineState | null>(null)
  const network = shallowRef<NetworkState>({ refused: 0, latest: [] })
  /** A failure that no view has taken up. */
  const failure = shallowRef<AppError | null>(null)
  /** Why the engine ended, from then until somebody has seen it. */
  const crash = shallowRef<AppError | null>(null)

  const isDesktop = computed(() => shell.value?.door === 'desktop')

  function followEngine(state: EngineState): void {
    const before = engine.value
    engine.value = state
    if (state.reason === null) return
    const wentDown =
      (state.state === 'restarting' || state.state === 'failed') && before?.state !== state.state
    // It may have come back before the page heard that it was gone.
    const cameBack = before?.state === 'ready' && before.starts !== state.starts
    if (wentDown || cameBack) crash.value = deserializeError(state.reason)
  }

  /** Begins to follow engine and network; once, when the page starts. */
  async function start(): Promise<void> {
    api.watch('shell.watchEngine', {}, followEngine, { onError: report })
    api.watch('shell.watchNetwork', {}, (state) => (network.value = state), { onError: report })
    try {
      shell.value = await api.call('shell.describe', {})
    } catch (error) {
      report(error)
    }
  }

  function acknowledgeCrash(): void {
    crash.value = null
  }

  /** Shows what nothing else has caught. */
  function report(error: unknown): void {
    failure.value = toAppError(error)
  }

  return {
    connection: api.connection,
    shell,
    engine,
    network,
    failure,
    crash,
    isDesktop,
    start,
    acknowledgeCrash,
    report,
  }
})
