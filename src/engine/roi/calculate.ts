import { ASSUMPTION_KEYS } from '../../shared/roi/assumptions.ts'
import type { RoiCandidate, RoiResult } from '../../shared/roi/result.ts'
import {
  type CaseInputs,
  caseValues,
  scenarioInputs,
  variedInputs,
  VOLUME_FACTORS,
  volumeInputs,
} from './cases.ts'
import { type Values, valueOf } from './evaluate.ts'
import type { RoiInputs } from './inputs.ts'
import { roiModel } from './model.ts'
import { costOf, roiCase, yearsOf } from './read-case.ts'

type Tornado = RoiCandidate['tornado']
type Volumes = RoiCandidate['volumes']

/** How many inputs the tornado has. */
const TORNADO_LENGTH = 10

/** The return on investment of every candidate: three scenarios, the inputs that matter most, and the volumes. */
export function calculateRoi(inputs: RoiInputs): RoiResult {
  const { assumptions } = inputs
  const model = roiModel(inputs)
  const valuesOf = (place: number, sources: CaseInputs): Values => caseValues(inputs, model, place, sources)
  const candidates = inputs.candidates.map(({ id, verdict }, place): RoiCandidate => {
    const scenario = (name: 'pessimistic' | 'standard' | 'optimistic') =>
      roiCase(valuesOf(place, scenarioInputs(name)))
    const npvOf = (sources: CaseInputs): number | null => valueOf(valuesOf(place, sources), 'npv')
    const standard = scenario('standard')
    const volumes = VOLUME_FACTORS.map((factor) => ({
      requestsPerMonth: assumptions.values.requestsPerMonth.value * factor,
      npv: npvOf(volumeInputs(factor)),
    }))
    return {
      id,
      verdict,
      scenarios: { pessimistic: scenario('pessimistic'), standard, optimistic: scenario('optimistic') },
      tornado: tornadoOf(inputs, standard.npv, npvOf),
      volumes,
      breakEven: breakEvenOf(volumes),
    }
  })
  // Demand, and doing nothing, are the same whatever the candidate.
  const standard = valuesOf(0, scenarioInputs('standard'))
  return {
    schema: 'soroban.roi/1',
    run: inputs.run,
    currency: assumptions.currency,
    assumptions,
    provenance: provenanceOf(inputs, standard),
    doNothing: costOf(standard, 'doNothing'),
    candidates,
    recommended: recommendedOf(candidates),
    excluded: [...inputs.excluded],
    hoursSaved: {
      years: yearsOf(standard)
        .slice(1)
        .map((year) => ({ year, hours: valueOf(standard, `hoursSaved.${year}`) })),
      total: valueOf(standard, 'hoursSavedTotal'),
    },
    unconfirmed: ASSUMPTION_KEYS.filter((key) => assumptions.values[key].origin === 'default'),
  }
}

/**
 * Each assumption alone at its worst and its best; the largest swings, equal ones in the order of the assumptions.
 * A side on which an arm cannot be served has no net present value: the swing is then that of the other side against
 * the standard scenario.
 */
function tornadoOf(
  { assumptions }: RoiInputs,
  standard: number | null,
  npvOf: (sources: CaseInputs) => number | null,
): Tornado {
  return ASSUMPTION_KEYS.map((key) => {
    const [npvPessimistic, npvOptimistic] = [
      npvOf(variedInputs(key, 'pessimistic')),
      npvOf(variedInputs(key, 'optimistic')),
    ]
    const [low, high] = [npvPessimistic ?? standard, npvOptimistic ?? standard]
    const { pessimistic, optimistic } = assumptions.values[key]
    return {
      key,
      pessimistic,
      optimistic,
      npvPessimistic,
      npvOptimistic,
      swing: low === null || high === null ? 0 : Math.abs(high - low),
    }
  })
    .toSorted((a, b) => b.swing - a.swing)
    .slice(0, TORNADO_LENGTH)
}

/**
 * Where the net present value first rises above 0, on the straight line between two volumes; `always` where it is
 * above 0 at all of them.
 */
export function breakEvenOf(volumes: Volumes): RoiCandidate['breakEven'] {
  for (const [index, { requestsPerMonth, npv }] of volumes.entries()) {
    const before = volumes[index - 1]
    if (before === undefined || before.npv === null || npv === null) continue
    if (before.npv <= 0 && npv > 0) {
      const share = -before.npv / (npv - before.npv)
      return {
        kind: 'at',
        requestsPerMonth: before.requestsPerMonth + share * (requestsPerMonth - before.requestsPerMonth),
      }
    }
  }
  return { kind: volumes.every(({ npv }) => npv !== null && npv > 0) ? 'always' : 'never' }
}

/** Candidates whose quality is kept come first, then the highest net present value; without one none is recommended. */
export function recommendedOf(
  candidates: readonly Pick<RoiCandidate, 'verdict' | 'scenarios'>[],
): number | null {
  const ranked = candidates
    .map(({ verdict, scenarios }, place) => ({
      place,
      isKept: verdict === 'kept',
      npv: scenarios.standard.npv,
    }))
    .filter((candidate): candidate is typeof candidate & { npv: number } => candidate.npv !== null)
    .toSorted((a, b) => Number(b.isKept) - Number(a.isKept) || b.npv - a.npv)
  return ranked[0]?.place ?? null
}

function provenanceOf({ assumptions, contexts }: RoiInputs, values: Values): RoiResult['provenance'] {
  const { targetBandwidth, measuredBandwidth, targetCompute, measuredCompute } = assumptions.values
  const isSameDevice =
    targetBandwidth.value === measuredBandwidth.value && targetCompute.value === measuredCompute.value
  const places = ['inputTokens', 'decodePosition'].map((key) => valueOf(values, key)!)
  const isOutside = places.some((place) => place < contexts[0]! || place > contexts.at(-1)!)
  const isMeasured = places.every((place) => contexts.includes(place))
  return {
    rates: isSameDevice ? 'measured' : 'estimated',
    lengths: isOutside ? 'extrapolated' : isMeasured ? 'measured' : 'estimated',
  }
}
