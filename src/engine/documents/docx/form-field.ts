import { integerOf, isOn } from '../open-xml/attribute-values.ts'

/**
 * What a check box or a drop-down list of an old form shows (ISO/IEC 29500-1 §17.16.7, §17.16.9), whose field has no
 * result. The text of a text box is the result of its field.
 */
export class FormField {
  #isChecked = false
  #isCheckBox = false
  #selected = 0
  readonly #entries: string[] = []

  /** Takes an element within the field's properties, `w:ffData`. */
  set(name: string, parent: string | undefined, value: string | undefined): void {
    if (name === 'w:checkBox') this.#isCheckBox = true
    else if (parent === 'w:checkBox') {
      // The state comes after the one to begin with, and may be missing.
      if (name === 'w:default' || name === 'w:checked') this.#isChecked = isOn(value)
    } else if (parent !== 'w:ddList') return
    else if (name === 'w:listEntry') this.#entries.push(value ?? '')
    else if (name === 'w:default' || name === 'w:result') this.#selected = integerOf(value) ?? 0
  }

  get text(): string {
    if (this.#isCheckBox) return this.#isChecked ? '☒' : '☐'
    return this.#entries[this.#selected] ?? ''
  }
}
