import type { Extracted, ReaderInput } from '../format-reader.ts'
import { TextMeter } from '../open-xml/text-meter.ts'
import { openPackage } from './package.ts'
import { readContent, readStyles } from './parts.ts'
import { TextFlow } from './text-flow.ts'

/**
 * Reads an OpenDocument text (ODF 1.2 and 1.3): paragraphs with the numbers of their lists, rows of tables as lines,
 * text boxes where they are anchored, then notes and annotations. Headers and footers are read only where there is
 * nothing else.
 *
 * @throws AppError documents/…
 */
export function readOdt(input: ReaderInput): Extracted {
  const { archive, context, hasMacros } = openPackage(input, 'ODT')
  const meter = new TextMeter(input)
  const { styles, furniture } = readStyles(archive, context, meter)
  const flow = new TextFlow(styles, meter)
  readContent(archive, 'office:text', styles, flow, context)
  const lines = flow.takeLines()
  const isEmpty = lines.every((line) => line.trim() === '')
  if (!isEmpty && furniture.length > 0) flow.steps.add('page-furniture')
  return {
    text: (isEmpty ? furniture : lines).join('\n'),
    steps: [...flow.steps],
    health: { macros: hasMacros },
  }
}
