import type { Results } from '../../shared/results.ts'
import {
  amountText,
  assumptionOf,
  isMissing,
  isPositive,
  liveOf,
  type Money,
  placeInMoney,
  shownFormula,
  type Standing,
  standingOf,
} from './decisions.ts'
import { candidatesOf, decidingComparison } from './figures.ts'
import { either, literal, type LiveText, liveMessage, numberText, textCell } from './live-text.ts'
import type { Live } from './money/live.ts'
import { unconfirmedCount } from './money/unconfirmed.ts'
import { between, type Block, empty, formula, text } from './sheet-model.ts'
import type { Words } from './words.ts'

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
  const sentences = sentencesOf(kept, money, words)
  const [first, last] = [sentences[0], sentences.at(-1)]
  if (first === undefined || last === undefined)
    return literal(words('recommend.excluded', { candidate: words.names(kept) }))
  if (first === last) return first.text
  const ranks = between(rankId(first), rankId(last))
  const texts = between(sentenceId(first), sentenceId(last))
  return {
    formula: formula`INDEX(${texts},IFERROR(MATCH(MAX(${ranks}),${ranks},0),1))`,
    result: sentences.reduce((best, one) => (rankOf(one) > rankOf(best) ? one : best)).text.result,
  }
}

/** What would be recommended if this candidate were the best. */
interface Sentence {
  readonly candidate: string
  readonly place: number
  readonly npv: Live
  readonly text: LiveText
}

function sentencesOf(kept: readonly string[], money: Money, words: Words): readonly Sentence[] {
  return kept.flatMap((candidate) => {
    const place = placeInMoney(money, candidate)
    if (place === null) return []
    const others = kept.filter((other) => other !== candidate)
    const text = moneyRecommendation(candidate, place, money, words)
    const rest = words('recommend.others.kept', { candidate: words.names(others) })
    return [
      {
        candidate,
        place,
        npv: liveOf(money, place, 'npv'),
        text: others.length === 0 ? text : liveMessage(`{text}${words.gap}{rest}`, { text, rest }),
      },
    ]
  })
}

const rankId = ({ place }: Sentence): string => `s.rank.${place}`
const sentenceId = ({ place }: Sentence): string => `s.text.${place}`

/** What cannot be served is never the best. */
const rankOf = ({ npv }: Sentence): number => npv.value ?? -Infinity

/**
 * The candidates' sentences, for the workings: the summary picks one of them. Together in one formula they would grow
 * beyond what a spreadsheet takes.
 */
export function recommendationTable(results: Results, money: Money, words: Words): Block[] {
  const sentences = sentencesOf(candidateOutcomes(results).kept, money, words)
  if (sentences.length < 2) return []
  return [
    { kind: 'heading', text: words('recommendation.heading') },
    {
      kind: 'table',
      columns: [
        { header: words('candidate'), align: 'left' },
        { header: '', align: 'left' },
        { header: '', align: 'left' },
        { header: words('provenance'), align: 'left' },
        { header: money.words.unit('currency'), align: 'right' },
        { header: words('recommendation.heading'), align: 'left' },
      ],
      rows: sentences.map((sentence) => [
        text(sentence.candidate),
        empty,
        empty,
        text(words('provenance.estimated'), { tone: 'muted' }),
        {
          kind: 'formula',
          ...shownFormula(sentence.npv),
          format: 'money',
          id: rankId(sentence),
        },
        { ...textCell(sentence.text), id: sentenceId(sentence) },
      ]),
    },
  ]
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
