import { localizeWarning } from '../../shared/messages/warnings.ts'
import type { Results } from '../../shared/results.ts'
import {
  amountText,
  assumptionOf,
  isMissing,
  isPositive,
  liveOf,
  mainCandidate,
  type Money,
  placeInMoney,
  standingOf,
} from './decisions.ts'
import { candidatesOf, slowerContexts } from './figures.ts'
import { either, literal, liveMessage, numberText, textCell } from './live-text.ts'
import { unconfirmedCell } from './money/unconfirmed.ts'
import type { Block, Tone } from './sheet-model.ts'
import type { Words } from './words.ts'

/** More would push the page over its edge; the rest is on the sheets of risks and conditions. */
const SHOWN_LINES = 7

/** The bad news, the worst first; what weakens the result; what is missing. */
export function attention(results: Results, money: Money | null, words: Words): Block[] {
  const lines = [
    ...measurementLines(results, words),
    ...candidateLines(results, words),
    ...moneyLines(results, money, words),
    ...results.warnings
      .filter(({ code }) => code !== 'comparison/self-check-failed')
      .map((warning) => line(localizeWarning(warning, words.locale), 'caution')),
    line(words(money === null ? 'attention.energyPlain' : 'attention.energy'), 'caution'),
    line(words('attention.training'), 'muted'),
  ]
  if (lines.length <= SHOWN_LINES) return lines
  const more = words('attention.more', {
    count: lines.length - SHOWN_LINES + 1,
    risks: words('sheet.risks'),
    conditions: words('sheet.conditions'),
  })
  return [...lines.slice(0, SHOWN_LINES - 1), line(more, 'caution')]
}

const line = (text: string, tone: Tone): Block => ({ kind: 'paragraph', text, tone })

function measurementLines({ selfCheck }: Results, words: Words): Block[] {
  if (selfCheck.passed || selfCheck.windows === 0) return []
  return [line(words('attention.selfCheck', { difference: selfCheck.maxAbsoluteDifference }), 'bad')]
}

function candidateLines(results: Results, words: Words): Block[] {
  return candidatesOf(results).flatMap(({ id: candidate }): Block[] => {
    const slower = slowerContexts(results, candidate)
    return [
      ...(standingOf(results, candidate) === 'worse'
        ? [line(words('attention.worse', { candidate }), 'bad')]
        : []),
      ...(slower.length > 0
        ? [
            line(
              words('attention.slower', { candidate, contexts: slower.map(words.count).join(', ') }),
              'bad',
            ),
          ]
        : []),
    ]
  })
}

function moneyLines(results: Results, money: Money | null, words: Words): Block[] {
  if (money === null) return [line(words('attention.noMoney'), 'caution')]
  const { result } = money.report
  const main = mainCandidate(results, money)
  const place = main === undefined ? null : placeInMoney(money, main.id)
  return [
    ...(main === undefined || place === null ? [] : [returnLine(main.id, place, money, words)]),
    ...result.excluded.map(({ id: candidate, reason }) =>
      line(words(`attention.excluded.${reason}`, { candidate }), 'caution'),
    ),
    { kind: 'live-paragraph', cell: unconfirmedCell(money.report, money.words), tone: 'caution' },
  ]
}

/** How the net present value stands when things go badly; follows what the reader changes. */
function returnLine(candidate: string, place: number, money: Money, words: Words): Block {
  const [standard, pessimistic] = [liveOf(money, place, 'npv'), liveOf(money, place, 'npv', 'pessimistic')]
  const amount = (live: typeof standard) => amountText(live, money, words.locale)
  const unknown = literal(words('attention.npv.unknown', { candidate }))
  const negative = liveMessage(words('attention.npv.negative'), {
    candidate,
    npv: amount(standard),
    horizon: numberText(assumptionOf(money, 'horizon'), '#,##0'),
  })
  const [robust, fragile] = (['robust', 'pessimistic'] as const).map((key) =>
    liveMessage(words(`attention.npv.${key}`), { candidate, npv: amount(pessimistic) }),
  )
  const positive = either(isPositive(pessimistic), (pessimistic.value ?? 0) > 0, robust!, fragile!)
  const known = either(isPositive(standard), (standard.value ?? 0) > 0, positive, negative)
  return {
    kind: 'live-paragraph',
    cell: textCell(
      either(
        ['OR(', ...isMissing(standard), ',', ...isMissing(pessimistic), ')'],
        standard.value === null || pessimistic.value === null,
        unknown,
        known,
      ),
    ),
  }
}
