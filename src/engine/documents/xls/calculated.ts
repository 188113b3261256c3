import { viewOf } from '../byte-view.ts'

/** A formula and its result ([MS-XLS] §2.4.127), whose position and format come before the result. */
const FORMULA = 0x0006
const RESULT_AT = 6
const RESULT_BYTES = 8
/** Both end a result that is no number: its first byte tells what it is ([MS-XLS] §2.5.133 FormulaValue). */
const NO_NUMBER = 0xffff
const EMPTY_TEXT = 0x03

/**
 * Whether the formulas of a workbook were calculated. A formula without a result has the empty text for one, as programs
 * write it that cannot calculate; so has one whose result is that. Where every formula of a workbook has it, none was
 * calculated.
 *
 * @param workbook the stream of records, BIFF5 or BIFF8
 */
export function isCalculated(workbook: Uint8Array): boolean {
  const view = viewOf(workbook)
  let hasFormulas = false
  for (let at = 0; at + 4 <= view.byteLength; at += 4 + view.getUint16(at + 2, true)) {
    const result = at + 4 + RESULT_AT
    if (view.getUint16(at, true) !== FORMULA || result + RESULT_BYTES > view.byteLength) continue
    hasFormulas = true
    const isEmpty = view.getUint16(result + 6, true) === NO_NUMBER && view.getUint8(result) === EMPTY_TEXT
    if (!isEmpty) return true
  }
  return !hasFormulas
}
