import type { Row } from './rows.ts'

const LINE_END = /(?<head>\p{L}[\p{L}\p{M}'’-]*[./]?)(?<hyphen>[-\u2010\u00ad])$/u
const LINE_START = /^\p{Ll}[\p{L}\p{M}'’]*/u
const WORD = /\p{L}[\p{L}\p{M}'’]*(?:[-\u2010]\p{L}[\p{L}\p{M}'’]*)*/gu
const HYPHENS: readonly string[] = ['-', '\u2010', '\u00ad']
/** Longest word end looked at. */
const REACH = 64

/** First parts of words that are written with a hyphen. */
const COMPOUND_HEADS: ReadonlySet<string> = new Set(
  (
    'all cost cross double end ex first full half hard high ill key left long low mid multi non off on one open ' +
    'read real right second self semi short single so state third three time top two ultra up user well write'
  ).split(' '),
)

/** Decides which hyphens at line ends belong to the word: by the words of the document itself. */
export class Hyphenation {
  readonly #pages: readonly (readonly Row[])[]
  #words: ReadonlySet<string> | undefined

  /** @param pages rows of each page */
  constructor(pages: readonly (readonly Row[])[]) {
    this.#pages = pages
  }

  /**
   * The end of a line without its hyphen where the next line finishes the word; null where the line ends in no
   * hyphen, or in one that belongs to the word.
   */
  undo(line: string, next: string): string | null {
    if (!HYPHENS.includes(line.slice(-1))) return null
    const end = line.slice(-REACH)
    const match = LINE_END.exec(end)
    const tail = LINE_START.exec(next.slice(0, REACH))?.[0]
    if (match?.groups === undefined || tail === undefined) return null
    const { head = '', hyphen = '' } = match.groups
    // Words with hyphens are broken at one of them rather than elsewhere.
    const isPart = /[-\u2010]/.test(end.charAt(match.index - 1))
    if (hyphen !== '\u00ad' && this.#isCompound(head.toLowerCase(), tail.toLowerCase(), isPart)) return null
    return line.slice(0, -1)
  }

  #isCompound(head: string, tail: string, isPart: boolean): boolean {
    this.#words ??= wordsOf(this.#pages)
    if (this.#words.has(head + tail)) return false
    return isPart || this.#words.has(`${head}-${tail}`) || COMPOUND_HEADS.has(head)
  }
}

function wordsOf(pages: readonly (readonly Row[])[]): ReadonlySet<string> {
  const words = new Set<string>()
  for (const rows of pages) {
    for (const { text } of rows) {
      for (const [word] of text.matchAll(WORD)) words.add(word.toLowerCase().replaceAll('\u2010', '-'))
    }
  }
  return words
}
