const lastTurns = new Map<string, Promise<unknown>>()

/**
 * Does work under a key after all earlier work under the same key has settled, so that reading, changing and writing a
 * file is one step within this process.
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turn = (lastTurns.get(key) ?? Promise.resolve()).then(work)
  const settled = turn.then(
    () => {},
    () => {},
  )
  lastTurns.set(key, settled)
  try {
    return await turn
  } finally {
    if (lastTurns.get(key) === settled) lastTurns.delete(key)
  }
}
