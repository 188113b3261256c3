import { Parser } from 'htmlparser2'

import type { ReadStep } from '../../../shared/documents.ts'
import type { ReaderInput } from '../format-reader.ts'
import { tooDeep } from '../limit-errors.ts'
import { TextLines } from './text-lines.ts'

/** Elements whose content no reader of the page sees. */
const UNSEEN = new Set(
  'annotation annotation-xml audio canvas datalist defs desc head iframe metadata noembed noframes noscript object script style symbol template title video'.split(
    ' ',
  ),
)
const RUBY_READINGS = new Set(['rp', 'rt', 'rtc'])
const PREFORMATTED = new Set(['listing', 'pre', 'textarea', 'xmp'])
/** Elements with a line of their own, after the style sheet that the HTML standard suggests (§15.3). */
const BLOCKS = new Set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search section summary table tbody text tfoot thead tr ul xmp'.split(
    ' ',
  ),
)
/** What a table of data does not hold in its cells: such a row arranges a page. */
const LAYOUT_SIGNS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table'])

type Omission = 'unseen' | Extract<ReadStep, 'hidden-text' | 'ruby-readings'>

interface OpenElement {
  readonly name: string
  /** Why its text is left out, be it for an element around it. */
  omission: Omission | null
  readonly isPreformatted: boolean
}

interface Row {
  /** The lines of each cell. */
  readonly cells: (readonly string[])[]
  isLayout: boolean
}

/**
 * The readable text of an HTML page, after the `innerText` algorithm of the HTML standard: block elements on lines of
 * their own, a table row on a line with its cells apart by tabs, the lines of such a cell apart by spaces. The cells
 * of a row that arranges a page stand one below the other. Ruby without the readings; no addresses of links, no
 * bullets; nothing that the `hidden` attribute or an element's own style hides (style sheets are not followed).
 *
 * @throws AppError documents/too-deep
 */
export function htmlText(
  html: string,
  input: Pick<ReaderInput, 'name' | 'limits'>,
): { readonly text: string; readonly steps: readonly ReadStep[] } {
  const page = new Page()
  const parser = new Parser(
    {
      onopentag: (element, attributes) => {
        page.open(element, attributes)
        if (page.depth > input.limits.elementDepth) throw tooDeep(input)
      },
      ontext: (text) => page.text(text),
      onclosetag: () => page.close(),
    },
    { recognizeSelfClosing: /^\s*<\?xml\s/.test(html) },
  )
  parser.end(html)
  return page.finish()
}

class Page {
  readonly #open: OpenElement[] = []
  /** The page itself, then the cells around the place, outermost first. */
  readonly #lines: TextLines[] = [new TextLines()]
  readonly #rows: Row[] = []
  readonly #steps = new Set<ReadStep>()
  /** Whether a preformatted element has just begun: a line break here is none of its text (HTML standard §13.1.2.5). */
  #isAtPreformatted = false

  get depth(): number {
    return this.#open.length
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const parent = this.#open.at(-1)
    // The base text after a reading, whose end tag may be left out.
    if (name === 'rb' && parent?.name === 'rt') parent.omission = null
    const omission = parent?.omission ?? omissionOf(name, attributes)
    const isPreformatted = parent?.isPreformatted === true || PREFORMATTED.has(name)
    this.#open.push({ name, omission, isPreformatted })
    this.#isAtPreformatted = PREFORMATTED.has(name)
    if (omission !== null) return
    const row = this.#rows.at(-1)
    if (row !== undefined && LAYOUT_SIGNS.has(name)) row.isLayout = true
    if (name === 'br') this.#current.breakLine()
    if (BLOCKS.has(name)) this.#current.endBlock()
    if (name === 'tr') this.#rows.push({ cells: [], isLayout: false })
    if (isCell(name)) this.#lines.push(new TextLines())
  }

  text(text: string): void {
    const element = this.#open.at(-1)
    const omission = element?.omission ?? null
    if (omission === null) {
      const shown = this.#isAtPreformatted ? text.replace(/^\r?\n/, '') : text
      if (element?.isPreformatted === true) this.#current.addPreformatted(shown)
      else this.#current.add(text)
    } else if (omission !== 'unseen' && text.trim() !== '') this.#steps.add(omission)
    this.#isAtPreformatted = false
  }

  close(): void {
    const element = this.#open.pop()
    this.#isAtPreformatted = false
    if (element === undefined || element.omission !== null) return
    if (BLOCKS.has(element.name)) this.#current.endBlock()
    if (isCell(element.name)) this.#closeCell()
    if (element.name === 'tr') this.#closeRow()
  }

  finish(): { readonly text: string; readonly steps: readonly ReadStep[] } {
    return { text: this.#current.finish().join('\n'), steps: [...this.#steps] }
  }

  get #current(): TextLines {
    return this.#lines.at(-1)!
  }

  #closeCell(): void {
    const lines = this.#lines.pop()!.finish()
    const row = this.#rows.at(-1)
    if (row === undefined) this.#current.addLines(lines)
    else row.cells.push(lines)
  }

  #closeRow(): void {
    const { cells, isLayout } = this.#rows.pop()!
    const filled = cells.filter((lines) => lines.length > 0)
    if (isLayout || filled.length < 2) this.#current.addLines(filled.flat())
    else {
      const last = cells.findLastIndex((lines) => lines.length > 0)
      const shown = cells.slice(0, last + 1).map((lines) => lines.join(' '))
      this.#current.addLines([shown.join('\t')])
    }
  }
}

const isCell = (name: string): boolean => name === 'td' || name === 'th'

function omissionOf(name: string, attributes: Readonly<Record<string, string>>): Omission | null {
  if (UNSEEN.has(name)) return 'unseen'
  if (RUBY_READINGS.has(name)) return 'ruby-readings'
  const isHidden =
    'hidden' in attributes ||
    /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)/i.test(
      attributes['style'] ?? '',
    )
  return isHidden ? 'hidden-text' : null
}
