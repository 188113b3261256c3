import type { Tokenizer } from '../tokens/index.ts'

/**
 * Turns tokens into text as they come, so that the pieces make up what decoding all tokens at once gives. A character
 * whose bytes are not all there yet is held back. New tokens are decoded behind those emitted last: some tokenizers
 * drop the space before the first token of a text.
 */
export class TextStream {
  readonly #tokenizer: Pick<Tokenizer, 'decode'>
  readonly #emit: (text: string) => void
  #emitted: number[] = []
  #pending: number[] = []

  constructor(tokenizer: Pick<Tokenizer, 'decode'>, emit: (text: string) => void) {
    this.#tokenizer = tokenizer
    this.#emit = emit
  }

  push(token: number): void {
    this.#pending.push(token)
    const text = this.#pendingText()
    if (!text.endsWith('\ufffd')) this.#flush(text)
  }

  /** Emits what was held back: bytes that never became a character. */
  end(): void {
    this.#flush(this.#pendingText())
  }

  #pendingText(): string {
    const before = this.#tokenizer.decode(this.#emitted)
    return this.#tokenizer.decode([...this.#emitted, ...this.#pending]).slice(before.length)
  }

  #flush(text: string): void {
    if (text !== '') this.#emit(text)
    if (this.#pending.length > 0) this.#emitted = this.#pending
    this.#pending = []
  }
}
