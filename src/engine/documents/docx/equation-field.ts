/** What a field without a result shows. */
export interface FieldText {
  readonly text: string
  /** Whether it had furigana, too. */
  readonly hasReading: boolean
}

/** Arguments that are read for; more of them make no sense. */
const MAX_ARGUMENTS = 100
const CIRCLES = new Map([...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'].map((sign, index) => [String(index + 1), sign]))

/**
 * The text of the EQ fields by which Word writes characters over one another (ISO/IEC 29500-1 §17.16.5.22): ruby of
 * old documents, `EQ \o\ad(\s\up 9(かな),仮名)`, of which the base is taken, and enclosed characters, `eq \o\ac(○,1)`.
 * Undefined for any other instruction.
 */
export function equationText(instruction: string): FieldText | undefined {
  const start = /^\s*eq\s[^(]{0,200}\\o\s*(?:\\a[lcrd]\s*)?\(/i.exec(instruction)
  if (start === null) return undefined
  const parts = splitArguments(instruction.slice(start[0].length))
  const base = parts.at(-1)?.trim() ?? ''
  const first = parts[0]?.trim() ?? ''
  const hasReading = parts.length > 1 && /^\\s\s*\\up/i.test(first)
  const isCircled = parts.length > 1 && /^[○◯]$/.test(first)
  return { text: (isCircled ? CIRCLES.get(base) : undefined) ?? base, hasReading }
}

/** The arguments up to the bracket that closes them, which commas or semicolons set apart. */
function splitArguments(text: string): readonly string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if (character === ')' && depth === 0) break
    if (character === '(') depth++
    else if (character === ')') depth--
    if ((character === ',' || character === ';') && depth === 0 && parts.length < MAX_ARGUMENTS)
      parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}
