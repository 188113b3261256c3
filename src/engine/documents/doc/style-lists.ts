import type { ListPlace } from './list-numbers.ts'
import { tableOf, type WordFile, WordStructureError } from './word-file.ts'

/** What the properties of a paragraph say of lists. */
export type ListProperties = { readonly [Key in keyof ListPlace]: ListPlace[Key] | null }

const PARAGRAPH_STYLE = 1
const NO_STYLE = 0xfff

/**
 * The list properties of paragraph styles by their number, with those of the styles that they are based on (§2.9.271
 * STSH, §2.9.260 STD).
 *
 * @throws WordStructureError, RangeError
 */
export function styleLists(
  file: WordFile,
  listPropertiesIn: (properties: Uint8Array) => ListProperties,
): ReadonlyMap<number, ListProperties> {
  const view = tableOf(file, 'styles')
  const lists = new Map<number, ListProperties>()
  if (view.byteLength === 0) return lists
  const bases = new Map<number, number>()
  const baseBytes = view.getUint16(4, true)
  let at = 2 + view.getUint16(0, true)
  for (let style = 0, count = view.getUint16(2, true); style < count; style++) {
    const length = view.getUint16(at, true)
    const from = at + 2
    at = from + length
    if (at > view.byteLength) throw new WordStructureError('styles')
    if (length === 0 || (view.getUint16(from + 2, true) & 0xf) !== PARAGRAPH_STYLE) continue
    bases.set(style, view.getUint16(from + 2, true) >> 4)
    // Behind the name, its length before it and a zero after it; the number of the style comes first.
    const properties = from + baseBytes + 4 + 2 * view.getUint16(from + baseBytes, true)
    const end = properties + 2 + view.getUint16(properties, true)
    if (end > at) throw new WordStructureError('styles')
    lists.set(
      style,
      listPropertiesIn(
        new Uint8Array(view.buffer, view.byteOffset + properties + 4, Math.max(0, end - properties - 4)),
      ),
    )
  }
  return new Map([...lists.keys()].map((style) => [style, inherited(style, lists, bases)]))
}

function inherited(
  style: number,
  lists: ReadonlyMap<number, ListProperties>,
  bases: ReadonlyMap<number, number>,
): ListProperties {
  let found: ListProperties = { list: null, level: null }
  const seen = new Set<number>()
  for (let at = style; at !== NO_STYLE && !seen.has(at); at = bases.get(at) ?? NO_STYLE) {
    seen.add(at)
    const own = lists.get(at)
    found = { list: found.list ?? own?.list ?? null, level: found.level ?? own?.level ?? null }
  }
  return found
}
