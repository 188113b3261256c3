import type { PageFrame, Piece } from './pieces.ts'
import { inReadingOrder } from './reading-order.ts'
import { type Row, toRows } from './rows.ts'
import { splitRuby } from './ruby.ts'
import { type BoundarySpacing, toSegments } from './segments.ts'
import { groupRuns } from './text-run.ts'

/** The lines of one page, and what was changed to get them. */
export interface PageRows {
  readonly rows: readonly Row[]
  readonly hasVertical: boolean
  readonly hasRuby: boolean
}

/** Lines and table rows of a page in reading order. */
export function pageRows(pieces: readonly Piece[], frame: PageFrame, spacing: BoundarySpacing): PageRows {
  const groups = groupRuns(pieces, frame)
  let hasRuby = false
  const rows = groups.flatMap(({ flow, runs, extent }) => {
    const { bases, readings } = splitRuby(runs)
    if (!readings.isEmpty) hasRuby = true
    const segments = inReadingOrder(toSegments(bases, readings, spacing))
    return toRows(segments, { flow, extent, hasRuby: !readings.isEmpty })
  })
  return { rows, hasVertical: groups.some(({ flow }) => flow === 'vertical'), hasRuby }
}
