/** The program of the reading child: one request, one reply, until the parent is gone or ends it. */
import { serializeError } from '../../shared/errors.ts'
import { parentChannel } from '../kernel/child-process.ts'
import { readDocument } from './read-document.ts'
import { type ReadReply, readRequestSchema } from './reader-protocol.ts'

const parent = parentChannel()
parent.onMessage((message) => {
  void answer(message).then((reply) => parent.send(reply))
})
parent.onClose(() => process.exit())

async function answer(message: unknown): Promise<ReadReply> {
  try {
    const { path, name, limits } = readRequestSchema.parse(message)
    return { ok: true, value: await readDocument(path, name, limits) }
  } catch (error) {
    return { ok: false, error: serializeError(error) }
  }
}
