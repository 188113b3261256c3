import { serializeError } from '../../shared/errors.ts'
import { readDocument } from './read-document.ts'
import { type ReadReply, readRequestSchema } from './reader-protocol.ts'

// The program of the reading child: one request, one reply, until the parent closes the channel.
process.on('message', (message) => {
  void answer(message).then((reply) => process.send?.(reply))
})

async function answer(message: unknown): Promise<ReadReply> {
  try {
    const { path, name, limits } = readRequestSchema.parse(message)
    return { ok: true, value: await readDocument(path, name, limits) }
  } catch (error) {
    return { ok: false, error: serializeError(error) }
  }
}
