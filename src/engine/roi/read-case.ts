import type { Cost, CostYear, NoAnswer, RoiCase, Sizing } from '../../shared/roi/result.ts'
import { type Values, valueOf } from './evaluate.ts'

/** The years of a case, from the decision to its horizon. */
export const yearsOf = (values: Values): readonly number[] =>
  Array.from({ length: valueOf(values, 'horizon')! + 1 }, (_, year) => year)

/** The values of a case as the result has them. */
export function roiCase(values: Values): RoiCase {
  const of = (key: string): number | null => valueOf(values, key)
  return {
    baseline: costOf(values, 'baseline'),
    candidate: costOf(values, 'candidate'),
    sizing: { baseline: sizingOf(values, 'baseline'), candidate: sizingOf(values, 'candidate') },
    flows: yearsOf(values).map((year) => ({
      year,
      flow: of(`flow.${year}`),
      cumulative: of(`cumulative.${year}`),
      discountedCumulative: of(`discountedCumulative.${year}`),
    })),
    savings: of('savings'),
    npv: of('npv'),
    irr: of('irr'),
    roi: of('roi'),
    payback: of('payback'),
    discountedPayback: of('discountedPayback'),
    co2SavedKg: of('co2Saved'),
    noAnswers: noAnswersOf(values),
  }
}

export function costOf(values: Values, way: 'baseline' | 'candidate' | 'doNothing'): Cost {
  const of = (key: string): number | null => valueOf(values, `${way}.${key}`)
  const served = (year: number): number | null => {
    if (way === 'doNothing') return year === 0 ? 1 : of(`served.${year}`)
    return valueOf(values, `${way}.batch`) === null ? null : 1
  }
  return {
    years: yearsOf(values).map((year): CostYear => ({
      year,
      devices: of(`devices.${year}`),
      purchases: of(`purchaseCost.${year}`),
      power: of(`power.${year}`),
      maintenance: of(`maintenance.${year}`),
      operation: of(`operation.${year}`),
      oneOff: of(`oneOff.${year}`),
      cost: of(`cost.${year}`),
      co2Kg: of(`co2.${year}`),
      served: served(year),
    })),
    tco: of('tco'),
    tcoPresent: of('tcoPresent'),
    energyKwh: of('energyTotal'),
    co2Kg: of('co2Total'),
    perThousandRequests: of('perThousandRequests'),
  }
}

function sizingOf(values: Values, arm: 'baseline' | 'candidate'): Sizing {
  const of = (key: string): number | null => valueOf(values, `${arm}.${key}`)
  const last = valueOf(values, 'horizon')!
  return {
    ttftSeconds: of('ttft'),
    tpotSeconds: of('tpot'),
    kvBytesPerSequence: of('kvPerSequence'),
    weightsBytes: of('weightsBytes'),
    batchByMemory: of('batchByMemory'),
    batchByLatency: of('batchByLatency'),
    batch: of('batch'),
    deviceSecondsPerRequest: of('deviceSeconds'),
    responseSeconds: of('response'),
    devicesByThroughput: of(`devicesByThroughput.${last}`),
    devicesByMemory: of(`devicesByMemory.${last}`),
    devices: of(`devices.${last}`),
  }
}

function noAnswersOf(values: Values): RoiCase['noAnswers'] {
  const isMissing = (key: string): boolean => valueOf(values, key) === null
  if (isMissing('npv')) {
    const reason = 'cannot-serve'
    return { npv: reason, irr: reason, roi: reason, payback: reason, discountedPayback: reason }
  }
  const when = (key: string, reason: NoAnswer): NoAnswer | null => (isMissing(key) ? reason : null)
  const payback = (key: string, cumulative: string): NoAnswer | null =>
    when(key, neverBelow(values, cumulative) ? 'no-outlay' : 'never')
  return {
    npv: null,
    irr: when('irr', valueOf(values, 'signChanges')! > 1 ? 'several-sign-changes' : 'no-sign-change'),
    roi: when('roi', 'no-outlay'),
    payback: payback('payback', 'cumulative'),
    discountedPayback: payback('discountedPayback', 'discountedCumulative'),
  }
}

/** Whether accumulated flows never leave 0 downwards. */
const neverBelow = (values: Values, cumulative: string): boolean =>
  yearsOf(values).every((year) => valueOf(values, `${cumulative}.${year}`)! >= -valueOf(values, 'tolerance')!)
