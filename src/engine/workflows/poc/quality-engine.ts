import type { RunContext } from '../../kernel/run-context.ts'
import { Arm, type BackendReport } from '../../runtime/index.ts'
import type { SamplesOf, UnitOf } from '../../runs/index.ts'
import { loadOptions } from '../load-options.ts'
import type { PreparedArm, PreparedPoc } from './prepare.ts'

/** The second copy of the baseline that the self-check scores. */
const AGAIN = ' (again)'

type PairResult = Awaited<ReturnType<typeof scorePair>>

/**
 * Scores windows with all arms in one process: arms that share the baseline's tokenizer side by side over identical
 * windows, the others on their own.
 */
export class QualityEngine implements AsyncDisposable {
  readonly #prepared: PreparedPoc
  readonly #process: Arm
  /** The last window scored side by side: its arms are separate units that follow one another. */
  #last: { readonly key: string; readonly result: PairResult } | undefined
  #hasCopy = false

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

  get backend(): BackendReport {
    return this.#process.backend
  }

  async quality(unit: UnitOf<'quality'>, { signal }: RunContext): Promise<SamplesOf<'quality'>> {
    const arm = this.#arm(unit.arm)
    const { ids, targetsFrom, firstPosition } = windowOf(arm, unit)
    if (!arm.paired) {
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

  /** The baseline against a second copy of itself; the copy's log-probabilities. */
  async selfCheck(unit: UnitOf<'self-check'>, ctx: RunContext): Promise<SamplesOf<'self-check'>> {
    const arm = this.#arm(unit.arm)
    if (!this.#hasCopy) {
      await this.#load(arm.id + AGAIN, arm, ctx)
      this.#hasCopy = true
    }
    const { ids, targetsFrom, firstPosition } = windowOf(arm, unit)
    const window = { ids, targetsFrom }
    const pairs = await scorePair(this.#process, arm.id, [arm.id + AGAIN], window, ctx.signal)
    return { firstPosition, logProbs: pairs.candidates[0]!.logProbs }
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

  get #pairedCandidates(): readonly PreparedArm[] {
    return this.#prepared.arms.filter(({ role, paired }) => role === 'candidate' && paired)
  }

  #arm(id: string): PreparedArm {
    const arm = this.#prepared.arms.find((candidate) => candidate.id === id)
    if (arm === undefined) throw new RangeError(`the plan names an arm that is not there: ${id}`)
    return arm
  }

  async #load(id: string, { model }: PreparedArm, { signal }: RunContext): Promise<void> {
    const { provider, threads } = this.#prepared.settings
    const options = loadOptions(provider, threads)
    await this.#process.call('load', { model: id, graphs: model.graphs, options }, { signal })
  }
}

async function scorePair(
  process: Arm,
  baseline: string,
  candidates: string[],
  window: { readonly ids: Int32Array<ArrayBuffer>; readonly targetsFrom: number },
  signal: AbortSignal,
) {
  return process.call('scorePair', { baseline, candidates, window }, { signal })
}

function windowOf(arm: PreparedArm, unit: { readonly document: string; readonly window: number }) {
  const document = arm.documents.get(unit.document)
  const window = document?.windows[unit.window]
  if (document === undefined || window === undefined) {
    throw new RangeError(`the plan names a window that is not there: ${unit.document} ${unit.window}`)
  }
  const { start, end, scoreFrom } = window
  return {
    ids: document.scorable.ids.slice(start, end),
    targetsFrom: scoreFrom - start,
    firstPosition: scoreFrom,
  }
}
