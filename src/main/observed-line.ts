import { contract, isProcedureName, type OutputOf, type ProcedureName } from '../shared/contract.ts'
import { clientMessageSchema, type ServerMessage } from '../shared/wire.ts'
import type { Connect } from './ipc-router.ts'

/** What is done with the answers to a window's calls, beside passing them on. */
export type Observers = { readonly [P in ProcedureName]?: (answer: OutputOf<P>) => void }

/** Connects as `connect` does, and looks at the answers on their way to the window. */
export function observed(connect: Connect, observers: Observers): Connect {
  return (send) => {
    const calls = new Map<number, ProcedureName>()

    function look(message: ServerMessage): void {
      if (message.kind !== 'result') return
      const procedure = calls.get(message.id)
      calls.delete(message.id)
      if (procedure !== undefined && message.result.ok) tell(observers, procedure, message.result.value)
    }

    const connection = connect((message) => {
      look(message)
      send(message)
    })
    return {
      receive(message) {
        const parsed = clientMessageSchema.safeParse(message)
        if (parsed.success && parsed.data.kind === 'call') {
          const { id, procedure } = parsed.data
          if (isProcedureName(procedure) && Object.hasOwn(observers, procedure)) calls.set(id, procedure)
        }
        connection.receive(message)
      },
      close: () => connection.close(),
    }
  }
}

function tell(observers: Observers, procedure: ProcedureName, value: unknown): void {
  const observer = observers[procedure] as ((answer: unknown) => void) | undefined
  const answer = contract[procedure].output.safeParse(value)
  // The window, which gets it too, tells what is wrong with it.
  if (answer.success) observer?.(answer.data)
}
