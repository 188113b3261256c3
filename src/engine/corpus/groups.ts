/** Things that belong together, directly or by way of others: connected components. */
export class Groups {
  readonly #parent: Int32Array

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, index) => index)
  }

  join(a: number, b: number): void {
    const [first, second] = [this.of(a), this.of(b)]
    this.#parent[Math.max(first, second)] = Math.min(first, second)
  }

  /** The smallest index of the group that one is in. */
  of(index: number): number {
    const parent = this.#parent
    let node = index
    // Halving the paths keeps them short.
    for (let above = parent[node]!; above !== node; node = above, above = parent[node]!) {
      parent[node] = parent[above]!
    }
    return node
  }
}
