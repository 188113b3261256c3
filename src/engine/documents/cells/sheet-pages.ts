import type { Extracted } from '../format-reader.ts'
import type { Sheet } from './sheet.ts'

/** Collects the sheets of a workbook in the order of their tabs. */
export class SheetPages {
  readonly #pages: string[] = []
  #isEmpty = true
  #leftOutHidden = false

  add(sheet: Sheet): void {
    const { text, isEmpty, leftOutHidden } = sheet.finish()
    this.#pages.push(text)
    this.#isEmpty &&= isEmpty
    this.#leftOutHidden ||= leftOutHidden
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
      health: { macros: hasMacros },
    }
  }
}
