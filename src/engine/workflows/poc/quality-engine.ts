import type { RunContext } from '../../kernel/run-context.ts'
import { Arm, type BackendReport } from '../../runtime/index.ts'
import type { SamplesOf, UnitOf } from '../../runs/index.ts'
import { graphFor, loadOptions } from '../load-options.ts'
import type { PreparedArm, PreparedPoc } from './prepare.ts'
import { pairedCandidates, type PairResult, scorePair, windowOf } from './window.ts'

/**
 * Scores windows with all arms in one process: arms that share the baseline's tokenizer side by side over identical
 * windows, the others on their own.
 */
export class QualityEngine implements AsyncDisposable {
  readonly #prepared: PreparedPoc
  readonly #process: Arm
  /** The last window scored side by side: its arms are separate units that follow one another. */
  #last: { readonly key: string; readonly result: PairResult } | undefined

  private constructor(prepared: PreparedPoc, process: Arm) {
    this.#prepared = prepared
    this.#process = process
  }

  static async start(prepared: PreparedPoc, ctx: RunContext): Promise<QualityEngine> {
    const engine = new QualityEngine(prepared, await Arm.start({ name: 'quality' }, ctx))
    try {
      for (const arm of prepared.arms) await engine.#load(arm.id, arm, ctx)
      return engine
    } catch (error) {
      await engine[Symbol.asyncDispose]()
      throw error
    }
  }

  get backends(): readonly BackendReport[] {
    return [this.#process.backend]
  }

  async quality(unit: UnitOf<'quality'>, { signal }: RunContext): Promise<SamplesOf<'quality'>> {
    const arm = this.#arm(unit.arm)
    const { ids, targetsFrom, firstPosition } = windowOf(arm, unit)
    if (!this.#isSideBySide(arm)) {
      const window = { ids, targetsFrom }
      const { logProbs } = await this.#process.call('score', { model: arm.id, window }, { signal })
      return { firstPosition, logProbs, pair: null }
    }
    const pairs = await this.#sideBySide(unit, signal)
    const index = this.#pairedCandidates.findIndex(({ id }) => id === arm.id)
    const candidate = pairs.candidates[index]
    if (candidate === undefined) return { firstPosition, logProbs: pairs.baselineLogProbs, pair: null }
    return {
      firstPosition,
      logProbs: candidate.logProbs,
      pair: {
        kl: candidate.kl,
        sameTop1: candidate.sameTop1,
        pBase: pairs.baselineLogProbs.map(Math.exp),
        pCand: candidate.logProbs.map(Math.exp),
      },
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.close()
  }

  async #sideBySide(unit: UnitOf<'quality'>, signal: AbortSignal): Promise<PairResult> {
    const key = JSON.stringify([unit.document, unit.window])
    if (this.#last?.key === key) return this.#last.result
    const [baseline] = this.#prepared.arms
    const { ids, targetsFrom } = windowOf(baseline!, unit)
    const candidates = this.#pairedCandidates.map(({ id }) => id)
    const result = await scorePair(this.#process, baseline!.id, candidates, { ids, targetsFrom }, signal)
    this.#last = { key, result }
    return result
  }

  /** A baseline that no candidate pairs with is scored on its own, like the rest. */
  #isSideBySide({ paired }: PreparedArm): boolean {
    return paired && this.#pairedCandidates.length > 0
  }

  get #pairedCandidates(): readonly PreparedArm[] {
    return pairedCandidates(this.#prepared)
  }

  #arm(id: string): PreparedArm {
    const arm = this.#prepared.arms.find((candidate) => candidate.id === id)
    if (arm === undefined) throw new RangeError(`the plan names an arm that is not there: ${id}`)
    return arm
  }

  async #load(id: string, arm: PreparedArm, { signal }: RunContext): Promise<void> {
    const { provider, threads } = this.#prepared.settings
    const options = loadOptions(provider, threads)
    const graphs = graphFor(this.#isSideBySide(arm) ? 'compare' : 'score', arm.model.graphs)
    await this.#process.call('load', { model: id, graphs, options }, { signal })
  }
}
