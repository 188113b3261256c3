/** One survey of a folder in a process of its own: what it took. */
import { once } from 'node:events'

import { surveyDocuments } from '../../src/engine/documents/index.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'

export interface SurveySideTask {
  readonly folder: string
  readonly store: string
}

export interface SurveySideAnswer {
  readonly documents: number
  readonly skipped: number
  readonly ms: number
  /** Peak resident set of the surveying process, without the children that read. */
  readonly peakMb: number
}

const [task] = (await once(process, 'message')) as [SurveySideTask]
const start = performance.now()
const { documents, skipped } = await surveyDocuments(task.folder, { store: task.store }, quietContext())
const answer: SurveySideAnswer = {
  documents: documents.length,
  skipped: skipped.length,
  ms: performance.now() - start,
  peakMb: process.resourceUsage().maxRSS / 1000,
}
process.send?.(answer, () => process.disconnect())
