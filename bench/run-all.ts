/**
 * `npm run bench -- [NAME…] [--quick] [--threads N] [--rounds N]`: runs the benchmarks whose names begin with one of
 * NAMEs (all without any), one after the other, each in a process of its own, and prints their results as one table.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { BENCH_FLAGS } from './support/options.ts'
import { describeGoal, markdownTable, parseResult, type BenchResult } from './support/result.ts'

const BENCHMARKS = [
  'decode-vs-transformers',
  'decode-vs-bandwidth',
  'prefill-vs-matmul',
  'training-vs-matmul',
  'kv-update-independence',
  'documents',
  'document-folder',
  'report',
  'window',
] as const

const { positionals: names, values } = parseArgs({ options: BENCH_FLAGS, allowPositionals: true })
const options = Object.entries(values).flatMap(([name, value]) => {
  if (value === false) return []
  return value === true ? [`--${name}`] : [`--${name}`, value]
})
const chosen = BENCHMARKS.filter(
  (bench) => names.length === 0 || names.some((name) => bench.startsWith(name)),
)
if (chosen.length === 0) {
  throw new RangeError(`no benchmark is named ${names.join(', ')}; there are ${BENCHMARKS.join(', ')}`)
}
const results: BenchResult[] = []
const failed: string[] = []
for (const bench of chosen) {
  console.log(`\n## ${bench}\n`)
  const outcome = await runBenchmark(bench, options)
  results.push(...outcome.results)
  if (outcome.exitCode !== 0 || outcome.results.length === 0) failed.push(bench)
}
const rows = results.map((result) => {
  const { name, value, unit, ratio } = result
  return [name, `${value} ${unit}`, String(ratio), describeGoal(result)]
})
console.log(`\n## Results\n\n${markdownTable(['benchmark', 'value', 'ratio', 'goal'], rows)}`)
if (chosen.length === 0)
  console.error(`no benchmark is named ${names.join(', ')}; there are ${BENCHMARKS.join(', ')}`)
if (failed.length > 0) console.error(`\nfailed: ${failed.join(', ')}`)
if (failed.length > 0) process.exitCode = 1

/** Runs one benchmark, passing its output through. */
async function runBenchmark(
  bench: string,
  options: readonly string[],
): Promise<{ readonly exitCode: number | null; readonly results: readonly BenchResult[] }> {
  const file = fileURLToPath(new URL(`./${bench}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const results: BenchResult[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line)
    const result = parseResult(line)
    if (result !== null) results.push(result)
  }
  return { exitCode: await ended, results }
}
