import { CallClient } from '../../../src/rpc/call-client.ts'
import { CallServer } from '../../../src/rpc/call-server.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { ProcedureName } from '../../../src/shared/contract.ts'

/** A caller of handlers over a channel that, like a WebSocket, carries text. */
export function calling<P extends ProcedureName>(handlers: Handlers<P>): CallClient {
  const client: CallClient = new CallClient((message) => server.receive(JSON.parse(JSON.stringify(message))))
  const server = new CallServer(handlers, (message) => client.receive(JSON.parse(JSON.stringify(message))))
  return client
}
