const NONE = -1

/**
 * Numbers listed under keys, in typed arrays of 24 bytes an entry at most: a Map of arrays takes several times as much
 * for the hundred thousands of entries that a large folder makes.
 */
export class KeyIndex {
  readonly #slots: Int32Array
  readonly #keys: Float64Array
  readonly #values: Int32Array
  readonly #next: Int32Array
  #count = 0

  /** @param most entries that will be added */
  constructor(most: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(most + 1))).fill(NONE)
    this.#keys = new Float64Array(most)
    this.#values = new Int32Array(most)
    this.#next = new Int32Array(most)
  }

  /** @param key integer, spread evenly */
  add(key: number, value: number): void {
    const entry = this.#count++
    const slot = this.#slot(key)
    this.#keys[entry] = key
    this.#values[entry] = value
    this.#next[entry] = this.#slots[slot]!
    this.#slots[slot] = entry
  }

  /** What was added under a key, the latest first. */
  of(key: number): number[] {
    const found: number[] = []
    for (let entry = this.#slots[this.#slot(key)]!; entry !== NONE; entry = this.#next[entry]!) {
      if (this.#keys[entry] === key) found.push(this.#values[entry]!)
    }
    return found
  }

  /** The low bits of the key. */
  #slot(key: number): number {
    return key & (this.#slots.length - 1)
  }
}
