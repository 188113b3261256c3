import { tableOf, type WordFile, WordStructureError } from './word-file.ts'

/** Bytes of what is told of a font before its name (§2.9.91 FFN). */
const BEFORE_NAME = 39

/** The names of the fonts, by the numbers that text refers to them with (§2.9.286 SttbfFfn). @throws WordStructureError */
export function fontNames(file: WordFile): readonly string[] {
  const view = tableOf(file, 'fonts')
  if (view.byteLength < 4) return []
  const names: string[] = []
  let at = 4
  for (let count = view.getUint16(0, true); count > 0; count--) {
    if (at >= view.byteLength) throw new WordStructureError('fonts')
    const from = at + 1 + BEFORE_NAME
    at += 1 + view.getUint8(at)
    if (at > view.byteLength) throw new WordStructureError('fonts')
    const bytes = Buffer.from(view.buffer, view.byteOffset + from, Math.max(0, at - from))
    names.push(bytes.toString('utf16le').split('\0', 1)[0]!)
  }
  return names
}
