/**
 * The base text of a ruby that Word writes as a field, `EQ \* jc2 \* hps10 \o\ad(\s\up 9(reading),base)`: an
 * overstrike of a raised text and the text below it (ECMA-376 §17.16.5.17). Null for any other field.
 */
export function rubyBase(instruction: string): string | null {
  if (!/^\s*EQ\s/i.test(instruction)) return null
  const overstrike = /\\o(?:\\a[lcrd])?\s*\(/i.exec(instruction)
  if (overstrike === null) return null
  const operands = splitOperands(instruction, overstrike.index + overstrike[0].length)
  if (operands === null || operands.length !== 2) return null
  const [reading, base] = operands as [string, string]
  return /^\s*\\s\\up/i.test(reading) ? base.replaceAll(/\\([\\(),;])/g, '$1') : null
}

/** The operands that begin at a place up to the parenthesis that closes them; null where none does. */
function splitOperands(text: string, start: number): string[] | null {
  const operands: string[] = []
  let depth = 0
  let from = start
  for (let index = start; index < text.length; index++) {
    const character = text[index]
    if (character === '\\') index++
    else if (character === '(') depth++
    else if (character === ')' && depth > 0) depth--
    else if (depth === 0 && (character === ')' || character === ',' || character === ';')) {
      operands.push(text.slice(from, index))
      from = index + 1
      if (character === ')') return operands
    }
  }
  return null
}
