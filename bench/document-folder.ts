/**
 * Peak memory of the process that surveys a folder of 5,000 files against that for 500, both after their texts are kept
 * and before: it holds descriptions, the texts stay with the children and on disk. Each survey has a process of its own.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { writeDocumentFolder } from './support/document-folder.ts'
import { benchOptions } from './support/options.ts'
import { type BenchResult, markdownTable, printResult } from './support/result.ts'
import type { SurveySideAnswer, SurveySideTask } from './support/survey-side.ts'

/** Ten times the files may take a seventh more memory: descriptions, and what V8 collects later. */
const LIMIT_RATIO = 1.15

const { goal, quick } = await benchOptions(1)
const [few, many] = quick ? ([50, 500] as const) : ([500, 5000] as const)
const place = await mkdtemp(join(tmpdir(), 'soroban-bench-'))
try {
  const rows: string[][] = []
  const peaks = new Map<string, number>()
  for (const count of [few, many]) {
    const task = { folder: join(place, `${count}`), store: join(place, `${count}-texts`) }
    await writeDocumentFolder(task.folder, count)
    for (const reading of ['first', 'again'] as const) {
      const { documents, skipped, ms, peakMb } = await measure(task)
      if (documents !== count) throw new Error(`${documents} of ${count} documents were read`)
      peaks.set(`${count} ${reading}`, peakMb)
      rows.push([String(count), reading, ms.toFixed(0), peakMb.toFixed(0), String(skipped)])
    }
  }
  console.log(`\n${markdownTable(['files', 'reading', 'ms', 'peak, MB', 'skipped'], rows)}`)
  for (const reading of ['first', 'again'] as const) {
    const value = peaks.get(`${many} ${reading}`)!
    const result: BenchResult = {
      name: `document-folder/peak-${reading}`,
      value,
      unit: 'MB',
      ratio: value / peaks.get(`${few} ${reading}`)!,
      goal: goal('at-most', LIMIT_RATIO),
    }
    printResult(result)
  }
} finally {
  await rm(place, { recursive: true, force: true })
}

async function measure(task: SurveySideTask): Promise<SurveySideAnswer> {
  const child = fork(fileURLToPath(new URL('./support/survey-side.ts', import.meta.url)))
  const answered = once(child, 'message')
  child.send(task)
  const [answer] = (await answered) as [SurveySideAnswer]
  return answer
}
