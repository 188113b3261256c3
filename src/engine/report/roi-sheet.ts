import { ROI_OMITTED } from '../roi/index.ts'
import { answerCell, ANSWERS, answerTones } from './money/answers.ts'
import { costChart } from './money/cost-curve.ts'
import { chosenFigures, chosenLine, conclusionCell, optimismCell } from './money/chosen-figures.ts'
import type { MoneyReport } from './money/money-report.ts'
import type { MoneyWords } from './money/money-words.ts'
import { unconfirmedCell } from './money/unconfirmed.ts'
import { waterfallChart } from './money/waterfall.ts'
import { YEARS } from './money/year-columns.ts'
import { costTables, flowTable, hoursTable } from './money/yearly-tables.ts'
import { type Block, type SheetModel, text } from './sheet-model.ts'

/** What the replacement is worth: the answer, what it is made of, and what it leaves out. */
export function roiSheet(report: MoneyReport, words: MoneyWords): SheetModel {
  return {
    name: words('sheet.roi'),
    widths: [34, 15, 15, ...YEARS.map(() => 14)],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.roi') },
      { kind: 'live-paragraph', cell: chosenLine(report, words) },
      chosenFigures(report, words),
      { kind: 'live-paragraph', cell: conclusionCell(report, words) },
      { kind: 'live-paragraph', cell: unconfirmedCell(report, words), tone: 'caution' },
      { kind: 'paragraph', text: words('legend.live', { sheet: words('sheet.assumptions') }), tone: 'muted' },
      { kind: 'paragraph', text: words('legend.money'), tone: 'muted' },
      costChart(report, words, 0.5),
      waterfallChart(report, words, 0.5),
      { kind: 'heading', text: words('answers.heading') },
      answersTable(report, words),
      { kind: 'paragraph', text: words('answers.note'), tone: 'muted' },
      { kind: 'live-paragraph', cell: optimismCell(report, words), tone: 'muted' },
      ...excluded(report, words),
      { kind: 'heading', text: words('costs.heading') },
      { kind: 'paragraph', text: words('costs.note'), tone: 'muted' },
      ...costTables(report, words),
      { kind: 'heading', text: words('flows.heading') },
      { kind: 'paragraph', text: words('flows.note'), tone: 'muted' },
      flowTable(report, words),
      { kind: 'heading', text: words('hours.heading') },
      { kind: 'paragraph', text: words('hours.note') },
      hoursTable(report, words),
      { kind: 'heading', text: words('omitted.heading') },
      ...ROI_OMITTED.map((omitted): Block => ({
        kind: 'paragraph',
        text: `・${words(`omitted.${omitted}`)}`,
      })),
    ],
  }
}

function answersTable(report: MoneyReport, words: MoneyWords): Block {
  const scenarios = ['pessimistic', 'standard', 'optimistic'] as const
  return {
    kind: 'table',
    columns: [
      { header: words('candidate'), align: 'left' },
      { header: words('scenario'), align: 'left' },
      ...ANSWERS.map(({ key }): { header: string; align: 'right' } => ({
        header: words(`answer.${key}`),
        align: 'right',
      })),
      { header: words('provenance'), align: 'left' },
    ],
    rows: report.inputs.candidates.flatMap(({ id }, place) =>
      scenarios.map((scenario) => [
        text(id),
        text(words(`scenario.${scenario}`), { bold: scenario === 'standard' }),
        ...ANSWERS.map(({ key }) => answerCell(report, place, scenario, key, words)),
        text(words('provenance.estimated'), { tone: 'muted' }),
      ]),
    ),
    toneRules: answerTones(words),
  }
}

/** Candidates that may not be put beside the baseline are named, and why. */
const excluded = ({ inputs }: MoneyReport, words: MoneyWords): readonly Block[] =>
  inputs.excluded.map(({ id, reason }) => ({
    kind: 'paragraph',
    text: words(`excluded.${reason}`, { candidate: id }),
    tone: 'caution',
  }))
