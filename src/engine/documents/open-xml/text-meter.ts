import { AppError } from '../../../shared/errors.ts'
import type { ReaderInput } from '../format-reader.ts'

/** Counts the text read out of one document against its limit as it comes. */
export class TextMeter {
  readonly #input: ReaderInput
  #characters = 0

  constructor(input: ReaderInput) {
    this.#input = input
  }

  /** Counts UTF-16 code units. @throws AppError documents/too-long */
  take(characters: number): void {
    const { name, limits } = this.#input
    this.#characters += characters
    if (this.#characters > limits.characters) {
      throw new AppError('documents/too-long', {
        name,
        characters: this.#characters,
        limit: limits.characters,
      })
    }
  }
}
