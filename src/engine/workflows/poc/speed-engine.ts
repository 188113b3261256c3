import type { RunContext } from '../../kernel/run-context.ts'
import { busyFraction, warmUp } from '../../measure/index.ts'
import { Arm, type BackendReport } from '../../runtime/index.ts'
import type { SamplesOf, UnitOf } from '../../runs/index.ts'
import { graphFor, loadOptions } from '../load-options.ts'
import type { PreparedPoc } from './prepare.ts'
import { MEASURED_TOKENS } from './settings.ts'

/** How long the machine is watched before timing. */
const OTHER_LOAD_MS = 1000

/** Prompt length that, with the new tokens, fills a context exactly; the last new token is never fed back. */
const promptTokens = (context: number): number => context - MEASURED_TOKENS + 1

/** Times the arms, each in a process of its own, so that peak memory and crashes are that arm's alone. */
export class SpeedEngine implements AsyncDisposable {
  readonly #prepared: PreparedPoc
  readonly #processes = new Map<string, Arm>()
  /** Tokens that a run may take on the device, by arm; null when unlimited. */
  readonly #longestRun = new Map<string, number | null>()
  /** Whether the warm-up settled, by arm and context. */
  readonly #warm = new Map<string, boolean>()
  /** KV bytes of the last measurement, by arm and context. */
  readonly #kvBytes = new Map<string, number>()
  #lastTimed: string | undefined
  /** Share of the processors that other work kept busy while the loaded arms stood idle. */
  #otherLoad: number | null = null

  private constructor(prepared: PreparedPoc) {
    this.#prepared = prepared
  }

  /** Starts a process for each arm, with its model loaded. */
  static async start(prepared: PreparedPoc, ctx: RunContext): Promise<SpeedEngine> {
    const engine = new SpeedEngine(prepared)
    try {
      for (const { id, model } of prepared.arms) {
        const process = await Arm.start({ name: id }, ctx)
        engine.#processes.set(id, process)
        const { provider, threads } = prepared.settings
        const options = loadOptions(provider, threads)
        const loading = { model: id, graphs: graphFor('generate', model.graphs), options }
        const { longestRun } = await process.call('load', loading, { signal: ctx.signal })
        engine.#longestRun.set(id, longestRun)
      }
      engine.#otherLoad = await busyFraction(OTHER_LOAD_MS, ctx.signal)
      return engine
    } catch (error) {
      await engine[Symbol.asyncDispose]()
      throw error
    }
  }

  get backends(): readonly BackendReport[] {
    return [...this.#processes.values()].map((process) => process.backend)
  }

  async speed({ arm, context }: UnitOf<'speed'>, ctx: RunContext): Promise<SamplesOf<'speed'>> {
    // All arms warm up before the first is timed, so that the interleaved repetitions stay together.
    for (const { id } of this.#prepared.arms) await this.#warmUp(id, context, ctx)
    // The other arm has just had the caches and the clocks: the first repetition after a switch is not the arm's own.
    if (this.#lastTimed !== arm) await this.#measure(arm, context, ctx)
    this.#lastTimed = arm
    const { ttftMs, gapsMs } = await this.#measure(arm, context, ctx)
    return {
      promptTokens: promptTokens(context),
      ttftMs,
      gapsMs: Float64Array.from(gapsMs),
      warmUpSettled: this.#warm.get(keyOf(arm, context)) ?? false,
      longestRun: this.#longestRun.get(arm) ?? null,
      otherLoad: this.#otherLoad,
    }
  }

  async memory({ arm, context }: UnitOf<'memory'>, ctx: RunContext): Promise<SamplesOf<'memory'>> {
    if (!this.#kvBytes.has(keyOf(arm, context))) await this.#measure(arm, context, ctx)
    const { peakRssBytes } = await this.#process(arm).call('memory', {}, { signal: ctx.signal })
    return { kvBytes: this.#kvBytes.get(keyOf(arm, context)) ?? null, peakRssBytes }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#processes.values()].map((process) => process.close()))
  }

  async #warmUp(arm: string, context: number, ctx: RunContext): Promise<void> {
    const key = keyOf(arm, context)
    if (this.#warm.has(key)) return
    const { settled } = await warmUp(async () => {
      const { ttftMs, gapsMs } = await this.#measure(arm, context, ctx)
      return gapsMs.reduce((sum, gap) => sum + gap, ttftMs)
    })
    this.#warm.set(key, settled)
  }

  async #measure(arm: string, context: number, { signal }: RunContext) {
    const question = { model: arm, contextLength: promptTokens(context), newTokens: MEASURED_TOKENS }
    const measurement = await this.#process(arm).call('measure', question, { signal })
    this.#kvBytes.set(keyOf(arm, context), measurement.kvBytes)
    return measurement
  }

  #process(arm: string): Arm {
    const process = this.#processes.get(arm)
    if (process === undefined) throw new RangeError(`no process for arm ${arm}`)
    return process
  }
}

const keyOf = (arm: string, context: number): string => JSON.stringify([arm, context])
