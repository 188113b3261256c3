import { Matrix } from 'ml-matrix'

/** E[x xᵀ] of one group, [side, side]. It is symmetric: only the upper triangle is held, row by row, in float64. */
export class SecondMoments {
  readonly #side: number
  readonly #upper: Float64Array

  constructor(side: number) {
    this.#side = side
    this.#upper = new Float64Array((side * (side + 1)) / 2)
  }

  /** Adds a batch's Σ x xᵀ, [side, side]. */
  add(sums: Float32Array): void {
    const [side, upper] = [this.#side, this.#upper]
    let at = 0
    for (let row = 0; row < side; row++) {
      for (let column = row; column < side; column++) upper[at++]! += sums[row * side + column]!
    }
  }

  /** Turns sums over `tokens` tokens into means. */
  divide(tokens: number): void {
    const upper = this.#upper
    for (let at = 0; at < upper.length; at++) upper[at]! /= tokens
  }

  toMatrix(): Matrix {
    const matrix = Matrix.zeros(this.#side, this.#side)
    let at = 0
    for (let row = 0; row < this.#side; row++) {
      for (let column = row; column < this.#side; column++) {
        const value = this.#upper[at++]!
        matrix.set(row, column, value)
        matrix.set(column, row, value)
      }
    }
    return matrix
  }
}
