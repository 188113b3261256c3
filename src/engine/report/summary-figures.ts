import type { Results } from '../../shared/results.ts'
import { mainCandidate, type Money, placeInMoney, shownAnswer } from './decisions.ts'
import {
  comparisonOf,
  decidingComparison,
  metricLabel,
  provenanceLabel,
  verdictLabel,
  verdictTone,
} from './figures.ts'
import { answerTones } from './money/answers.ts'
import { type Block, type Cell, number, text } from './sheet-model.ts'
import type { Words } from './words.ts'

type SummaryFigure = Extract<Block, { kind: 'figures' }>['figures'][number]

/** What management asks: is quality kept, what is it worth, when does it pay back; without money, what is saved. */
export function summaryFigures(results: Results, money: Money | null, words: Words): Block {
  const candidate = mainCandidate(results, money)?.id ?? ''
  return {
    kind: 'figures',
    figures: [
      qualityFigure(results, candidate, words),
      ...(money === null
        ? technicalFigures(results, candidate, words)
        : moneyFigures(candidate, money, words)),
    ],
    ...(money === null ? {} : { toneRules: answerTones(money.words) }),
  }
}

function qualityFigure(results: Results, candidate: string, words: Words): SummaryFigure {
  const deciding = decidingComparison(results, candidate)
  const verdict = deciding?.verdict ?? null
  return {
    label: words('figure.quality'),
    cell: text(verdictLabel(verdict, words), { tone: verdictTone(verdict), bold: true }),
    note: words('figure.quality.note', {
      candidate,
      metric: deciding === undefined ? 'nll' : metricLabel(deciding.metric, words),
      relative: words.signedPercent(deciding?.relative.value ?? null),
      margin: words.percent(deciding?.margin ?? results.run.margins.nllRelative),
      provenance: provenanceLabel(deciding?.relative, words),
    }),
  }
}

function moneyFigures(candidate: string, money: Money, words: Words): SummaryFigure[] {
  const place = placeInMoney(money, candidate)
  const note = words('figure.money.note', { candidate })
  const missing: Cell = { kind: 'missing' }
  const npv: Cell =
    place === null
      ? missing
      : { kind: 'formula', ...shownAnswer(money, place, 'npv'), format: 'signedMoney', bold: true }
  const payback: Cell =
    place === null
      ? missing
      : { kind: 'formula', ...shownAnswer(money, place, 'payback'), format: 'years1', bold: true }
  return [
    { label: words('figure.npv', { currency: money.words.unit('currency') }), cell: npv, note },
    { label: words('figure.payback'), cell: payback, note },
  ]
}

function technicalFigures(results: Results, candidate: string, words: Words): SummaryFigure[] {
  const longest = results.run.contexts.at(-1)
  const context = longest === undefined ? 'n/a' : words.count(longest)
  return (['kv', 'tpot'] as const).map((key) => {
    const metric = key === 'kv' ? 'kvBytes' : 'tpotMs'
    const relative = comparisonOf(results, candidate, `${metric}@${longest}`)?.relative
    return {
      label: words(`figure.${key}`, { context }),
      cell: number(relative?.value ?? null, 'signedPercent2'),
      note: words('figure.relative.note', { candidate, provenance: provenanceLabel(relative, words) }),
    }
  })
}
