/** Columns of the widest sheet there is, A to XFD. */
export const MAX_COLUMNS = 16_384

/** A range of merged cells; rows and columns count from 0, both ends belong to it. */
export interface MergedRange {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** Columns that a sheet does not show. */
export class HiddenColumns {
  readonly #isHidden = new Uint8Array(MAX_COLUMNS)
  #before: Uint16Array | undefined

  /** Both ends belong to the range; what lies beyond the widest sheet does not count. */
  hide(first: number, last: number): void {
    this.#isHidden.fill(1, Math.max(0, first), Math.max(0, last + 1))
    this.#before = undefined
  }

  has(column: number): boolean {
    return this.#isHidden[column] === 1
  }

  /** How many of so many columns from `first` are not hidden. */
  countShown(first: number, count: number): number {
    const end = Math.min(first + count, MAX_COLUMNS)
    return Math.max(0, end - first) - (this.countBefore(end) - this.countBefore(first))
  }

  /** Hidden columns left of one. */
  countBefore(column: number): number {
    this.#before ??= this.#sums()
    return this.#before[column] ?? 0
  }

  #sums(): Uint16Array {
    const before = new Uint16Array(MAX_COLUMNS + 1)
    let count = 0
    for (const [column, isHidden] of this.#isHidden.entries()) {
      before[column] = count
      count += isHidden
    }
    before[MAX_COLUMNS] = count
    return before
  }
}

/** Tells, row by row downwards, which cells lie under a merged one. A range costs nothing for its rows. */
export class CoveredCells {
  readonly #ranges: readonly MergedRange[]
  /** For each column the row above which all is covered, and the last row in which a merged cell begins there. */
  readonly #coveredTo = new Uint32Array(MAX_COLUMNS)
  readonly #beginsIn = new Int32Array(MAX_COLUMNS).fill(-1)
  #next = 0

  constructor(ranges: readonly MergedRange[]) {
    this.#ranges = ranges.toSorted((one, other) => one.top - other.top)
  }

  /** Rows must be asked for in ascending order. */
  has(row: number, column: number): boolean {
    for (let range = this.#ranges[this.#next]; range !== undefined && range.top <= row;) {
      this.#coveredTo.fill(range.bottom + 1, range.left, range.right + 1)
      this.#beginsIn[range.left] = range.top
      range = this.#ranges[++this.#next]
    }
    return row < (this.#coveredTo[column] ?? 0) && this.#beginsIn[column] !== row
  }
}
