import { VOLUME_FACTORS } from '../../roi/index.ts'
import { either, literal, type LiveText, liveMessage, numberText, textCell } from '../live-text.ts'
import { at, between, type Block, type Cell, empty, formula, text } from '../sheet-model.ts'
import { type Live, liveCell } from './live.ts'
import { caseId, type MoneyReport, ofCase } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'
import { workingsRow, workingsTable } from './workings-row.ts'

const LAST = VOLUME_FACTORS.length - 1
const crossingId = (place: number): string => `v.crossing.${place}`
const npvId = (place: number): string => caseId(`selected.volume.${place}`, 'npv')
const requestsId = (place: number): string => caseId(`selected.volume.${place}`, 'requestsPerMonth')
const NAME_ID = 'v.name'

export interface Volume {
  readonly requestsPerMonth: number
  readonly npv: number | null
}

export const volumes = (report: MoneyReport): readonly Volume[] =>
  VOLUME_FACTORS.map((_, place) => ({
    requestsPerMonth: ofCase(report, `selected.volume.${place}`, 'requestsPerMonth').value!,
    npv: ofCase(report, `selected.volume.${place}`, 'npv').value,
  }))

/** Where the net present value rises above 0 between each volume and the one before; empty where it does not. */
export function volumeTable(report: MoneyReport, words: MoneyWords): Block {
  const all = volumes(report)
  const names: readonly Cell[] = [{ ...text(words('row.npv')), id: NAME_ID }]
  const rows = all.slice(1).map((volume, index) => {
    const place = index + 1
    const [n0, n1, v0, v1] = [
      at(npvId(index)),
      at(npvId(place)),
      at(requestsId(index)),
      at(requestsId(place)),
    ]
    return workingsRow(
      text(words('volume.crossing', { factor: VOLUME_FACTORS[place]! })),
      empty,
      words('unit.requests/month'),
      [
        liveCell(
          {
            formula: formula`IFERROR(IF(AND(${n0}<=0,${n1}>0),${v0}+(0-${n0})/(${n1}-${n0})*(${v1}-${v0}),""),"")`,
            value: crossing(all[index]!, volume) ?? '',
          },
          'decimal1',
          { id: crossingId(place) },
        ),
      ],
      words,
    )
  })
  return workingsTable(names, rows, words)
}

function crossing(before: Volume, after: Volume): number | null {
  if (before.npv === null || after.npv === null || before.npv > 0 || after.npv <= 0) return null
  const share = -before.npv / (after.npv - before.npv)
  return before.requestsPerMonth + share * (after.requestsPerMonth - before.requestsPerMonth)
}

/** One of four texts, by whether the chosen candidate pays from some volume on; follows what the reader changes. */
export function byBreakEven(
  report: MoneyReport,
  texts: Readonly<Record<'crosses' | 'always' | 'never' | 'cannotServe', LiveText>>,
): LiveText {
  const all = volumes(report)
  const npvs = between(npvId(0), npvId(LAST))
  const crosses = formula`COUNT(${between(crossingId(1), crossingId(LAST))})>0`
  const always = formula`COUNTIF(${npvs},">0")=${VOLUME_FACTORS.length}`
  const isAlways = all.every(({ npv }) => npv !== null && npv > 0)
  const cannotServe = formula`COUNT(${npvs})=0`
  const isNever = all.every(({ npv }) => npv === null)
  const otherwise = either(cannotServe, isNever, texts.cannotServe, texts.never)
  return either(
    crosses,
    firstCrossing(all) !== undefined,
    texts.crosses,
    either(always, isAlways, texts.always, otherwise),
  )
}

const firstCrossing = (all: readonly Volume[]): number | undefined =>
  all
    .slice(1)
    .map((volume, index) => crossing(all[index]!, volume))
    .find((requests) => requests !== null)

/** From how many requests a month on the chosen candidate pays, in a sentence. */
export function breakEvenCell(report: MoneyReport, words: MoneyWords): Cell {
  const lowest: Live = {
    formula: formula`MIN(${between(crossingId(1), crossingId(LAST))})`,
    value: firstCrossing(volumes(report)) ?? 0,
  }
  return textCell(
    byBreakEven(report, {
      crosses: liveMessage(words('volume.breakEven'), { requests: numberText(lowest, '#,##0') }),
      always: literal(words('volume.always')),
      never: literal(words('volume.never')),
      cannotServe: literal(words('volume.cannotServe')),
    }),
  )
}

/** Without any demand there is nothing to draw over it. */
export function volumeChart(report: MoneyReport, words: MoneyWords, width: number): Block {
  const all = volumes(report)
  if (all.every(({ requestsPerMonth }) => requestsPerMonth === 0))
    return { kind: 'paragraph', text: words('volume.none'), tone: 'caution' }
  return {
    kind: 'chart',
    chart: 'scatter',
    title: words('chart.volume.title'),
    alt: words('chart.volume.alt'),
    x: { title: words('assumption.requestsPerMonth'), format: 'integer', isLogarithmic: true },
    y: { title: words('chart.volume.y', { unit: words.unit('currency') }), format: 'money' },
    series: [
      {
        name: words('row.npv'),
        color: 1,
        x: all.map(({ requestsPerMonth }) => requestsPerMonth),
        y: all.map(({ npv }) => npv),
        isMeasured: false,
        reference: {
          name: at(NAME_ID),
          x: between(requestsId(0), requestsId(LAST)),
          y: between(npvId(0), npvId(LAST)),
        },
      },
    ],
    width,
    height: 16,
  }
}
