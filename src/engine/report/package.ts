import { strFromU8, strToU8, zipSync } from 'fflate'

import type { Parts } from './drawings.ts'

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
 * Column widths count digits of the first font, and spreadsheets without it take another's. Arial 10, or a font of its
 * widths, is everywhere; its digits are 7 pixels wide, as `sheet-measures.ts` has it.
 */
const BASE_FONT = '<font><sz val="10"/><color theme="1"/><name val="Arial"/><family val="2"/></font>'

/** More takes twice the time for 3 % of the size. */
const COMPRESSION = 4

/** Mends what the writer's library writes against the schema. */
export function mendPackage(parts: Parts): void {
  const styles = parts['xl/styles.xml']
  if (styles !== undefined)
    parts['xl/styles.xml'] = strToU8(mendFonts(strFromU8(styles)).replace(/<font>.*?<\/font>/s, BASE_FONT))
}

/**
 * Packs a workbook's parts so that equal content gives equal bytes: entries sorted, one fixed time.
 *
 * @param created time stamped on every entry (ZIP stores local time from 1980 on, in steps of two seconds)
 */
export function packDeterministically(parts: Parts, created: Date): Uint8Array {
  const sorted = Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)))
  // The zip format has no time zone: build the local time whose fields are the run's UTC fields.
  const mtime = new Date(
    Math.max(1980, created.getUTCFullYear()),
    created.getUTCMonth(),
    created.getUTCDate(),
    created.getUTCHours(),
    created.getUTCMinutes(),
    created.getUTCSeconds(),
  )
  return zipSync(sorted, { level: COMPRESSION, mtime })
}
