import type { Extracted } from '../format-reader.ts'
import type { Sheet } from './sheet.ts'

/** Collects the sheets of a workbook in the order of their tabs. */
export class SheetPages {
  readonly #pages: string[] = []
  #isEmpty = true
  #leftOutHidden = false
  #formulasWithoutResult = 0

  add(sheet: Sheet): void {
    const { text, isEmpty, leftOutHidden, formulasWithoutResult } = sheet.finish()
    this.#pages.push(text)
    this.#isEmpty &&= isEmpty
    this.#leftOutHidden ||= leftOutHidden
    this.#formulasWithoutResult += formulasWithoutResult
  }

  skipHidden(): void {
    this.#leftOutHidden = true
  }

  /** A workbook of empty sheets has no text, not even their names. */
  extracted(hasMacros: boolean): Extracted {
    return {
      text: this.#isEmpty ? '' : this.#pages.join('\f'),
      hasPages: true,
      steps: this.#leftOutHidden ? ['hidden-text'] : [],
      health: { macros: hasMacros, formulasWithoutResult: this.#formulasWithoutResult },
    }
  }
}
