import { SeededRandom } from '../kernel/random.ts'

/** Token windows and the tokens that follow each of theirs, both int32 [batch · length]. */
export interface TokenWindows {
  readonly ids: Int32Array
  readonly targets: Int32Array
}

/** Where a stream stands; `SeededRandom` state at the start of the epoch and the next token's index in it. */
export interface StreamPosition {
  readonly epoch: number
  readonly random: readonly number[]
  readonly offset: number
}

/**
 * Endless training tokens: each epoch is all documents in a fresh random order, every one followed by the
 * end-of-text token, cut into windows without gaps or repeats.
 */
export class TokenStream {
  readonly #documents: readonly Int32Array[]
  readonly #endOfText: number
  #random: SeededRandom
  #epochStart: readonly number[]
  #epoch = 0
  #offset = 0
  #tokens: Int32Array

  /** @throws RangeError when there is no token at all */
  constructor(documents: readonly Int32Array[], endOfText: number, seed: number) {
    if (!documents.some((document) => document.length > 0)) throw new RangeError('no tokens to train on')
    this.#documents = documents
    this.#endOfText = endOfText
    this.#random = new SeededRandom(seed)
    this.#epochStart = this.#random.state
    this.#tokens = this.#shuffled()
  }

  get position(): StreamPosition {
    return { epoch: this.#epoch, random: this.#epochStart, offset: this.#offset }
  }

  /** Continues from a position of a stream over the same documents. */
  seek({ epoch, random, offset }: StreamPosition): void {
    this.#random = SeededRandom.restore(random)
    this.#epochStart = random
    this.#epoch = epoch
    this.#offset = offset
    this.#tokens = this.#shuffled()
  }

  next(batch: number, length: number): TokenWindows {
    const ids = new Int32Array(batch * length)
    const targets = new Int32Array(batch * length)
    for (let row = 0; row < batch; row++) {
      for (let column = 0; column < length; column++) {
        ids[row * length + column] = this.#take()
      }
      targets.set(ids.subarray(row * length + 1, (row + 1) * length), row * length)
      targets[(row + 1) * length - 1] = this.#tokens[this.#offset]!
    }
    return { ids, targets }
  }

  /** The current token; the position is always on a valid one. */
  #take(): number {
    const token = this.#tokens[this.#offset]!
    if (++this.#offset === this.#tokens.length) {
      this.#epochStart = this.#random.state
      this.#epoch++
      this.#offset = 0
      this.#tokens = this.#shuffled()
    }
    return token
  }

  #shuffled(): Int32Array {
    const order = this.#random.shuffle([...this.#documents])
    const tokens = new Int32Array(order.reduce((sum, document) => sum + document.length + 1, 0))
    let offset = 0
    for (const document of order) {
      tokens.set(document, offset)
      offset += document.length
      tokens[offset++] = this.#endOfText
    }
    return tokens
  }
}
