import { equationText } from './equation-field.ts'
import { symbolFieldText } from './symbol-field.ts'

/** What a field of Word shows that has no result. */
export interface FieldText {
  readonly text: string
  /** Whether it had furigana, too. */
  readonly hasReading: boolean
}

/** What the instruction of a field draws by itself; undefined for one whose result is all there is to see. */
export function fieldText(instruction: string): FieldText | undefined {
  return equationText(instruction) ?? symbolFieldText(instruction)
}
