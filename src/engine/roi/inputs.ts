import { AppError } from '../../shared/errors.ts'
import type { ArmResult, Results, Verdict } from '../../shared/results.ts'
import type { Assumptions } from '../../shared/roi/assumptions.ts'
import type { RoiResult } from '../../shared/roi/result.ts'

/** Of one arm, as the model asks for it: `weightsBytes`, `kvBytesPerToken`, `ttftMs.<place>`, `tpotMs.<place>`. */
export type ArmQuantities = ReadonlyMap<string, number>

export interface RoiArm {
  readonly id: string
  /** Of the deciding metric; null for the baseline. */
  readonly verdict: Verdict | null
  readonly quantities: ArmQuantities
}

/** What a calculation rests on: measured rates of arms that may be compared, and assumptions. */
export interface RoiInputs {
  /** Id of the run that was measured. */
  readonly run: string
  readonly assumptions: Assumptions
  /** Context lengths in tokens, ascending, at which every arm's TTFT and TPOT were measured; at least one. */
  readonly contexts: readonly number[]
  readonly baseline: RoiArm
  /** At least one. */
  readonly candidates: readonly RoiArm[]
  readonly excluded: RoiResult['excluded']
}

/**
 * Takes from results what the return on investment needs. All arms are put on an equal footing: a context length counts
 * only if TTFT and TPOT were measured there for the baseline and for every candidate that is compared.
 *
 * @throws AppError roi/rates-missing, naming the field, when the baseline cannot be sized; roi/nothing-to-compare when
 * no candidate may be put beside it
 */
export function roiInputs(results: Results, assumptions: Assumptions): RoiInputs {
  const baseline = results.arms.find(({ role }) => role === 'baseline')
  if (baseline === undefined) throw new AppError('roi/rates-missing', { field: 'arms.baseline' })
  const missing = missingField(baseline)
  if (missing !== null) throw new AppError('roi/rates-missing', { field: `arms.${baseline.id}.${missing}` })

  let contexts = measuredContexts(baseline)
  const compared: ArmResult[] = []
  const excluded: RoiInputs['excluded'][number][] = []
  for (const arm of results.arms.filter(({ role }) => role === 'candidate')) {
    const common = contexts.filter((context) => measuredContexts(arm).includes(context))
    if (differsInTokenizer(results, arm.id)) excluded.push({ id: arm.id, reason: 'tokenizer-differs' })
    else if (missingField(arm) !== null || common.length === 0)
      excluded.push({ id: arm.id, reason: 'rates-missing' })
    else {
      compared.push(arm)
      contexts = common
    }
  }
  if (compared.length === 0) {
    const arms = excluded.map(({ id }) => id).join(', ')
    throw new AppError('roi/nothing-to-compare', { arms: arms === '' ? '–' : arms })
  }
  const roiArm = (arm: ArmResult): RoiArm => ({
    id: arm.id,
    verdict: decidingComparison(results, arm.id)?.verdict ?? null,
    quantities: quantitiesOf(arm, contexts),
  })
  return {
    run: results.run.id,
    assumptions,
    contexts,
    baseline: roiArm(baseline),
    candidates: compared.map(roiArm),
    excluded,
  }
}

/** The comparison that a verdict was given for. */
const decidingComparison = (results: Results, candidate: string) =>
  results.comparisons.find((comparison) => comparison.candidate === candidate && comparison.verdict !== null)

/** Tokens of another tokenizer are other units: times per token say nothing about times per text. */
function differsInTokenizer(results: Results, candidate: string): boolean {
  const isWarned = results.warnings.some(
    ({ code, params }) => code === 'comparison/tokenizer-differs' && params.candidate === candidate,
  )
  const deciding = decidingComparison(results, candidate)
  return isWarned || (deciding !== undefined && deciding.metric !== 'nll')
}

/** A time or a size of 0 was not measured. */
const isPositive = (value: number | null): value is number => value !== null && value > 0

/** Ascending, each once. */
const measuredContexts = ({ speed }: ArmResult): readonly number[] =>
  [
    ...new Set(
      speed
        .filter(({ ttftMs, tpotMs }) => isPositive(ttftMs.value) && isPositive(tpotMs.value))
        .map(({ context }) => context),
    ),
  ].toSorted((a, b) => a - b)

/** What keeps an arm from being sized, as a path into its results; null when nothing does. */
function missingField(arm: ArmResult): string | null {
  if (!isPositive(arm.memory.weightsBytes.value)) return 'memory.weightsBytes'
  if (measuredContexts(arm).length > 0) return null
  return arm.speed.some(({ ttftMs }) => isPositive(ttftMs.value)) ? 'speed[].tpotMs' : 'speed[].ttftMs'
}

function quantitiesOf(arm: ArmResult, contexts: readonly number[]): ArmQuantities {
  const quantities = new Map<string, number>()
  const set = (name: string, value: number | null): void => {
    if (value !== null) quantities.set(name, value)
  }
  set('weightsBytes', arm.memory.weightsBytes.value)
  set('kvBytesPerToken', arm.model.kvBytesPerToken)
  for (const [place, context] of contexts.entries()) {
    const speed = arm.speed.find(
      (entry) =>
        entry.context === context && isPositive(entry.ttftMs.value) && isPositive(entry.tpotMs.value),
    )!
    set(`ttftMs.${place}`, speed.ttftMs.value)
    set(`tpotMs.${place}`, speed.tpotMs.value)
  }
  return quantities
}
