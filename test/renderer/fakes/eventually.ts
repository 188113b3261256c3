import { vi } from 'vitest'

/** Waits for an assertion to hold; views come in chunks, which a busy machine loads slowly. */
export const eventually = (assertion: () => void): Promise<void> =>
  vi.waitFor(assertion, { timeout: 30_000, interval: 20 })
