import { ASSUMPTION_GROUPS, type AssumptionGroup, type AssumptionKey } from '../../shared/roi/assumptions.ts'
import { assumptionInput, shownFormat } from './money/assumption-look.ts'
import { liveCell } from './money/live.ts'
import { linkingBlocks } from './money/linking-rule.ts'
import { measuredTable } from './money/measured-table.ts'
import { CHOSEN_CANDIDATE, CHOSEN_PLACE, type MoneyReport } from './money/money-report.ts'
import type { MoneyWords } from './money/money-words.ts'
import { assumptionsOf, countCell, originId } from './money/unconfirmed.ts'
import {
  at,
  between,
  type Block,
  type Cell,
  formula,
  type InputCell,
  quoted,
  type SheetModel,
  text,
  type ToneRule,
} from './sheet-model.ts'

/** The only sheet to be changed: every assumption, the candidate that is looked at, and what was measured. */
export function assumptionsSheet(report: MoneyReport, words: MoneyWords): SheetModel {
  return {
    name: words('sheet.assumptions'),
    widths: [32, 14, 15, 15, 15, 15, 15, 62, 14, 56],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.assumptions') },
      { kind: 'paragraph', text: words('assumptions.intro', { entered: words('origin.entered') }) },
      {
        kind: 'paragraph',
        text: words('assumptions.provenance', { run: words('origin.run') }),
        tone: 'muted',
      },
      ...candidateChoice(report, words),
      ...ASSUMPTION_GROUPS.flatMap((group): Block[] => [
        { kind: 'heading', text: words(`group.${group}`) },
        groupTable(report, group, words),
      ]),
      { kind: 'heading', text: words('assumptions.measured') },
      {
        kind: 'paragraph',
        text: words('assumptions.measured.note', { run: report.inputs.run }),
        tone: 'muted',
      },
      measuredTable(report, words),
      ...linkingBlocks(report, words),
    ],
  }
}

function candidateChoice(report: MoneyReport, words: MoneyWords): Block[] {
  const { candidates } = report.inputs
  const chosen = candidates[report.chosen]!
  const ids = between('m.arm.1', `m.arm.${candidates.length}`)
  const choice: Cell = {
    kind: 'input',
    value: chosen.id,
    format: 'text',
    allowed: { kind: 'choice', among: candidates.map(({ id }) => id) },
    refusal: words('refusal.choice'),
    id: CHOSEN_CANDIDATE,
    name: 'candidate',
  }
  // EXACT tells capitals apart and takes no character for a wildcard, as MATCH would.
  const place = formula`SUMPRODUCT(EXACT(${ids},${at(CHOSEN_CANDIDATE)})*(COLUMN(${ids})-COLUMN(${at('m.arm.1')})+1))`
  return [
    { kind: 'heading', text: words('assumptions.candidate') },
    { kind: 'paragraph', text: words('assumptions.candidate.note') },
    {
      kind: 'table',
      columns: [
        { header: words('item'), align: 'left' },
        { header: words('unit'), align: 'left' },
        { header: words('value'), align: 'right' },
      ],
      rows: [
        [text(words('assumptions.candidate')), text(''), choice],
        [
          text(words('assumptions.candidate.place')),
          text(''),
          {
            kind: 'formula',
            formula: formula`IF(${place}=0,NA(),${place})`,
            result: report.chosen + 1,
            format: 'integer',
            id: CHOSEN_PLACE,
          },
        ],
        [text(words('assumptions.unconfirmed')), text(''), countCell(report, words)],
      ],
    },
  ]
}

function groupTable({ inputs }: MoneyReport, group: AssumptionGroup, words: MoneyWords): Block {
  return {
    kind: 'table',
    columns: [
      { header: words('item'), align: 'left' },
      { header: words('unit'), align: 'left' },
      { header: words('value'), align: 'right' },
      { header: words('scenario.pessimistic'), align: 'right' },
      { header: words('scenario.optimistic'), align: 'right' },
      { header: words('range.header'), align: 'left' },
      { header: words('origin'), align: 'left' },
      { header: words('source'), align: 'left' },
      { header: words('date'), align: 'left' },
      { header: words('explanation'), align: 'left' },
    ],
    rows: assumptionsOf(group).map((definition) => {
      const { key, unit } = definition
      const { value, pessimistic, optimistic, source, date, origin } = inputs.assumptions.values[key]
      const label = words(`assumption.${key}`)
      const format = shownFormat(unit, [value, pessimistic, optimistic])
      const amount = (of: number): InputCell => ({
        ...assumptionInput(definition, of, label, words),
        format,
      })
      return [
        text(label),
        text(words.unit(unit)),
        { ...amount(value), id: `a.${key}`, name: key },
        { ...amount(pessimistic), id: `a.${key}.pessimistic`, name: `${key}_pessimistic` },
        { ...amount(optimistic), id: `a.${key}.optimistic`, name: `${key}_optimistic` },
        rangeCell(key, value, [pessimistic, optimistic], words),
        {
          kind: 'input',
          value: words(`origin.${origin}`),
          format: 'text',
          allowed: { kind: 'choice', among: ORIGINS.map((one) => words(`origin.${one}`)) },
          refusal: words('refusal.choice'),
          id: originId(key),
        },
        // A full stop would be all that stands on a second line.
        note(source.replace(/。$/, '')),
        note(date ?? ''),
        text(words(`assumption.${key}.note`), { tone: 'muted' }),
      ]
    }),
    toneRules: [...originTones(words), { text: words('range.outside'), tone: 'bad' }],
  }
}

/** Marks a standard value that does not lie between the pessimistic and the optimistic one; follows what is entered. */
function rangeCell(
  key: AssumptionKey,
  value: number,
  ends: readonly [number, number],
  words: MoneyWords,
): Cell {
  const [standard, range] = [at(`a.${key}`), between(`a.${key}.pessimistic`, `a.${key}.optimistic`)]
  const isOutside = value < Math.min(...ends) || value > Math.max(...ends)
  const outside = words('range.outside')
  return liveCell(
    {
      formula: formula`IF(OR(${standard}<MIN(${range}),${standard}>MAX(${range})),${quoted(outside)},"")`,
      value: isOutside ? outside : '',
    },
    'text',
  )
}

const ORIGINS = ['default', 'run', 'entered'] as const

const originTones = (words: MoneyWords): readonly ToneRule[] => [
  { text: words('origin.default'), tone: 'caution' },
  { text: words('origin.run'), tone: 'muted' },
  { text: words('origin.entered'), tone: 'good' },
]

const note = (value: string): InputCell => ({
  kind: 'input',
  value,
  format: 'text',
  allowed: { kind: 'any' },
  refusal: '',
})
