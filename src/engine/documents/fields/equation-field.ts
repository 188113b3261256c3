import type { FieldText } from './field-text.ts'

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
  const base = (parts.at(-1) ?? '').replaceAll(/\\([\\(),;])/g, '$1')
  const first = parts[0] ?? ''
  const hasReading = parts.length > 1 && /^\\s\s*\\up/i.test(first)
  const isCircled = parts.length > 1 && /^[○◯]$/.test(first)
  return { text: (isCircled ? CIRCLES.get(base) : undefined) ?? base, hasReading }
}

/** The arguments up to the bracket that closes them, which commas or semicolons set apart. */
function splitArguments(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  let at = 0
  for (; at < text.length; at++) {
    const character = text[at]
    if (character === ')' && depth === 0) break
    // What stands behind a backslash means itself, or is an instruction.
    if (character === '\\') at++
    else if (character === '(') depth++
    else if (character === ')') depth--
    else if ((character === ',' || character === ';') && depth === 0 && parts.length < MAX_ARGUMENTS) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from, at)].map((part) => part.trim())
}
