import type { Extracted, ReaderInput } from '../format-reader.ts'
import { TextMeter } from '../open-xml/text-meter.ts'
import type { XmlHandler } from '../xml/parse-xml.ts'
import { openPackage } from './package.ts'
import { readContent, readStyles } from './parts.ts'
import { TextFlow } from './text-flow.ts'

/**
 * Reads an OpenDocument presentation (ODF 1.2 and 1.3): each slide a page, its shapes in the order of the file, then
 * its notes and annotations. Hidden slides and the prompts of empty placeholders are left out.
 *
 * @throws AppError documents/…
 */
export function readOdp(input: ReaderInput): Extracted {
  const { archive, context, hasMacros } = openPackage(input, 'ODP')
  const meter = new TextMeter(input)
  const { styles } = readStyles(archive, context, meter)
  const flow = new TextFlow(styles, meter)
  const pages: string[] = []
  const slides: XmlHandler = {
    open: (name, attributes) => flow.open(name, attributes),
    text: (text) => flow.text(text),
    close: (name) => {
      const isSlide = name === 'draw:page' && !flow.isLeavingOut
      flow.close(name)
      if (!isSlide) return
      const lines = flow.takeLines().filter((line) => line.trim() !== '')
      pages.push(lines.join('\n'))
    },
  }
  readContent(archive, 'office:presentation', styles, slides, context)
  return { text: pages.join('\f'), hasPages: true, steps: [...flow.steps], health: { macros: hasMacros } }
}
