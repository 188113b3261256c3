/** The charts of a return on investment. */
import type { Currency } from '../../../../shared/roi/assumptions.ts'
import type { Cost, CostYear, RoiCandidate, RoiResult } from '../../../../shared/roi/result.ts'
import type { ChartPoint, ChartSeries, ChartSpec } from '../../../components/chart/chart-spec.ts'
import { amountProvenance, type AnswerVocabulary } from './answers.ts'

/** A result, the candidate that is looked at, and its colour. */
export interface ChartedCandidate {
  readonly result: RoiResult
  readonly candidate: RoiCandidate
  /** Its position among the arms, the baseline being 0. */
  readonly arm: number
}

const PARTS = ['purchases', 'power', 'maintenance', 'operation', 'oneOff'] as const

const amountAxis = (label: string, currency: Currency, format: 'money' | 'signedMoney' = 'money') => ({
  label,
  format,
  currency,
})

/** A sum in which one unknown makes the whole unknown. */
const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b)

function cumulative(years: readonly CostYear[]): ChartPoint[] {
  let total: number | null = 0
  return years.map(({ year, cost }) => ({ x: year, y: (total = plus(total, cost)) }))
}

/** Cumulative cost of each way to go, and where the candidate becomes cheaper than the baseline. */
export function costChart(
  { result, candidate, arm }: ChartedCandidate,
  vocabulary: AnswerVocabulary,
): ChartSpec {
  const { t, words } = vocabulary
  const provenance = amountProvenance(result)
  const { baseline, candidate: own, payback } = candidate.scenarios.standard
  const line = (name: string, color: ChartSeries['color'], { years }: Cost): ChartSeries => ({
    name,
    color,
    provenance,
    points: cumulative(years),
  })
  const reference = line(words.say('baseline'), 0, baseline)
  const crossing = payback === null ? null : heightAt(reference.points, payback)
  return {
    title: t('roi.chart.costs'),
    kind: 'line',
    x: { label: t('roi.axis.year'), type: 'value' },
    y: { ...amountAxis(t('roi.axis.cost'), result.currency), from0: true },
    series: [
      reference,
      line(candidate.id, arm, own),
      line(words.say('doNothing'), 'muted', result.doNothing),
      ...(payback === null || crossing === null
        ? []
        : [
            {
              name: t('roi.chart.breakEven'),
              color: 'caution',
              provenance,
              points: [{ x: payback, y: crossing }],
            } as const,
          ]),
    ],
  }
}

/** Height of a line of straight pieces, a point for each year from 0 on. */
function heightAt(points: readonly ChartPoint[], x: number): number | null {
  const before = Math.floor(x)
  const [low, high] = [points[before]?.y ?? null, points[before + 1]?.y ?? null]
  if (low === null) return null
  return high === null ? (x === before ? low : null) : low + (high - low) * (x - before)
}

/** From the baseline's total cost to the candidate's, one kind of cost after the other. */
export function waterfallChart(
  { result, candidate, arm }: ChartedCandidate,
  { t, words }: AnswerVocabulary,
): ChartSpec {
  const { baseline, candidate: own } = candidate.scenarios.standard
  const provenance = amountProvenance(result)
  const base: ChartPoint[] = []
  const less: ChartPoint[] = []
  const more: ChartPoint[] = []
  let level = baseline.tco
  for (const part of PARTS) {
    const [before, after] = [totalOf(baseline, part), totalOf(own, part)]
    const change = before === null || after === null ? null : after - before
    const next = plus(level, change)
    const x = t(`roi.cost.${part}`)
    if (level !== null && next !== null && change !== null && change !== 0) {
      base.push({ x, y: Math.min(level, next) })
      ;(change < 0 ? less : more).push({ x, y: Math.abs(change) })
    }
    level = next
  }
  const series = (name: string, color: ChartSeries['color'], points: readonly ChartPoint[]): ChartSeries => ({
    name,
    color,
    provenance,
    points,
  })
  const [from, to] = [words.say('baseline'), candidate.id]
  return {
    title: t('roi.chart.waterfall'),
    kind: 'stacked',
    x: {
      label: t('roi.axis.item'),
      type: 'category',
      names: [from, ...PARTS.map((part) => t(`roi.cost.${part}`)), to],
    },
    y: amountAxis(t('roi.axis.amount'), result.currency),
    series: [
      series('', 'none', base),
      series(from, 0, [{ x: from, y: baseline.tco }]),
      series(t('roi.chart.less'), 'good', less),
      series(t('roi.chart.more'), 'bad', more),
      series(to, arm, [{ x: to, y: own.tco }]),
    ],
  }
}

const totalOf = ({ years }: Cost, part: (typeof PARTS)[number]): number | null =>
  years.reduce<number | null>((sum, year) => plus(sum, year[part]), 0)

/** How far each of the strongest assumptions moves the net present value, alone. */
export function tornadoChart(
  { result, candidate }: ChartedCandidate,
  { t, words }: AnswerVocabulary,
): ChartSpec {
  const { npv } = candidate.scenarios.standard
  const series = (side: 'pessimistic' | 'optimistic'): ChartSeries => ({
    name: words.say(`scenario.${side}`),
    color: side === 'pessimistic' ? 'bad' : 'good',
    provenance: amountProvenance(result),
    points: candidate.tornado.map((bar) => ({
      x: words.say(`assumption.${bar.key}`),
      y: difference(side === 'pessimistic' ? bar.npvPessimistic : bar.npvOptimistic, npv),
    })),
  })
  return {
    title: t('roi.chart.tornado'),
    kind: 'tornado',
    x: { label: t('roi.axis.assumption'), type: 'category' },
    y: amountAxis(t('roi.axis.npvChange'), result.currency, 'signedMoney'),
    series: [series('pessimistic'), series('optimistic')],
  }
}

const difference = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a - b

/** Net present value by demand, on a logarithmic axis. */
export function volumeChart(
  { result, candidate, arm }: ChartedCandidate,
  { t }: AnswerVocabulary,
): ChartSpec {
  const provenance = amountProvenance(result)
  const volumes = candidate.volumes.filter(({ requestsPerMonth }) => requestsPerMonth > 0)
  const { breakEven } = candidate
  return {
    title: t('roi.chart.volumes'),
    kind: 'line',
    x: { label: t('roi.axis.requests'), type: 'log', base: 10 },
    y: { ...amountAxis(t('roi.npv'), result.currency), from0: true },
    series: [
      {
        name: candidate.id,
        color: arm,
        provenance,
        points: volumes.map(({ requestsPerMonth, npv }) => ({ x: requestsPerMonth, y: npv })),
      },
      ...(breakEven.kind === 'at'
        ? [
            {
              name: t('roi.chart.breakEven'),
              color: 'caution',
              provenance,
              points: [{ x: breakEven.requestsPerMonth, y: 0 }],
            } as const,
          ]
        : []),
    ],
  }
}
