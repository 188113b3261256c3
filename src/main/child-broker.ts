import { type ChildNotice, type ChildRequest } from '../shared/host-protocol.ts'
import type { ProcessChannel } from '../shared/process-channel.ts'
import type { startUtilityProgram } from './utility-program.ts'

export interface BrokerRules {
  /** Entry modules that may be started, each with its name in the system's task list. */
  readonly programs: ReadonlyMap<string, string>
  readonly start: typeof startUtilityProgram
  /** To the engine. */
  readonly tell: (notice: ChildNotice) => void
}

/** Starts processes on the engine's word, passes their messages on, and ends them with the engine. */
export class ChildBroker {
  readonly #rules: BrokerRules
  readonly #children = new Map<number, ProcessChannel>()

  constructor(rules: BrokerRules) {
    this.#rules = rules
  }

  receive(request: ChildRequest): void {
    if (request.kind === 'child-start') return this.#start(request)
    const child = this.#children.get(request.child)
    if (request.kind === 'child-send') child?.send(request.message)
    else child?.kill()
  }

  /** The engine is gone, and with it whoever would read the children's answers. */
  close(): void {
    for (const child of this.#children.values()) child.kill()
    this.#children.clear()
  }

  #start({ child, program, args, execArgv, env }: Extract<ChildRequest, { kind: 'child-start' }>): void {
    const { programs, start, tell } = this.#rules
    const name = programs.get(program)
    if (name === undefined) {
      const stderr = `not a program of Soroban: ${program}`
      return tell({ kind: 'child-exit', child, code: null, signal: null, stderr })
    }
    const channel = start(program, { name, args, execArgv, env })
    this.#children.set(child, channel)
    channel.onMessage((message) => tell({ kind: 'child-message', child, message }))
    channel.onExit((exit) => {
      this.#children.delete(child)
      tell({ kind: 'child-exit', child, ...exit })
    })
  }
}
