import { absolute, type Addresses, columnLetters } from './addresses.ts'
import type { PlacedCell } from './placed.ts'
import { withoutNegativeZero } from './number-formats.ts'
import { safeText } from './safe-text.ts'
import type { InputCell } from './sheet-model.ts'
import type { CellStyle, Styles, StyleWish } from './styles.ts'

/** Of what is said about a refused input. */
const REFUSAL_LIMIT = 225

export type CellValue =
  string | number | null | { formula: string; result: string | number | { error: typeof NOT_AVAILABLE } }

/** What the writer's library calls the error of a value that is not there. */
const NOT_AVAILABLE = '#N/A'

/** The value of a cell as the writer's library takes it. Text is always a string: never a formula, never a link. */
export function cellValue({ content }: PlacedCell, addresses: Addresses, sheet: string): CellValue {
  switch (content.kind) {
    case 'text':
      return content.text === '' ? null : safeText(content.text)
    case 'number':
      return withoutNegativeZero(content.value, content.format)
    case 'missing':
      return 'n/a'
    case 'empty':
      return null
    case 'input':
      return typeof content.value === 'string' ? safeText(content.value) : content.value
    case 'formula': {
      const { result } = content
      return {
        formula: addresses.printFormula(content.formula, sheet),
        result:
          typeof result === 'string'
            ? safeText(result)
            : result === null || !Number.isFinite(result)
              ? { error: NOT_AVAILABLE }
              : result,
      }
    }
  }
}

export function cellStyle(cell: PlacedCell, styles: Styles): CellStyle {
  const { content, look, align, tone } = cell
  return styles.of({
    look,
    align,
    tone,
    isBold: (content.kind === 'text' || content.kind === 'formula') && content.bold === true,
    isInput: content.kind === 'input',
    wraps: wraps(cell),
    format: formatOf(cell),
  })
}

function wraps({ content }: PlacedCell): boolean {
  switch (content.kind) {
    case 'text':
      return true
    case 'formula':
      return content.format === 'text' || typeof content.result === 'string'
    case 'input':
      return typeof content.value === 'string'
    default:
      return false
  }
}

function formatOf({ content }: PlacedCell): StyleWish['format'] {
  switch (content.kind) {
    case 'number':
    case 'input':
      return content.format
    case 'formula':
      // In a cell formatted as text, a spreadsheet takes an edited formula for text.
      return content.format === 'text' ? 'general' : content.format
    case 'text':
    case 'missing':
      return 'text'
    case 'empty':
      return 'general'
  }
}

/** What a spreadsheet checks when the reader changes an input; null: nothing. */
export interface InputCheck {
  readonly type: 'custom' | 'list'
  readonly formula: string
  readonly refusal: string
}

/**
 * Numbers are checked by a formula, since the built-in comparisons cannot say "above 0 and at most 1". Choices are read
 * from cells, which take any text; `choices` says in which columns of the input's row they stand.
 */
export function inputCheck(
  { allowed, refusal }: InputCell,
  at: { readonly column: number; readonly row: number },
  choices: { readonly first: number; readonly last: number },
): InputCheck | null {
  const said = safeText(refusal).slice(0, REFUSAL_LIMIT).toWellFormed()
  switch (allowed.kind) {
    case 'any':
      return null
    case 'choice': {
      const formula = `$${columnLetters(choices.first)}$${at.row}:$${columnLetters(choices.last)}$${at.row}`
      return { type: 'list', formula, refusal: said }
    }
    case 'number': {
      const cell = absolute(at)
      const { isInteger, least, above, most, below } = allowed
      const tests = [
        `ISNUMBER(${cell})`,
        ...(isInteger ? [`${cell}=INT(${cell})`] : []),
        ...(least === null ? [] : [`${cell}>=${least}`]),
        ...(above === null ? [] : [`${cell}>${above}`]),
        ...(most === null ? [] : [`${cell}<=${most}`]),
        ...(below === null ? [] : [`${cell}<${below}`]),
      ]
      return { type: 'custom', formula: `AND(${tests.join(',')})`, refusal: said }
    }
  }
}
