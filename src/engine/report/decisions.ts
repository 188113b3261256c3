import type { ArmResult, Results } from '../../shared/results.ts'
import { candidatesOf, decidingComparison } from './figures.ts'
import { either, literal, type LiveText, liveMessage, numberText } from './live-text.ts'
import { answerId } from './money/answers.ts'
import type { Live } from './money/live.ts'
import { type MoneyReport, ofCase, type Scenario } from './money/money-report.ts'
import type { MoneyWords } from './money/money-words.ts'
import { unconfirmedCount } from './money/unconfirmed.ts'
import { at, formula, type Formula, type ToneRule } from './sheet-model.ts'
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

/**
 * The recommendation that follows from quality first, and from money where quality is kept: about the kept candidate
 * with the highest net present value, also after the reader has changed an assumption; and what became of the others.
 */
export function recommendation(results: Results, money: Money | null, words: Words): LiveText {
  const outcomes = candidateOutcomes(results)
  const { kept } = outcomes
  const others = OTHERS.filter((outcome) => outcomes[outcome].length > 0)
  const said = (outcome: (typeof OTHERS)[number]): string =>
    words(`recommend.others.${outcome}`, { candidate: words.names(outcomes[outcome]) })
  if (kept.length === 0) {
    const [first = 'undecided', ...rest] = others
    const advice = words(`recommend.${first}`, { candidate: words.names(outcomes[first]) })
    return literal([advice, ...rest.map(said)].join(words.gap))
  }
  const advice = keptRecommendation(kept, money, words)
  return others.length === 0
    ? advice
    : liveMessage(`{advice}${words.gap}{rest}`, { advice, rest: others.map(said).join(words.gap) })
}

/** In the order in which they are told of where no candidate keeps quality. */
const OTHERS = ['undecided', 'notEvaluated', 'worse'] as const

/** The candidates by what is known of their quality. */
export function candidateOutcomes(
  results: Results,
): Readonly<Record<'kept' | (typeof OTHERS)[number], readonly string[]>> {
  const ids = candidatesOf(results).map(({ id }) => id)
  const evaluated = ids.filter((id) => decidingComparison(results, id) !== undefined)
  const of = (standing: Standing): string[] => evaluated.filter((id) => standingOf(results, id) === standing)
  return {
    kept: of('kept'),
    undecided: of('undecided'),
    notEvaluated: ids.filter((id) => !evaluated.includes(id)),
    worse: of('worse'),
  }
}

function keptRecommendation(kept: readonly string[], money: Money | null, words: Words): LiveText {
  if (money === null) return literal(words('recommend.noMoney', { candidate: words.names(kept) }))
  const paid = kept.flatMap((candidate) => {
    const place = placeInMoney(money, candidate)
    return place === null ? [] : [{ candidate, place, npv: liveOf(money, place, 'npv') }]
  })
  if (paid.length === 0) return literal(words('recommend.excluded', { candidate: words.names(kept) }))
  return highestOf(
    paid.map(({ candidate, place, npv }) => {
      const others = kept.filter((other) => other !== candidate)
      const text = moneyRecommendation(candidate, place, money, words)
      const rest = words('recommend.others.kept', { candidate: words.names(others) })
      return {
        npv,
        text: others.length === 0 ? text : liveMessage(`{text}${words.gap}{rest}`, { text, rest }),
      }
    }),
  )
}

function moneyRecommendation(candidate: string, place: number, money: Money, words: Words): LiveText {
  const npv = liveOf(money, place, 'npv')
  const params = {
    candidate,
    horizon: numberText(assumptionOf(money, 'horizon'), '#,##0'),
    npv: amountText(npv, money, words.locale),
  }
  return either(
    isMissing(npv),
    npv.value === null,
    literal(words('recommend.cannotServe', { candidate })),
    either(
      isPositive(npv),
      (npv.value ?? 0) > 0,
      liveMessage(words('recommend.proceed'), { ...params, caveat: caveat(place, money, words) }),
      liveMessage(words('recommend.notPaying'), params),
    ),
  )
}

/** What a recommendation to proceed rests on: values that nobody has confirmed, and nothing going badly. */
function caveat(place: number, money: Money, words: Words): LiveText {
  const pessimistic = liveOf(money, place, 'npv', 'pessimistic')
  const count = unconfirmedCount(money.report)
  const robust = formula`IFERROR(${pessimistic.formula},0)>0`
  const isRobust = (pessimistic.value ?? 0) > 0
  const say = (kind: 'unconfirmed' | 'fragile' | 'both'): LiveText =>
    liveMessage(words(`recommend.caveat.${kind}`), { count: numberText(count, '#,##0') })
  return either(
    formula`${count.formula}>0`,
    (count.value ?? 0) > 0,
    either(robust, isRobust, say('unconfirmed'), say('both')),
    either(robust, isRobust, literal(''), say('fragile')),
  )
}

/** Less than any amount. */
const NOTHING = -1e300

/** The text of the highest net present value; the first among equal ones, and among missing ones. */
function highestOf(entries: readonly { readonly npv: Live; readonly text: LiveText }[]): LiveText {
  const ranks = entries.map(({ npv, text }) => ({
    rank: formula`IFERROR(${npv.formula},-1E+300)`,
    value: npv.value ?? NOTHING,
    text,
  }))
  const most: Formula = [
    'MAX(',
    ...ranks.flatMap(({ rank }, index) => (index === 0 ? rank : [',', ...rank])),
    ')',
  ]
  const highest = Math.max(...ranks.map(({ value }) => value))
  return ranks
    .slice(0, -1)
    .reduceRight(
      (otherwise, { rank, value, text }) =>
        either([...rank, '=', ...most], value === highest, text, otherwise),
      ranks.at(-1)!.text,
    )
}

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
