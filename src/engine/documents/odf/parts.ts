import type { TextMeter } from '../open-xml/text-meter.ts'
import { parseXml, type XmlHandler } from '../xml/parse-xml.ts'
import { damaged, type PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { OdfStyles } from './odf-styles.ts'
import { CONTENT, STYLES } from './package.ts'
import { TextFlow } from './text-flow.ts'

/** The common styles of a package, and the lines of the headers and footers of its pages. */
export function readStyles(
  archive: ZipArchive,
  context: PartContext,
  meter: TextMeter,
): { readonly styles: OdfStyles; readonly furniture: readonly string[] } {
  const styles = new OdfStyles()
  const flow = new TextFlow(styles, meter)
  if (!archive.has(STYLES)) return { styles, furniture: [] }
  // Automatic styles of this part are for headers and footers only, and have the same names as those of the content.
  const handler = sections({ 'office:styles': styles, 'style:master-page': flow })
  parseXml(archive, STYLES, handler, context)
  return { styles, furniture: flow.takeLines().filter((line) => line.trim() !== '') }
}

/** Reads the automatic styles of content.xml into `styles` and gives the content of its body to `body`. */
export function readContent(
  archive: ZipArchive,
  bodyElement: string,
  styles: OdfStyles,
  body: XmlHandler,
  context: PartContext,
): void {
  let hasBody = false
  const handler = sections({ 'office:automatic-styles': styles, [bodyElement]: body })
  const open: NonNullable<XmlHandler['open']> = (name, attributes) => {
    if (name === bodyElement) hasBody = true
    handler.open?.(name, attributes)
  }
  parseXml(archive, CONTENT, { ...handler, open }, context)
  if (!hasBody) throw damaged(context, `${CONTENT}: ${bodyElement}`)
}

/** Gives what lies in some elements to a handler each, and nothing else to anyone. */
function sections(handlers: Readonly<Record<string, XmlHandler>>): XmlHandler {
  let section: string | undefined
  let depth = 0
  return {
    open: (name, attributes) => {
      if (section === undefined && Object.hasOwn(handlers, name)) section = name
      else if (section !== undefined) handlers[section]?.open?.(name, attributes)
      if (name === section) depth++
    },
    text: (text) => {
      if (section !== undefined) handlers[section]?.text?.(text)
    },
    close: (name) => {
      if (name === section) depth--
      if (section === undefined) return
      if (depth === 0) section = undefined
      else handlers[section]?.close?.(name)
    },
  }
}
