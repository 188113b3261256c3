import { childRequestSchema } from '../shared/host-protocol.ts'
import type { ProcessChannel } from '../shared/process-channel.ts'
import { ChildBroker } from './child-broker.ts'
import { CHILD_PROGRAMS, ENGINE_PROGRAM, resourcesFolder } from './programs.ts'
import { startUtilityProgram } from './utility-program.ts'

/** Starts the engine's process, together with what starts processes for it. */
export function startEngine(): ProcessChannel {
  const engine = startUtilityProgram(ENGINE_PROGRAM, { name: 'Soroban engine', env: engineEnvironment() })
  const broker = new ChildBroker({
    programs: CHILD_PROGRAMS,
    start: startUtilityProgram,
    tell: (notice) => engine.send(notice),
  })
  const listeners: ((message: unknown) => void)[] = []
  engine.onMessage((message) => {
    const request = childRequestSchema.safeParse(message)
    if (request.success) broker.receive(request.data)
    else for (const listener of listeners) listener(message)
  })
  engine.onExit(() => broker.close())
  return {
    get pid() {
      return engine.pid
    },
    send: (message) => engine.send(message),
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => engine.onExit(listener),
    kill: () => engine.kill(),
  }
}

function engineEnvironment(): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return { ...Object.fromEntries(inherited), SOROBAN_RESOURCES: resourcesFolder() }
}
