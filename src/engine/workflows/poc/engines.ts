import type { RunContext } from '../../kernel/run-context.ts'
import type { BackendReport } from '../../runtime/index.ts'
import type { Performers } from '../../runs/index.ts'
import type { PreparedPoc } from './prepare.ts'
import { QualityEngine } from './quality-engine.ts'
import { SelfCheckEngine } from './self-check-engine.ts'
import { SpeedEngine } from './speed-engine.ts'

type Engine = QualityEngine | SelfCheckEngine | SpeedEngine

interface EngineKind<E> {
  start(prepared: PreparedPoc, ctx: RunContext): Promise<E>
}

/**
 * The engines of a run, at most one at a time: an engine starts when its first unit comes and ends before the next
 * kind starts, so that nothing shares the machine with what is being timed.
 */
export class Engines implements AsyncDisposable {
  readonly #prepared: PreparedPoc
  readonly #backends: BackendReport[] = []
  #current: { readonly kind: EngineKind<Engine>; readonly engine: Engine } | undefined

  constructor(prepared: PreparedPoc) {
    this.#prepared = prepared
  }

  /** How the units of each phase are done. */
  readonly performers: Performers = {
    quality: async (unit, ctx) => (await this.#engine(QualityEngine, ctx)).quality(unit, ctx),
    'self-check': async (unit, ctx) => (await this.#engine(SelfCheckEngine, ctx)).selfCheck(unit, ctx),
    speed: async (unit, ctx) => (await this.#engine(SpeedEngine, ctx)).speed(unit, ctx),
    memory: async (unit, ctx) => (await this.#engine(SpeedEngine, ctx)).memory(unit, ctx),
  }

  /** The runtimes that did the work, one for each process. */
  get backends(): readonly BackendReport[] {
    return this.#backends
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const engine = this.#current?.engine
    this.#current = undefined
    await engine?.[Symbol.asyncDispose]()
  }

  async #engine<E extends Engine>(kind: EngineKind<E>, ctx: RunContext): Promise<E> {
    if (this.#current?.kind === kind) return this.#current.engine as E
    await this[Symbol.asyncDispose]()
    const engine = await kind.start(this.#prepared, ctx)
    this.#current = { kind, engine }
    this.#backends.push(...engine.backends)
    return engine
  }
}
