import { vi } from 'vitest'

/** Waits until a check no longer fails. Views are loaded when they are opened, which takes a while on a busy machine. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 20_000, interval: 20 })
