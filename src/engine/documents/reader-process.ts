/** The program of the reading child: one request, one answer, until the parent is gone or ends it. */
import { flushCompileCache } from 'node:module'

import { serializeError } from '../../shared/errors.ts'
import { parentChannel } from '../kernel/child-process.ts'
import { installNetworkGuard } from '../kernel/network-guard.ts'
import { startMemoryWatchdog } from './memory-watchdog.ts'
import { readFile } from './read-file.ts'
import { type ReadReply, readRequestSchema } from './reader-protocol.ts'
import { TextStore } from './text-store.ts'

/** A word that work gets on is due this often at most. */
const ADVANCE_MS = 1000

// Whoever asks is refused, which the file that made a library ask is told with.
installNetworkGuard(() => {})
startMemoryWatchdog(Number(process.argv[2]))
const parent = parentChannel()
parent.onMessage((message) => {
  void answer(message).then((reply) => parent.send(reply))
})
parent.onClose(() => process.exit())

async function answer(message: unknown): Promise<ReadReply> {
  try {
    const { store, ...request } = readRequestSchema.parse(message)
    const reading = await readFile(request, new TextStore(store), wordOfAdvance())
    // Where a cache of compiled code is in use: this process will be ended without notice.
    flushCompileCache()
    return { kind: 'read', reading, residentBytes: process.memoryUsage.rss() }
  } catch (error) {
    return { kind: 'failed', error: serializeError(error) }
  }
}

function wordOfAdvance(): () => void {
  let last = performance.now()
  return () => {
    if (performance.now() - last < ADVANCE_MS) return
    last = performance.now()
    parent.send({ kind: 'advanced' } satisfies ReadReply)
  }
}
