/** A change that normalisation makes; the same in every run, and recorded with the document. */
export type NormalizationStep =
  'control-characters' | 'byte-order-marks' | 'line-ends' | 'trailing-spaces' | 'surrounding-blank-lines'

export interface NormalizedText {
  readonly text: string
  /** The steps that changed something, in the order applied. */
  readonly steps: readonly NormalizationStep[]
}

const STEPS: readonly (readonly [NormalizationStep, (text: string) => string])[] = [
  // Kinds of line end and tab stay; lone surrogates and non-characters cannot be written as UTF-8 text.
  [
    'control-characters',
    (text) => text.replace(/[[\p{Cc}\ufffe\uffff]--[\t\n\v\f\r\x85]]/gv, '').toWellFormed(),
  ],
  // Joined files have them in the middle too.
  ['byte-order-marks', (text) => text.replace(/\ufeff/g, '')],
  ['line-ends', (text) => text.replace(/\r\n?|[\v\f\x85\u2028\u2029]/g, '\n')],
  ['trailing-spaces', trimLineEnds],
  ['surrounding-blank-lines', trimBlankLines],
]

/**
 * Takes away what carries no meaning and differs between editors: control characters, byte order marks, kinds of
 * line end, spaces at line ends, blank lines around the text. Characters are not folded (no NFKC): models are
 * scored on the text as the company writes it. Applying it twice changes nothing more.
 */
export function normalizeText(original: string): NormalizedText {
  const steps: NormalizationStep[] = []
  let text = original
  for (const [step, apply] of STEPS) {
    const next = apply(text)
    if (next !== text) steps.push(step)
    text = next
  }
  return { text, steps }
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

function trimBlankLines(text: string): string {
  let start = 0
  let end = text.length
  while (text[start] === '\n') start++
  while (end > start && text[end - 1] === '\n') end--
  return text.slice(start, end)
}
