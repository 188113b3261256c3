import { ASSUMPTION_KEYS, type AssumptionKey } from '../../shared/roi/assumptions.ts'
import { evaluate, type Values } from './evaluate.ts'
import type { RoiInputs } from './inputs.ts'
import { type RoiModel, roiModel } from './model.ts'

export const CASE_SCENARIOS = ['pessimistic', 'standard', 'optimistic'] as const
export type CaseScenario = (typeof CASE_SCENARIOS)[number]

/** Multiples of the requests a month for which the net present value is told. */
export const VOLUME_FACTORS = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20] as const

/** Which value of an assumption a case takes, times `factor`. */
export interface CaseInput {
  readonly source: 'value' | 'pessimistic' | 'optimistic'
  readonly factor: number
}

/** What makes a case: the values it takes of the assumptions. */
export interface CaseInputs {
  readonly inputs: Readonly<Record<AssumptionKey, CaseInput>>
}

/** One column of the workings. */
export interface RoiCaseColumn extends CaseInputs {
  /**
   * `<candidate>.<scenario>` with the candidate's place; `selected.<assumption>.pessimistic` and `….optimistic`;
   * `selected.volume.<place of the factor>`.
   */
  readonly id: string
  /** Place among the candidates, or the one that the reader selects. */
  readonly candidate: number | 'selected'
  /** Inputs and rows of the model by key; of the recommended candidate where one is selected. */
  readonly values: Values
}

const AS_ASSUMED: CaseInput = { source: 'value', factor: 1 }

const inputsWith = (of: (key: AssumptionKey) => CaseInput): CaseInputs => ({
  inputs: Object.fromEntries(ASSUMPTION_KEYS.map((key) => [key, of(key)])) as CaseInputs['inputs'],
})

/** All assumptions as they stand, at their worst or at their best. */
export const scenarioInputs = (scenario: CaseScenario): CaseInputs =>
  inputsWith(() => ({ source: scenario === 'standard' ? 'value' : scenario, factor: 1 }))

/** One assumption at its worst or at its best. */
export const variedInputs = (varied: AssumptionKey, source: 'pessimistic' | 'optimistic'): CaseInputs =>
  inputsWith((key) => (key === varied ? { source, factor: 1 } : AS_ASSUMED))

/** Another number of requests a month. */
export const volumeInputs = (factor: number): CaseInputs =>
  inputsWith((key) => (key === 'requestsPerMonth' ? { source: 'value', factor } : AS_ASSUMED))

/**
 * Computes one case.
 *
 * @param candidate place among the candidates
 * @returns inputs and rows of the model by key
 */
export function caseValues(
  inputs: RoiInputs,
  model: RoiModel,
  candidate: number,
  { inputs: sources }: CaseInputs,
): Values {
  const arms = { baseline: inputs.baseline, candidate: inputs.candidates[candidate]! }
  const values = new Map<string, number | null>()
  for (const key of ASSUMPTION_KEYS) {
    const { source, factor } = sources[key]
    values.set(key, inputs.assumptions.values[key][source] * factor)
  }
  for (const quantity of model.quantities) {
    if (quantity.kind === 'measured')
      values.set(quantity.key, arms[quantity.arm].quantities.get(quantity.quantity)!)
    if (quantity.kind === 'context') values.set(quantity.key, inputs.contexts[quantity.place]!)
  }
  for (const { key, expression } of model.rows) values.set(key, evaluate(expression, values))
  return values
}

/**
 * The cases of the workings: every candidate in three scenarios, then for one of them each assumption at its worst and
 * its best, and the volumes.
 *
 * @param selected place of the candidate that the workbook begins with
 */
export function roiCases(inputs: RoiInputs, selected: number): readonly RoiCaseColumn[] {
  const model = roiModel(inputs)
  const column = (id: string, candidate: number | 'selected', sources: CaseInputs): RoiCaseColumn => ({
    id,
    candidate,
    ...sources,
    values: caseValues(inputs, model, candidate === 'selected' ? selected : candidate, sources),
  })
  return [
    ...inputs.candidates.flatMap((_, place) =>
      CASE_SCENARIOS.map((scenario) => column(`${place}.${scenario}`, place, scenarioInputs(scenario))),
    ),
    ...ASSUMPTION_KEYS.flatMap((key) =>
      (['pessimistic', 'optimistic'] as const).map((source) =>
        column(`selected.${key}.${source}`, 'selected', variedInputs(key, source)),
      ),
    ),
    ...VOLUME_FACTORS.map((factor, place) =>
      column(`selected.volume.${place}`, 'selected', volumeInputs(factor)),
    ),
  ]
}
