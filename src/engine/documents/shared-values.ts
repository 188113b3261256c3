/** Beyond so many different values, more of them are kept as they came. */
const MOST_VALUES = 1000

/** One copy of equal values, so that thousands of records with the same words hold them once. */
export class SharedValues {
  readonly #values = new Map<string, unknown>()

  /** The first value equal to this one. @param value of plain objects, arrays and primitives; not to be changed */
  of<T>(value: T): T {
    const key = JSON.stringify(value)
    const known = this.#values.get(key)
    if (known !== undefined) return known as T
    if (this.#values.size < MOST_VALUES) this.#values.set(key, value)
    return value
  }
}
