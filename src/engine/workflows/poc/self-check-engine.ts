import type { RunContext } from '../../kernel/run-context.ts'
import { Arm, type BackendReport } from '../../runtime/index.ts'
import type { SamplesOf, UnitOf } from '../../runs/index.ts'
import { graphFor, loadOptions } from '../load-options.ts'
import type { PreparedArm, PreparedPoc } from './prepare.ts'
import { pairedCandidates, scorePair, windowOf } from './window.ts'

const FIRST = 'first'
const SECOND = 'second'

/**
 * Scores the baseline against a second copy of itself, in the way in which the run scored it. A process of its own:
 * the candidates' memory is gone by then.
 */
export class SelfCheckEngine implements AsyncDisposable {
  readonly #baseline: PreparedArm
  readonly #isSideBySide: boolean
  readonly #process: Arm

  private constructor(prepared: PreparedPoc, process: Arm) {
    this.#baseline = prepared.arms[0]!
    this.#isSideBySide = pairedCandidates(prepared).length > 0
    this.#process = process
  }

  static async start(prepared: PreparedPoc, ctx: RunContext): Promise<SelfCheckEngine> {
    const engine = new SelfCheckEngine(prepared, await Arm.start({ name: 'self-check' }, ctx))
    const { provider, threads } = prepared.settings
    const options = loadOptions(provider, threads)
    const graphs = graphFor(engine.#isSideBySide ? 'compare' : 'score', engine.#baseline.model.graphs)
    try {
      for (const model of engine.#isSideBySide ? [FIRST, SECOND] : [SECOND]) {
        await engine.#process.call('load', { model, graphs, options }, { signal: ctx.signal })
      }
      return engine
    } catch (error) {
      await engine[Symbol.asyncDispose]()
      throw error
    }
  }

  get backends(): readonly BackendReport[] {
    return [this.#process.backend]
  }

  /** Log-probabilities of the copy. */
  async selfCheck(unit: UnitOf<'self-check'>, { signal }: RunContext): Promise<SamplesOf<'self-check'>> {
    const { ids, targetsFrom, firstPosition } = windowOf(this.#baseline, unit)
    const window = { ids, targetsFrom }
    if (!this.#isSideBySide) {
      const { logProbs } = await this.#process.call('score', { model: SECOND, window }, { signal })
      return { firstPosition, logProbs }
    }
    const pairs = await scorePair(this.#process, FIRST, [SECOND], window, signal)
    return { firstPosition, logProbs: pairs.candidates[0]!.logProbs }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.close()
  }
}
