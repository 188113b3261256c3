import type { Block } from '../sheet-model.ts'
import { costTable } from './cost-curve.ts'
import type { MoneyReport } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'
import { rankedTable, swingTable } from './tornado.ts'
import { volumeTable } from './volumes.ts'
import { waterfallTable } from './waterfall.ts'

/** What the charts are drawn from: numbers or #N/A, which leaves a gap where a word would count as 0. */
export function chartTables(report: MoneyReport, words: MoneyWords): Block[] {
  const tables: readonly [string, Block][] = [
    [words('chart.cost.title'), costTable(report, words)],
    [words('chart.tco.title'), waterfallTable(report, words)],
    [words('tornado.all'), swingTable(report, words)],
    [words('chart.tornado.title'), rankedTable(report, words)],
    [words('chart.volume.title'), volumeTable(report, words)],
  ]
  return tables.flatMap(([title, table]): Block[] => [{ kind: 'heading', text: title }, table])
}
