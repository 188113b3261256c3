import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/** Order of a font's children in SpreadsheetML (ECMA-376 CT_Font as Excel validates it). */
const FONT_ORDER = [
  'b',
  'i',
  'strike',
  'condense',
  'extend',
  'outline',
  'shadow',
  'u',
  'vertAlign',
  'sz',
  'color',
  'name',
  'family',
  'charset',
  'scheme',
]

/** Sorts the children of each `<font>` element, which exceljs writes in an order the schema refuses. */
function mendFonts(xml: string): string {
  return xml.replace(/<font>(.*?)<\/font>/gs, (_whole, inner: string) => {
    const children = inner.match(/<(\w+)[^>]*?\/>/g) ?? []
    const rank = (child: string): number => FONT_ORDER.indexOf(/<(\w+)/.exec(child)?.[1] ?? '')
    return `<font>${[...children].sort((a, b) => rank(a) - rank(b)).join('')}</font>`
  })
}

/**
 * Repacks a workbook so that equal content gives equal bytes: entries sorted, one fixed time, mended styles.
 *
 * @param created time stamped on every entry (ZIP stores local time from 1980 on, in steps of two seconds)
 */
export function packDeterministically(workbook: Uint8Array, created: Date): Uint8Array {
  const entries = unzipSync(workbook)
  const styles = entries['xl/styles.xml']
  if (styles !== undefined) entries['xl/styles.xml'] = strToU8(mendFonts(strFromU8(styles)))
  const sorted = Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))
  // The zip format has no time zone: build the local time whose fields are the run's UTC fields.
  const mtime = new Date(
    Math.max(1980, created.getUTCFullYear()),
    created.getUTCMonth(),
    created.getUTCDate(),
    created.getUTCHours(),
    created.getUTCMinutes(),
    created.getUTCSeconds(),
  )
  return zipSync(sorted, { level: 6, mtime })
}
