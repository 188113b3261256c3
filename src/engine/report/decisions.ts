import type { ArmResult, Results } from '../../shared/results.ts'
import { candidatesOf, decidingComparison } from './figures.ts'
import { either, literal, type LiveText, liveMessage, numberText } from './live-text.ts'
import { answerId } from './money/answers.ts'
import type { Live } from './money/live.ts'
import { type MoneyReport, ofCase, type Scenario } from './money/money-report.ts'
import type { MoneyWords } from './money/money-words.ts'
import { at, type Formula, type ToneRule } from './sheet-model.ts'
import type { Words } from './words.ts'

/** The words of a report with money, and its workings. */
export interface Money {
  readonly report: MoneyReport
  readonly words: MoneyWords
}

/** What is to be done about a candidate's quality; without a verdict nothing is shown, as with too little data. */
export type Standing = 'kept' | 'undecided' | 'worse'

export function standingOf(results: Results, candidate: string): Standing {
  const verdict = decidingComparison(results, candidate)?.verdict
  return verdict === 'kept' || verdict === 'worse' ? verdict : 'undecided'
}

/** Place among the candidates that the money compares; null for one that is left out of it. */
export function placeInMoney(money: Money | null, candidate: string): number | null {
  const place = money?.report.inputs.candidates.findIndex(({ id }) => id === candidate) ?? -1
  return place === -1 ? null : place
}

/** The candidate that the page is about: the recommended one, unless only another one keeps quality. */
export function mainCandidate(results: Results, money: Money | null): ArmResult | undefined {
  const candidates = candidatesOf(results)
  const kept = candidates.filter(({ id }) => standingOf(results, id) === 'kept')
  const recommended = money === null ? null : money.report.result.recommended
  const preferred = recommended === null ? undefined : money?.report.inputs.candidates[recommended]?.id
  const isPreferred = ({ id }: ArmResult): boolean => id === preferred
  return kept.find(isPreferred) ?? kept[0] ?? candidates.find(isPreferred) ?? candidates[0]
}

export const liveOf = (
  { report }: Money,
  place: number,
  key: string,
  scenario: Scenario = 'standard',
): Live => ofCase(report, `${place}.${scenario}`, key)

/** An amount in words, with its currency. */
export const amountText = (live: Live, { words }: Money, locale: Words['locale']): LiveText =>
  liveMessage(locale === 'ja' ? '{amount} {currency}' : '{currency} {amount}', {
    amount: numberText(live, '#,##0'),
    currency: words.unit('currency'),
  })

export const assumptionOf = (
  { report }: Money,
  key: keyof MoneyReport['inputs']['assumptions']['values'],
): Live => ({
  formula: [at(`a.${key}`)],
  value: report.inputs.assumptions.values[key].value,
})

export const isMissing = ({ formula: inner }: Live): Formula => ['ISNA(', ...inner, ')']
export const isPositive = ({ formula: inner }: Live): Formula => [...inner, '>0']

/** Proceed, or not, in a word or two; follows the money where quality is kept. */
export function decisionText(
  results: Results,
  candidate: string,
  money: Money | null,
  words: Words,
): LiveText {
  const standing = standingOf(results, candidate)
  if (decidingComparison(results, candidate) === undefined) return literal(words('decision.notEvaluated'))
  if (standing !== 'kept') return literal(words(`decision.${standing}`))
  const place = placeInMoney(money, candidate)
  if (money === null || place === null) return literal(words('decision.noMoney'))
  const npv = liveOf(money, place, 'npv')
  const decided = either(
    isPositive(npv),
    (npv.value ?? 0) > 0,
    literal(words('decision.proceed')),
    literal(words('decision.notPaying')),
  )
  return either(isMissing(npv), npv.value === null, literal(words('decision.cannotServe')), decided)
}

export const decisionTones = (words: Words): readonly ToneRule[] => [
  { text: words('decision.proceed'), tone: 'good' },
  { text: words('decision.notPaying'), tone: 'bad' },
  { text: words('decision.worse'), tone: 'bad' },
  { text: words('decision.undecided'), tone: 'caution' },
  { text: words('decision.notEvaluated'), tone: 'caution' },
  { text: words('decision.cannotServe'), tone: 'caution' },
  { text: words('decision.noMoney'), tone: 'caution' },
]

/** What the sheet of the return says of a candidate: a number, or in words why there is none. */
export function shownAnswer(
  money: Money,
  place: number,
  key: 'npv' | 'savings' | 'payback',
  scenario: Scenario = 'standard',
): { formula: Formula; result: number | string } {
  const answers = money.report.result.candidates[place]!.scenarios[scenario]
  const reason = key === 'savings' ? null : answers.noAnswers[key]
  return {
    formula: [at(answerId(place, scenario, key))],
    result: answers[key] ?? money.words(`noAnswer.${reason ?? 'cannot-serve'}`),
  }
}

/** A number of the workings for a reader: n/a in the place of an error. */
export const shownFormula = ({
  formula: inner,
  value,
}: Live): { formula: Formula; result: number | string } => ({
  formula: ['IFERROR(', ...inner, ',"n/a")'],
  result: value ?? 'n/a',
})
