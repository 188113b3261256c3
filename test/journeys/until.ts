import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Looks every few milliseconds until there is something. The test's own limit ends it. */
export async function until<T>(look: () => T | null | Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== null) return found
    await delay(20)
  }
}

/** Waits until there is such a file; Soroban's files appear whole. */
export const fileAt = (path: string): Promise<true> => until(() => existsSync(path) || null)
