import { MAX_YEARS } from '../../../shared/roi/assumptions.ts'
import type { NoAnswer, RoiCase } from '../../../shared/roi/result.ts'
import {
  at,
  between,
  type Cell,
  type Formula,
  formula,
  type NumberFormat,
  quoted,
  type ToneRule,
} from '../sheet-model.ts'
import { list, liveCell } from './live.ts'
import { caseId, CHOSEN_PLACE, type MoneyReport, ofCase, type Scenario } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'

/** What is told of every candidate in every scenario. */
export const ANSWERS = [
  { key: 'npv', format: 'signedMoney' },
  { key: 'irr', format: 'percent1' },
  { key: 'roi', format: 'percent1' },
  { key: 'payback', format: 'years1' },
  { key: 'discountedPayback', format: 'years1' },
  { key: 'candidate.tco', format: 'money' },
  { key: 'savings', format: 'signedMoney' },
  { key: 'co2Saved', format: 'decimal1' },
] as const satisfies readonly { readonly key: string; readonly format: NumberFormat }[]
export type AnswerKey = (typeof ANSWERS)[number]['key']

export const answerId = (candidate: number, scenario: Scenario, key: AnswerKey): string =>
  `r.${candidate}.${scenario}.${key}`

const formatOf = (key: AnswerKey): NumberFormat => ANSWERS.find((answer) => answer.key === key)!.format

/** The answer, or in words why there is none. */
function answerValue(
  report: MoneyReport,
  candidate: number,
  scenario: Scenario,
  key: AnswerKey,
  words: MoneyWords,
) {
  const { value } = ofCase(report, `${candidate}.${scenario}`, key)
  if (value !== null) return value
  const { noAnswers } = report.result.candidates[candidate]!.scenarios[scenario]
  return words(`noAnswer.${isExplained(key) ? (noAnswers[key] ?? 'cannot-serve') : 'cannot-serve'}`)
}

const isExplained = (key: AnswerKey): key is AnswerKey & keyof RoiCase['noAnswers'] =>
  key !== 'candidate.tco' && key !== 'savings' && key !== 'co2Saved'

/** How the reasons are coloured for which an answer is no number. */
export const answerTones = (words: MoneyWords): readonly ToneRule[] => [
  { text: words('noAnswer.never'), tone: 'bad' },
  { text: words('noAnswer.cannot-serve'), tone: 'caution' },
]

/** An answer of one candidate and scenario, live: the number, or the reason why there is none. */
export function answerCell(
  report: MoneyReport,
  candidate: number,
  scenario: Scenario,
  key: AnswerKey,
  words: MoneyWords,
): Cell {
  const of = (row: string) => at(caseId(`${candidate}.${scenario}`, row))
  const say = (reason: NoAnswer): string => quoted(words(`noAnswer.${reason}`))
  const served = (reason: Formula): Formula =>
    formula`IF(ISERROR(${of('npv')}),${say('cannot-serve')},${reason})`
  const payback = (cumulative: string): Formula => {
    const years = between(
      caseId(`${candidate}.${scenario}`, `${cumulative}.0`),
      caseId(`${candidate}.${scenario}`, `${cumulative}.${MAX_YEARS}`),
    )
    return served(formula`IF(MIN(${years})<-${of('tolerance')},${say('never')},${say('no-outlay')})`)
  }
  const reasons: Readonly<Record<AnswerKey, () => Formula>> = {
    npv: () => [say('cannot-serve')],
    irr: () =>
      served(formula`IF(${of('signChanges')}>1,${say('several-sign-changes')},${say('no-sign-change')})`),
    roi: () => served([say('no-outlay')]),
    payback: () => payback('cumulative'),
    discountedPayback: () => payback('discountedCumulative'),
    'candidate.tco': () => [say('cannot-serve')],
    savings: () => [say('cannot-serve')],
    co2Saved: () => [say('cannot-serve')],
  }
  return liveCell(
    {
      formula: formula`IFERROR(${of(key)},${reasons[key]()})`,
      value: answerValue(report, candidate, scenario, key, words),
    },
    formatOf(key),
    { id: answerId(candidate, scenario, key) },
  )
}

/** An answer of the candidate that the reader chooses. */
export function chosenAnswer(
  report: MoneyReport,
  scenario: Scenario,
  key: AnswerKey,
  words: MoneyWords,
): Cell {
  const all = report.inputs.candidates.map((_, place): Formula => [at(answerId(place, scenario, key))])
  return liveCell(
    {
      formula: formula`CHOOSE(${at(CHOSEN_PLACE)},${list(all)})`,
      value: answerValue(report, report.chosen, scenario, key, words),
    },
    formatOf(key),
  )
}
