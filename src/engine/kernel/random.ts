/**
 * A seeded generator of uniform and normal numbers (sfc32, Chris Doty-Humphrey's PractRand family) whose whole
 * state can be saved, so that resumed work continues with the same draws.
 */
export class SeededRandom {
  #a: number
  #b: number
  #c: number
  #d: number

  /** @param seed any finite number; different seeds give unrelated streams. */
  constructor(seed: number) {
    // splitmix32 spreads nearby seeds over the whole state.
    let state = Math.trunc(seed) | 0
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0
      let z = state ^ (state >>> 16)
      z = Math.imul(z, 0x21f0aaad)
      z ^= z >>> 15
      z = Math.imul(z, 0x735a2d97)
      return z ^ (z >>> 15)
    }
    this.#a = next()
    this.#b = next()
    this.#c = next()
    this.#d = 1
    for (let i = 0; i < 12; i++) this.#next32()
  }

  /** A generator continuing from a saved state. */
  static restore(state: readonly number[]): SeededRandom {
    const random = new SeededRandom(0)
    const [a, b, c, d] = state
    if (a === undefined || b === undefined || c === undefined || d === undefined) {
      throw new RangeError('a random state has four integers')
    }
    random.#a = a | 0
    random.#b = b | 0
    random.#c = c | 0
    random.#d = d | 0
    return random
  }

  /** Four 32-bit integers from which `restore` continues. */
  get state(): readonly [number, number, number, number] {
    return [this.#a, this.#b, this.#c, this.#d]
  }

  #next32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + t) | 0
    return t >>> 0
  }

  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number {
    return ((this.#next32() >>> 5) * 67108864 + (this.#next32() >>> 6)) / 9007199254740992
  }

  /** Uniform integer in [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound)
  }

  /** Standard normal (Box–Muller, one value a call: no hidden second value in the state). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Shuffles in place (Fisher–Yates) and returns the array. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      ;[items[i], items[j]] = [items[j]!, items[i]!]
    }
    return items
  }
}
