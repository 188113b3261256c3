import { isSymbolFont, symbolSign } from '../fonts/symbol-fonts.ts'
import type { FieldText } from './field-text.ts'

/** Its code, decimal or with 0x. */
const SYMBOL = /^\s*symbol\s+(0x[\da-f]{1,6}|\d{1,7})(?![\w])/i
const FONT = /\\f\s*(?:"([^"]{0,64})"|([^\s"\\]{1,64}))/i
const LAST_CODE_POINT = 0x10ffff

/**
 * The sign that a SYMBOL field shows (ISO/IEC 29500-1 §17.16.5.60): a code of a symbol font, of Unicode (`\u`), of
 * Shift_JIS (`\j`), else of windows-1252. Word writes signs into RTF in this way. Undefined for any other instruction.
 */
export function symbolFieldText(instruction: string): FieldText | undefined {
  const found = SYMBOL.exec(instruction)
  if (found === null) return undefined
  const code = Number(found[1])
  const switches = instruction.slice(found[0].length)
  const [, quoted, bare] = FONT.exec(switches) ?? []
  const font = quoted ?? bare ?? ''
  return {
    text: isSymbolFont(font) ? symbolSign(font, code) : characterOf(code, switches),
    hasReading: false,
  }
}

function characterOf(code: number, switches: string): string {
  if (/\\u(?![a-z])/i.test(switches))
    return code <= LAST_CODE_POINT ? String.fromCodePoint(code).toWellFormed() : ''
  const bytes = code > 0xff ? Uint8Array.of((code >> 8) & 0xff, code & 0xff) : Uint8Array.of(code)
  return new TextDecoder(/\\j(?![a-z])/i.test(switches) ? 'shift_jis' : 'windows-1252').decode(bytes)
}
