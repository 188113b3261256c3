import { ASSUMPTION_KEYS } from '../../shared/roi/assumptions.ts'
import { costRows, doNothingRows } from './cost-rows.ts'
import { flowRows } from './flow-rows.ts'
import type { RoiInputs } from './inputs.ts'
import type { ModelRow } from './rows.ts'
import { armDeviceRows, demandRows, sizingRows } from './sizing-rows.ts'

/** What the rows are computed from. */
export type ModelQuantity =
  | { readonly key: string; readonly kind: 'assumption' }
  /** Of an arm of the case; `quantity` is its name there. */
  | {
      readonly key: string
      readonly kind: 'measured'
      readonly arm: 'baseline' | 'candidate'
      readonly quantity: string
    }
  /** The same for all arms: `context.<place>`, a context length in tokens at which rates were measured. */
  | { readonly key: string; readonly kind: 'context'; readonly place: number }

export interface RoiModel {
  /** Inputs of a case, in order. */
  readonly quantities: readonly ModelQuantity[]
  /** Each after those that it refers to. */
  readonly rows: readonly ModelRow[]
}

/**
 * The whole calculation of one case, a candidate against the baseline. Only the number of measured contexts shapes it;
 * cases differ in the values of `quantities` alone.
 *
 * Keys of quantities: the assumption keys; `context.<place>`; and for `<arm>` in baseline, candidate
 * `<arm>.weightsBytes`, `<arm>.kvBytesPerToken`, `<arm>.ttftMs.<place>`, `<arm>.tpotMs.<place>`.
 *
 * Keys of rows, `<year>` from 0 to 10 or, where marked *, from 1 to 10, the years of a series standing together:
 * - demand: `context`, `decodePosition`, `requests.<year>`*, `requestsTotal`, `peakRate.<year>`*, `hoursSaved.<year>`*,
 *   `hoursSavedTotal`
 * - for `<arm>` in baseline, candidate: `<arm>.ttft`, `<arm>.tpot`, `<arm>.kvAtDecode`, `<arm>.kvPerSequence`,
 *   `<arm>.batchByMemory`, `<arm>.batchByLatency`, `<arm>.batch`, `<arm>.response`, `<arm>.deviceSeconds`,
 *   `<arm>.devicesByThroughput.<year>`*, `<arm>.devicesByMemory.<year>`*, `<arm>.purchases.<year>`
 * - for `<way>` in baseline, candidate, doNothing: `<way>.devices.<year>`, `<way>.fleet.<year>`*,
 *   `<way>.energy.<year>`, `<way>.co2.<year>`, `<way>.purchaseCost.<year>`,
 *   `<way>.power.<year>`, `<way>.maintenance.<year>`, `<way>.operation.<year>`, `<way>.oneOff.<year>`,
 *   `<way>.cost.<year>`, `<way>.tco`, `<way>.tcoPresent`, `<way>.energyTotal`, `<way>.co2Total`,
 *   `<way>.perThousandRequests`; for doNothing also `doNothing.served.<year>`*, `doNothing.answered.<year>`*,
 *   `doNothing.answeredTotal`
 * - candidate against baseline: `tolerance`, `flow.<year>`, `cumulative.<year>`, `discounted.<year>`,
 *   `discountedCumulative.<year>`, `sign.<year>`, `signChanges`, `savings`, `npv`, `irrSearch.<step>` (0 to 11),
 *   `irr`, `roi`, `paybackUntil.<year>`, `payback`, `discountedPaybackUntil.<year>`,
 *   `discountedPayback`, `co2Saved`
 */
export function roiModel({ contexts }: Pick<RoiInputs, 'contexts'>): RoiModel {
  const places = [...contexts.keys()]
  const measured = (arm: 'baseline' | 'candidate'): ModelQuantity[] =>
    [
      'weightsBytes',
      'kvBytesPerToken',
      ...places.map((place) => `ttftMs.${place}`),
      ...places.map((place) => `tpotMs.${place}`),
    ].map((quantity) => ({ key: `${arm}.${quantity}`, kind: 'measured', arm, quantity }))
  return {
    quantities: [
      ...ASSUMPTION_KEYS.map((key): ModelQuantity => ({ key, kind: 'assumption' })),
      ...places.map((place): ModelQuantity => ({ key: `context.${place}`, kind: 'context', place })),
      ...measured('baseline'),
      ...measured('candidate'),
    ],
    rows: [
      ...demandRows(),
      ...sizingRows('baseline', places),
      ...armDeviceRows('baseline'),
      ...sizingRows('candidate', places),
      ...armDeviceRows('candidate'),
      ...costRows('baseline'),
      ...costRows('candidate'),
      ...doNothingRows(),
      ...flowRows(),
    ],
  }
}
