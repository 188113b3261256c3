import { NORMALIZATION_STEPS, type NormalizationStep } from '../../shared/documents.ts'
import { composeLetters, foldCompatibilityCharacters } from './compatibility.ts'

export interface NormalizedText {
  readonly text: string
  /** The steps that changed something, in the order applied. */
  readonly steps: NormalizationStep[]
  /** Where each page begins in `text`, in order; empty unless the original has pages. */
  readonly pageStarts: number[]
}

export interface NormalizeOptions {
  /** Form feeds are page breaks. */
  readonly hasPages?: boolean
}

type PageStep = Exclude<NormalizationStep, 'surrounding-blank-lines'>

/** In the order applied. */
const PAGE_STEPS: Readonly<Record<PageStep, (text: string) => string>> = {
  // Kinds of line end and tab stay; lone surrogates and non-characters cannot be written as UTF-8 text.
  'control-characters': (text) =>
    text.replace(/[[\p{Cc}\ufffe\uffff]--[\t\n\v\f\r\x85]]/gv, '').toWellFormed(),
  // Joined files have them in the middle too.
  'byte-order-marks': (text) => text.replace(/\ufeff/g, ''),
  'line-ends': (text) => text.replace(/\r\n?|[\v\f\x85\u2028\u2029]/g, '\n'),
  'composed-characters': composeLetters,
  'compatibility-characters': foldCompatibilityCharacters,
  'trailing-spaces': trimLineEnds,
}

/**
 * Takes away what carries no meaning and differs between editors, fonts and systems: control characters, byte order
 * marks, kinds of line end, letters in parts, compatibility characters where safe (see foldCompatibilityCharacters),
 * spaces at line ends, blank lines around the text. Applying it to its own result changes nothing more.
 */
export function normalizeText(original: string, { hasPages = false }: NormalizeOptions = {}): NormalizedText {
  const changed = new Set<NormalizationStep>()
  const pages = (hasPages ? original.split('\f') : [original]).map((page) => {
    let text = page
    for (const [step, apply] of Object.entries(PAGE_STEPS) as [PageStep, (text: string) => string][]) {
      const next = apply(text)
      if (next !== text) changed.add(step)
      text = next
    }
    return text
  })
  if (pages.length > 1) changed.add('line-ends')
  const joined = pages.join('\n')
  const [from, to] = withoutSurroundingBlankLines(joined)
  if (to - from < joined.length) changed.add('surrounding-blank-lines')
  return {
    text: joined.slice(from, to),
    steps: NORMALIZATION_STEPS.filter((step) => changed.has(step)),
    pageStarts: hasPages ? pageStarts(pages, from, to) : [],
  }
}

/** Starts of pages joined by one line end each, in the part [from, to) of the whole. */
function pageStarts(pages: readonly string[], from: number, to: number): number[] {
  let position = 0
  return pages.map((page, index) => {
    const start = index === 0 ? from : Math.min(Math.max(position, from), to)
    position += page.length + 1
    return start - from
  })
}

// No regular expressions below: `[ \t]+$` and `\n+$` take quadratic time on long runs inside a text.

function trimLineEnds(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      let end = line.length
      while (end > 0 && ' \t\u3000'.includes(line.charAt(end - 1))) end--
      return line.slice(0, end)
    })
    .join('\n')
}

function withoutSurroundingBlankLines(text: string): [from: number, to: number] {
  let from = 0
  let to = text.length
  while (text[from] === '\n') from++
  while (to > from && text[to - 1] === '\n') to--
  return [from, to]
}
