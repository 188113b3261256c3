import type { RoiResult } from '../../../shared/roi/result.ts'
import { type RoiCaseColumn, roiCases, type RoiInputs, type RoiModel, roiModel } from '../../roi/index.ts'
import { at, between, formula, type Reference } from '../sheet-model.ts'
import { list, type Live } from './live.ts'

/** Where the reader chooses a candidate, and its place among them, the first being 1. */
export const CHOSEN_CANDIDATE = 'a.candidate'
export const CHOSEN_PLACE = 'a.candidate.place'

export type Scenario = keyof RoiResult['candidates'][number]['scenarios']

/** Everything that the sheets about money are laid out from. */
export interface MoneyReport {
  readonly inputs: RoiInputs
  readonly result: RoiResult
  readonly model: RoiModel
  readonly cases: ReadonlyMap<string, RoiCaseColumn>
  /** Place of the candidate that the workbook begins with: the recommended one. */
  readonly chosen: number
}

/** @param result of the same inputs */
export function moneyReport(inputs: RoiInputs, result: RoiResult): MoneyReport {
  const chosen = result.recommended ?? 0
  const cases = new Map(roiCases(inputs, chosen).map((column) => [column.id, column]))
  return { inputs, result, model: roiModel(inputs), cases, chosen }
}

/** The cell of one quantity in one case. */
export const caseId = (of: string, key: string): string => `c.${of}.${key}`

/** A quantity of a case. */
export function ofCase({ cases }: MoneyReport, of: string, key: string): Live {
  const value = cases.get(of)?.values.get(key)
  if (value === undefined) throw new RangeError(`no quantity ${key} in case ${of}`)
  return { formula: [at(caseId(of, key))], value }
}

/** A quantity of the candidate that the reader chooses. */
export function ofChosen(report: MoneyReport, scenario: Scenario, key: string): Live {
  return chosenAmong(report, (place) => ofCase(report, `${place}.${scenario}`, key))
}

/** Sum of a yearly series of a case, from year 0 on. */
export function sumOfCase(report: MoneyReport, of: string, key: string, lastYear: number): Live {
  const years = Array.from({ length: lastYear + 1 }, (_, year) => ofCase(report, of, `${key}.${year}`).value)
  const range: Reference = between(caseId(of, `${key}.0`), caseId(of, `${key}.${lastYear}`))
  const known = years.filter((value) => value !== null)
  return {
    formula: formula`SUM(${range})`,
    value: known.length < years.length ? null : known.reduce((sum, value) => sum + value, 0),
  }
}

/** Sum of a yearly series, from year 0 on, of the candidate that the reader chooses. */
export function sumOfChosen(report: MoneyReport, scenario: Scenario, key: string, lastYear: number): Live {
  return chosenAmong(report, (place) => sumOfCase(report, `${place}.${scenario}`, key, lastYear))
}

function chosenAmong({ inputs, chosen }: MoneyReport, of: (place: number) => Live): Live {
  const all = inputs.candidates.map((_, place) => of(place))
  return {
    formula: formula`CHOOSE(${at(CHOSEN_PLACE)},${list(all.map((live) => live.formula))})`,
    value: all[chosen]!.value,
  }
}
