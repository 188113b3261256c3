import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { unzipSync } from 'fflate'

import { type Results, resultsSchema } from '../../src/shared/results.ts'

/** Metrics of time and of memory as it came, which no two runs share. */
const PASSING_METRIC = /^(ttftMs|tpotMs|peakRssBytes)/
const PASSING_WARNING = /^comparison\/(unstable-speed|machine-busy|on-battery)$/

/** Results without what differs between two runs over the same inputs: ids, moments, machine, timings. */
export function lastingPart(results: Results): unknown {
  const { run, arms, comparisons, warnings, environment, ...rest } = results
  return {
    ...rest,
    run: { ...run, id: null, createdAt: null },
    environment: { ...environment, loadPerCore: null, onBattery: null },
    arms: arms.map(({ speed, memory, ...arm }) => ({
      ...arm,
      speed: speed.map(({ context }) => context),
      memory: { ...memory, peakRssBytes: null },
    })),
    comparisons: comparisons.filter(({ metric }) => !PASSING_METRIC.test(metric)),
    warnings: warnings.filter(({ code }) => !PASSING_WARNING.test(code)),
  }
}

export const readResults = async (out: string): Promise<Results> =>
  resultsSchema.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')))

/** Everything below a folder, by path; empty where there is no such folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Names of the sheets of a workbook. */
export async function sheetNames(path: string): Promise<string[]> {
  const parts = unzipSync(await readFile(path))
  const workbook = new TextDecoder().decode(parts['xl/workbook.xml'])
  return [...workbook.matchAll(/<sheet [^>]*\bname="([^"]*)"/g)].map(([, name]) => name!)
}
