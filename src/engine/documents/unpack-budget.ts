import { AppError } from '../../shared/errors.ts'

/** What may still be inflated out of one file, archives within archives included. */
export class UnpackBudget {
  readonly #limit: number
  #left: number

  constructor(limit: number) {
    this.#limit = limit
    this.#left = limit
  }

  /** Takes bytes that were inflated, as they come. @throws AppError documents/unpacked-too-large */
  take(bytes: number, name: string): void {
    this.#left -= bytes
    if (this.#left < 0) throw new AppError('documents/unpacked-too-large', { name, limit: this.#limit })
  }
}
