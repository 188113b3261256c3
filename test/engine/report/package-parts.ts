import { strFromU8, unzipSync } from 'fflate'

/** Quotes as they are where XML does not need them escaped: between tags. */
const readable = (xml: string): string =>
  xml.replace(/>[^<]+</g, (between) => between.replaceAll('&quot;', '"').replaceAll('&apos;', "'"))

/** The text of every part of a workbook by its path. */
export const partsOf = (workbook: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(unzipSync(workbook)).map(([path, bytes]) => [path, readable(strFromU8(bytes))]),
  )

/** The text of one part. @throws Error when the workbook does not have it */
export function partOf(workbook: Uint8Array, path: string): string {
  const part = partsOf(workbook)[path]
  if (part === undefined) throw new Error(`no ${path}`)
  return part
}

/** The cell of an address as XML, without the style's number. */
export function cellXml(workbook: Uint8Array, address: string, sheet = 1): string {
  const xml = partOf(workbook, `xl/worksheets/sheet${sheet}.xml`)
  const found = new RegExp(`<c r="${address}"[^>]*?(/>|>.*?</c>)`, 's').exec(xml)
  if (found === null) throw new Error(`no cell ${address}`)
  return found[0].replace(/ s="\d+"/, '')
}
