/** One learnt merge: the symbols `left` and `right` in a row become `merged`. */
export interface Merge {
  readonly left: number
  readonly right: number
  readonly merged: number
}

/** A piece of text as symbols, and how often it occurs. */
export interface CountedPiece {
  symbols: readonly number[]
  readonly count: number
}

/** Symbol ids stay below 2^20, so that a pair fits a double exactly and pairs order by left, then right. */
const RADIX = 2 ** 20

interface Candidate {
  readonly count: number
  readonly pair: number
}

/** The most frequent pair first; equal counts by the smaller pair, so that the order of the text cannot matter. */
function precedes(a: Candidate, b: Candidate): boolean {
  return a.count > b.count || (a.count === b.count && a.pair < b.pair)
}

class CandidateHeap {
  readonly #items: Candidate[] = []

  push(item: Candidate): void {
    const items = this.#items
    let index = items.push(item) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!precedes(item, items[parent]!)) break
      items[index] = items[parent]!
      index = parent
    }
    items[index] = item
  }

  pop(): Candidate | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return top
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= items.length) break
      if (child + 1 < items.length && precedes(items[child + 1]!, items[child]!)) child++
      if (!precedes(items[child]!, last)) break
      items[index] = items[child]!
      index = child
    }
    items[index] = last
    return top
  }
}

/**
 * Learns byte-pair merges (Sennrich et al., arXiv 1508.07909) one at a time. Pair counts are kept up to date from
 * the pieces that a merge touches; a heap holds counts that may be stale and are checked when they come up.
 */
export class MergeLearner {
  readonly #pieces: CountedPiece[]
  readonly #counts = new Map<number, number>()
  /** Pieces in which a pair occurred at some time; looked at again only when the pair is merged. */
  readonly #places = new Map<number, number[]>()
  readonly #heap = new CandidateHeap()

  constructor(pieces: Iterable<CountedPiece>) {
    this.#pieces = Array.from(pieces, ({ symbols, count }) => ({ symbols, count }))
    for (const [place, piece] of this.#pieces.entries()) this.#count(place, piece, 1, () => true)
    for (const [pair, count] of this.#counts) this.#heap.push({ count, pair })
  }

  /** The pair to merge next, or undefined when none occurs at least `minCount` times. */
  next(minCount: number): { readonly left: number; readonly right: number } | undefined {
    for (;;) {
      const top = this.#heap.pop()
      if (top === undefined) return undefined
      const count = this.#counts.get(top.pair) ?? 0
      if (count !== top.count) {
        if (count >= minCount) this.#heap.push({ count, pair: top.pair })
        continue
      }
      if (count < minCount) return undefined
      return { left: Math.floor(top.pair / RADIX), right: top.pair % RADIX }
    }
  }

  /** Replaces the pair by `merged` in every piece. */
  apply({ left, right, merged }: Merge): void {
    const merge = left * RADIX + right
    const places = this.#places.get(merge) ?? []
    this.#places.delete(merge)
    const changed = new Set<number>()
    for (const place of places) {
      const piece = this.#pieces[place]!
      const symbols = replacePair(piece.symbols, left, right, merged)
      if (symbols.length === piece.symbols.length) continue
      this.#count(place, piece, -1, () => false)
      piece.symbols = symbols
      this.#count(place, piece, 1, (a, b) => {
        const isNew = a === merged || b === merged
        if (isNew) changed.add(a * RADIX + b)
        return isNew
      })
    }
    for (const pair of changed) this.#heap.push({ count: this.#counts.get(pair) ?? 0, pair })
  }

  #count(
    place: number,
    piece: CountedPiece,
    sign: 1 | -1,
    isNewHere: (a: number, b: number) => boolean,
  ): void {
    const { symbols, count } = piece
    for (let i = 0; i + 1 < symbols.length; i++) {
      const pair = symbols[i]! * RADIX + symbols[i + 1]!
      const total = (this.#counts.get(pair) ?? 0) + sign * count
      if (total === 0) this.#counts.delete(pair)
      else this.#counts.set(pair, total)
      if (!isNewHere(symbols[i]!, symbols[i + 1]!)) continue
      const places = this.#places.get(pair)
      if (places === undefined) this.#places.set(pair, [place])
      else if (places.at(-1) !== place) places.push(place)
    }
  }
}

function replacePair(symbols: readonly number[], left: number, right: number, merged: number): number[] {
  const replaced: number[] = []
  for (let i = 0; i < symbols.length; i++) {
    if (symbols[i] === left && symbols[i + 1] === right) {
      replaced.push(merged)
      i++
    } else {
      replaced.push(symbols[i]!)
    }
  }
  return replaced
}
