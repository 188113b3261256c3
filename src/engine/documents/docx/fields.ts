import { type FieldText, fieldText } from '../fields/field-text.ts'
import { FormField } from './form-field.ts'

/** A field between its begin and its end (ISO/IEC 29500-1 §17.16.18). */
interface Field {
  instruction: string
  hasResult: boolean
  readonly form: FormField
}

/** Tells the results of fields, which a reader sees, from their instructions, which no one does. */
export class Fields {
  readonly #open: Field[] = []
  /** How many of the open fields have not come to their result. */
  #withoutResult = 0
  #hasSwallowed = false

  /** Whether text at this place is the text of a reader. */
  get isVisible(): boolean {
    return this.#withoutResult === 0
  }

  /** Whether text was taken for part of an instruction that never ends. */
  get hasSwallowed(): boolean {
    return this.#hasSwallowed && !this.isVisible
  }

  /** Tells that text was not shown because of a field. */
  swallow(): void {
    this.#hasSwallowed = true
  }

  /** Takes a `w:fldChar`. @returns what a field shows that ends here without a result */
  mark(type: string | undefined): FieldText | undefined {
    const field = this.#open.at(-1)
    if (type === 'begin') {
      this.#open.push({ instruction: '', hasResult: false, form: new FormField() })
      this.#withoutResult++
    } else if (type === 'separate' && field?.hasResult === false) {
      field.hasResult = true
      this.#withoutResult--
      if (this.isVisible) this.#hasSwallowed = false
    } else if (type === 'end' && field !== undefined) {
      this.#open.pop()
      if (field.hasResult) return undefined
      this.#withoutResult--
      if (this.isVisible) this.#hasSwallowed = false
      return fieldText(field.instruction) ?? { text: field.form.text, hasReading: false }
    }
    return undefined
  }

  /** Takes a property of the innermost field, by which forms are filled in. */
  setForm(name: string, parent: string | undefined, value: string | undefined): void {
    this.#open.at(-1)?.form.set(name, parent, value)
  }

  /** Takes a piece of the innermost field's instruction. */
  instruct(text: string): void {
    const field = this.#open.at(-1)
    if (field !== undefined && !field.hasResult) field.instruction += text
  }
}
