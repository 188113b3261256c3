import type { Relationship } from '../xml/relationships.ts'
import type { TextMeter } from './text-meter.ts'
import type { PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { chartLines } from './chart-lines.ts'
import { diagramLines } from './diagram-lines.ts'

/**
 * The lines of a diagram (SmartArt) or chart that lies in a part of its own.
 *
 * @param relationship of the part that shows it; undefined where it is missing
 */
export function drawingLines(
  archive: ZipArchive,
  relationship: Relationship | undefined,
  meter: TextMeter,
  context: PartContext,
): readonly string[] {
  if (relationship === undefined || relationship.isExternal) return []
  const read = { diagramData: diagramLines, chart: chartLines }[relationship.type]
  const lines = read?.(archive, relationship.target, context) ?? []
  for (const line of lines) meter.take(line.length)
  return lines
}
