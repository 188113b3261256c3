import { MAX_YEARS } from '../../shared/roi/assumptions.ts'
import type { Provenance, Results } from '../../shared/results.ts'
import { kvTable } from './capacity-kv-table.ts'
import { liveOf, type Money, shownFormula } from './decisions.ts'
import type { Live } from './money/live.ts'
import { yearCell, yearColumn, YEARS } from './money/year-columns.ts'
import { type Block, type Cell, formula, type NumberFormat, type SheetModel, text } from './sheet-model.ts'
import type { Words } from './words.ts'

/** What fits into a device and how many devices are needed; without money, the KV cache alone. */
export function capacitySheet(results: Results, money: Money | null, words: Words): SheetModel {
  return {
    name: words('sheet.capacity'),
    widths:
      money === null
        ? [34, 16, 18, 18, 22, 16]
        : [30, 26, 13, ...Array.from({ length: MAX_YEARS }, () => 13)],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.capacity') },
      { kind: 'paragraph', text: words('provenance.legend'), tone: 'muted' },
      { kind: 'heading', text: words('capacity.kv') },
      kvTable(results, money, words),
      ...(money === null
        ? [{ kind: 'paragraph', text: words('capacity.noMoney'), tone: 'caution' } as const]
        : [
            { kind: 'heading', text: words('capacity.sizing') } as const,
            { kind: 'paragraph', text: words('capacity.note'), tone: 'muted' } as const,
            sizingTable(money, words),
            { kind: 'heading', text: words('capacity.years') } as const,
            yearsTable(money, words),
          ]),
    ],
  }
}

const SIZING = [
  ['ttft', 'unit.seconds', 'decimal4'],
  ['tpot', 'unit.seconds', 'decimal4'],
  ['weightsBytes', 'unit.MiB', 'decimal2'],
  ['kvPerSequence', 'unit.MiB', 'decimal2'],
  ['batchByMemory', 'unit.sequences', 'integer'],
  ['batchByLatency', 'unit.sequences', 'integer'],
  ['batch', 'unit.sequences', 'integer'],
  ['deviceSeconds', 'unit.secondsPerRequest', 'decimal4'],
  ['response', 'unit.seconds', 'decimal2'],
] as const satisfies readonly (readonly [string, string, NumberFormat])[]

/** Baseline and candidates in the standard scenario; the baseline is the same beside every candidate. */
const armsOf = ({ report: { inputs } }: Money): readonly { id: string; place: number; key: string }[] => [
  { id: inputs.baseline.id, place: 0, key: 'baseline' },
  ...inputs.candidates.map(({ id }, place) => ({ id, place, key: 'candidate' })),
]

const inMiB = ({ formula: bytes, value }: Live): Live => ({
  formula: formula`${bytes}/${2 ** 20}`,
  value: value === null ? null : value / 2 ** 20,
})

function sizingTable(money: Money, words: Words): Block {
  const arms = armsOf(money)
  return {
    kind: 'table',
    columns: [
      { header: words('item'), align: 'left' },
      { header: words('unit'), align: 'left' },
      ...arms.map(({ id }) => ({ header: id, align: 'right' as const })),
      { header: words('provenance'), align: 'left' },
    ],
    rows: SIZING.map(([key, unit, format]) => [
      text(words(`capacity.${key}`)),
      text(words(unit)),
      ...arms.map(({ place, key: arm }): Cell => {
        const live = liveOf(money, place, `${arm}.${key}`)
        return {
          kind: 'formula',
          ...shownFormula(unit === 'unit.MiB' ? inMiB(live) : live),
          format,
          ...(key === 'batch' ? { bold: true } : {}),
        }
      }),
      text(words(`provenance.${originOf(key, money)}`), { tone: 'muted' }),
    ]),
  }
}

/** Times are measured only on the measured device at the measured lengths. */
function originOf(key: (typeof SIZING)[number][0], { report }: Money): Provenance {
  if (key === 'weightsBytes') return 'measured'
  const { rates, lengths } = report.result.provenance
  if (key !== 'ttft' && key !== 'tpot') return 'estimated'
  if (lengths === 'extrapolated') return 'extrapolated'
  return rates === 'measured' && lengths === 'measured' ? 'measured' : 'estimated'
}

const YEARLY = ['devicesByThroughput', 'devicesByMemory', 'devices'] as const

function yearsTable(money: Money, words: Words): Block {
  // In year 0 nothing is answered yet.
  const years = YEARS.slice(1)
  return {
    kind: 'table',
    columns: [
      { header: words('arm'), align: 'left' },
      { header: words('item'), align: 'left' },
      { header: words('provenance'), align: 'left' },
      ...years.map((year) => yearColumn(money.report, year, words('capacity.year', { year }))),
    ],
    rows: armsOf(money).flatMap(({ id, place, key: arm }) =>
      YEARLY.map((key) => [
        text(id),
        text(words(`capacity.${key}`)),
        text(words('provenance.estimated'), { tone: 'muted' }),
        ...years.map((year) =>
          yearCell(money.report, year, liveOf(money, place, `${arm}.${key}.${year}`), {
            format: key === 'devices' ? 'integer' : 'decimal2',
            unknown: 'n/a',
            bold: key === 'devices',
          }),
        ),
      ]),
    ),
  }
}
