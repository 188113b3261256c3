/** Entry of the engine's process: answers calls over the channel to the process that started it. */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import {
  installNetworkGuard,
  parentChannel,
  parentChildSpawner,
  resolveHome,
  useChildSpawner,
} from '../engine/index.ts'
import { CallServer } from '../rpc/call-server.ts'
import { serializeError } from '../shared/errors.ts'
import {
  childNoticeSchema,
  HEARTBEAT_MS,
  type HostMessage,
  hostOrderSchema,
} from '../shared/host-protocol.ts'
import { engineApp } from './app.ts'

/** What jobs may take to end once the parent is gone, or wants no more of this process. */
const GRACE_MS = 8000

const parent = parentChannel()
const send = (message: HostMessage): void => parent.send(message)

function die(error: unknown): void {
  send({ kind: 'failed', error: serializeError(error) })
  // After the message has left.
  setImmediate(() => process.exit(1))
}
process.on('uncaughtException', die)
process.on('unhandledRejection', die)

installNetworkGuard((target) => send({ kind: 'outbound-refused', target }))
// Electron's utility processes cannot start processes.
if ('parentPort' in process) useChildSpawner(parentChildSpawner(parent))

const { values } = parseArgs({ options: { home: { type: 'string' } } })
const app = engineApp(resolveHome(values.home))
const server = new CallServer(app.handlers, send)

function end(): void {
  server.close()
  void Promise.race([app.close(), delay(GRACE_MS)]).finally(() => process.exit(0))
}

parent.onMessage((message) => {
  if (hostOrderSchema.safeParse(message).success) return end()
  // The child spawner listens on the same channel.
  if (!childNoticeSchema.safeParse(message).success) server.receive(message)
})
parent.onClose(end)
setInterval(() => send({ kind: 'heartbeat' }), HEARTBEAT_MS)
send({ kind: 'ready', pid: process.pid })
