import type { PlacedSheet } from './placed.ts'
import type { Formula, Reference } from './sheet-model.ts'

/** Longest formula Excel takes. */
const FORMULA_LIMIT = 8192

/** Where a cell stands; the first column and row are 1. */
export interface Address {
  readonly sheet: string
  readonly column: number
  readonly row: number
}

interface Printed extends Address {
  /** Its absolute reference without the sheet: tens of thousands of formulas print a few thousand cells. */
  readonly printed: string
}

/** Letters of a column: 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

export const absolute = ({ column, row }: { readonly column: number; readonly row: number }): string =>
  `$${columnLetters(column)}$${row}`

/** A sheet's name as references have it: quoted, since it may hold spaces and ・. */
export const sheetReference = (sheet: string): string => `'${sheet.replaceAll("'", "''")}'!`

/** Where every cell with an id stands, and how references to them are printed. */
export class Addresses {
  readonly #byId = new Map<string, Printed>()

  constructor(sheets: readonly PlacedSheet[]) {
    const names = new Set<string>()
    for (const { name: sheet, rows } of sheets)
      for (const [index, { cells }] of rows.entries())
        for (const { column, content } of cells) {
          if (content.name !== undefined && names.has(content.name))
            throw new Error(`two cells are named ${content.name}`)
          if (content.name !== undefined) names.add(content.name)
          if (content.id === undefined) continue
          if (this.#byId.has(content.id)) throw new Error(`two cells are called ${content.id}`)
          const row = index + 1
          this.#byId.set(content.id, { sheet, column, row, printed: absolute({ column, row }) })
        }
  }

  #of(id: string): Printed {
    const address = this.#byId.get(id)
    if (address === undefined) throw new Error(`no cell is called ${id}`)
    return address
  }

  /** First and last cell of what is referred to. */
  ends(reference: Reference): { readonly first: Printed; readonly last: Printed } {
    const isOne = 'cell' in reference
    const first = this.#of(isOne ? reference.cell : reference.from)
    const last = isOne ? first : this.#of(reference.to)
    if (first.sheet !== last.sheet || (first.row !== last.row && first.column !== last.column))
      throw new Error(`${JSON.stringify(reference)} are not in one row or column`)
    return { first, last }
  }

  /** @param onSheet where the reference is printed; null in a chart, where the sheet is always named */
  printReference(reference: Reference, onSheet: string | null): string {
    const { first, last } = this.ends(reference)
    const cells = first === last ? first.printed : `${first.printed}:${last.printed}`
    return first.sheet === onSheet ? cells : `${sheetReference(first.sheet)}${cells}`
  }

  /** The formula without its leading "=". */
  printFormula(formula: Formula, onSheet: string): string {
    const printed = formula
      .map((part) => (typeof part === 'string' ? part : this.printReference(part, onSheet)))
      .join('')
    if (printed.length > FORMULA_LIMIT) throw new Error(`a formula of ${printed.length} characters`)
    return printed
  }
}
