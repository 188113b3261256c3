import type { Progress } from '../../shared/job.ts'

/** The latest progress of each kind and label, in order of appearance. */
export function withProgress(entries: readonly Progress[], event: Progress): readonly Progress[] {
  const index = entries.findIndex(({ kind, label }) => kind === event.kind && label === event.label)
  return index === -1 ? [...entries, event] : entries.with(index, event)
}
