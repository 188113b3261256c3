/**
 * `node bench/document-fuzz.ts [--files N] [--seed S] [--keep DIR]`: surveys N files of all formats, damaged at random
 * but alike for the same seed, and counts what becomes of them. Exits with 1 when a survey hangs, a reading process
 * dies or runs out of time, a reader throws what it should have put into words, or this process grows from batch to
 * batch. Such files are kept in DIR.
 */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { fuzzDocuments, type FuzzReport } from './support/document-fuzz.ts'
import { markdownTable } from './support/result.ts'

/** Of one file. */
const MILLISECONDS = 20_000
/** Compilation and caches of Node.js settle in the first batches. */
const SETTLED_AFTER = 4
const MAX_GROWTH_BYTES = 24 * 2 ** 20
const MAX_MORE_HANDLES = 4
const MEBIBYTE = 2 ** 20

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string', default: join(tmpdir(), 'soroban-fuzz-failures') },
  },
})
const started = performance.now()
const report = await fuzzDocuments({
  files: whole('--files', values.files),
  seed: whole('--seed', values.seed),
  milliseconds: MILLISECONDS,
  keep: values.keep,
  onBatch: ({ files, failures, parent }) => {
    const { liveBytes, residentBytes, handles } = parent.at(-1)!
    console.log(
      `${files} files, ${failures.length} failures, ${mebibytes(liveBytes)} live, ${mebibytes(residentBytes)} resident, ${handles} handles`,
    )
  },
})
const rows = [...report.outcomes].sort((a, b) => b[1] - a[1]).map(([code, count]) => [code, String(count)])
console.log(`\n${markdownTable(['outcome', 'count'], rows)}\n`)
for (const { name, code, message } of report.failures) console.log(`${name}: ${code}: ${message}`)
const problems = [...growth(report), ...(report.failures.length > 0 ? [`files kept in ${values.keep}`] : [])]
for (const problem of problems) console.log(problem)
const seconds = (performance.now() - started) / 1000
console.log(
  `${report.files} files in ${seconds.toFixed(0)} s, peak of the surveying process ${mebibytes(process.resourceUsage().maxRSS * 1024)}`,
)
if (problems.length > 0) process.exitCode = 1

/** What the surveying process holds more of at the end than after the first batches. */
function growth({ parent }: FuzzReport): readonly string[] {
  const before = parent[SETTLED_AFTER - 1]
  const after = parent.at(-1)
  if (before === undefined || after === undefined) return []
  const bytes = after.liveBytes - before.liveBytes
  const handles = after.handles - before.handles
  return [
    ...(bytes > MAX_GROWTH_BYTES ? [`the surveying process grew by ${mebibytes(bytes)}`] : []),
    ...(handles > MAX_MORE_HANDLES ? [`the surveying process has ${handles} more open handles`] : []),
  ]
}

function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(0)} MiB`
}

function whole(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${option} ${text}: a positive integer is needed`)
  return value
}
