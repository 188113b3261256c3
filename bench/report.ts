/**
 * The workbook of 200 documents and three candidates with all its formulas: time and the memory that it adds to the process against 2 s and 200 MB,
 * and time against a workbook of as many plain numbers by the same library. Each round has a process of its own.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { strFromU8, unzipSync } from 'fflate'

import { defaultAssumptions, readPriceTables } from '../src/engine/assumptions/index.ts'
import { assembleResults } from '../src/engine/comparison/index.ts'
import { buildReport } from '../src/engine/report/index.ts'
import { roiInputs } from '../src/engine/roi/index.ts'
import { armFacts, syntheticRun } from '../test/engine/comparison/runs.ts'
import { benchOptions } from './support/options.ts'
import type { ReportSideAnswer, ReportSideTask } from './support/report-side.ts'
import { markdownTable, printResult, type BenchResult } from './support/result.ts'

const LIMIT_MS = 2_000
const LIMIT_MB = 200

const { rounds, goal, quick } = await benchOptions(5)
const results = await assembleResults(
  syntheticRun(
    [8, 4, 2, 1].map((kvHeads, place) => ({
      facts: armFacts(place === 0 ? 'baseline' : `gqa-${kvHeads}`, kvHeads),
      factor: 1 + 0.002 * place,
      noise: place === 0 ? 0 : 0.002,
      speedFactor: 1 - 0.1 * place,
    })),
    { documents: quick ? 5 : 200 },
  ),
)
const assumptions = defaultAssumptions(results, 'ja', await readPriceTables('', 'JPY'))
const roi = roiInputs(results, assumptions)
const cells = countCells(await buildReport(results, 'ja', roi))
console.log(`${results.documents.length} documents, ${roi.candidates.length} candidates, ${cells} cells`)

const SIDES: Readonly<Record<'report' | 'plain', ReportSideTask>> = {
  report: { side: 'report', results, roi },
  plain: { side: 'plain', cells },
}
const answers: Record<keyof typeof SIDES, ReportSideAnswer[]> = { report: [], plain: [] }
for (let round = 0; round < rounds; round++) {
  for (const side of round % 2 === 0 ? (['report', 'plain'] as const) : (['plain', 'report'] as const)) {
    answers[side].push(await measure(SIDES[side]))
  }
}
const median = (side: keyof typeof SIDES, field: keyof ReportSideAnswer): number =>
  answers[side].map((answer) => answer[field]).toSorted((a, b) => a - b)[rounds >> 1]!
const rows = (['report', 'plain'] as const).map((side) => [
  side,
  median(side, 'ms').toFixed(0),
  median(side, 'peakMb').toFixed(0),
  median(side, 'addedMb').toFixed(0),
  String(median(side, 'bytes')),
])
console.log(`\n${markdownTable(['side', 'ms', 'peak, MB', 'added, MB', 'bytes'], rows)}`)

const ms = median('report', 'ms')
const addedMb = median('report', 'addedMb')
const benchResults: readonly BenchResult[] = [
  { name: 'report/time', value: ms, unit: 'ms', ratio: ms / LIMIT_MS, goal: goal('at-most', 1) },
  { name: 'report/vs-plain-cells', value: ms, unit: 'ms', ratio: ms / median('plain', 'ms'), goal: null },
  {
    name: 'report/added-memory',
    value: addedMb,
    unit: 'MB',
    ratio: addedMb / LIMIT_MB,
    goal: goal('at-most', 1),
  },
]
benchResults.forEach(printResult)

/** Memory that an earlier round left would count otherwise. */
async function measure(task: ReportSideTask): Promise<ReportSideAnswer> {
  const program = fileURLToPath(new URL('./support/report-side.ts', import.meta.url))
  const child = fork(program, { serialization: 'advanced' })
  const answered = once(child, 'message')
  child.send(task)
  const [answer] = (await answered) as [ReportSideAnswer]
  await once(child, 'exit')
  return answer
}

function countCells(workbook: Uint8Array): number {
  const sheets = Object.entries(unzipSync(workbook)).filter(([name]) =>
    name.startsWith('xl/worksheets/sheet'),
  )
  return sheets.reduce((sum, [, xml]) => sum + strFromU8(xml).split('<c ').length - 1, 0)
}
