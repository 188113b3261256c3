import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix'

/**
 * How the values of a group become one: m = Σ mixₕ vₕ, and vₕ ≈ foldₕ m, so that the output projection of head h
 * absorbs foldₕ. Both are [d_h, d_h].
 */
export interface ValueMerge {
  readonly mix: readonly Matrix[]
  readonly fold: readonly Matrix[]
}

/** Procrustes converges in a few rounds; more change nothing visible. */
const PROCRUSTES_ROUNDS = 12

/** Below this part of the largest eigenvalue an output direction counts as unused. */
const RELATIVE_FLOOR = 1e-10

/** The plain mean of the group's values (arXiv 2305.13245). */
export function meanValues(group: number, headDim: number): ValueMerge {
  return {
    mix: Array.from({ length: group }, () => Matrix.eye(headDim).div(group)),
    fold: Array.from({ length: group }, () => Matrix.eye(headDim)),
  }
}

/**
 * Generalized orthogonal Procrustes on activations, then the mean, rescaled to the heads' mean Frobenius norm
 * (arXiv 2412.20677).
 *
 * @param moments E[v vᵀ] of the group, [g·d_h, g·d_h]
 */
export function alignValues(moments: Matrix, group: number): ValueMerge {
  const headDim = moments.rows / group
  const block = (a: number, b: number): Matrix => blockOf(moments, a, b, headDim)
  // The first target is the first head itself.
  let fold = Array.from({ length: group }, (_, head) => polarFactor(block(head, 0)))
  for (let round = 0; round < PROCRUSTES_ROUNDS; round++) {
    const previous = fold
    fold = previous.map((_, head) => {
      const correlation = Matrix.zeros(headDim, headDim)
      for (const [other, rotation] of previous.entries()) correlation.add(block(head, other).mmul(rotation))
      return polarFactor(correlation)
    })
  }
  const mix = fold.map((rotation) => rotation.transpose().div(group))
  const scale = scaleToHeads(moments, mix)
  return { mix: mix.map((matrix) => matrix.mul(scale)), fold }
}

/**
 * The d_h-dimensional subspace that keeps most of what the group's output projections let through: joint PCA of the
 * values weighted by activations and by W_o. Scaled so that the merged value is as large as a head's on average.
 *
 * @param moments E[v vᵀ] of the group, [g·d_h, g·d_h]
 * @param outputGrams for each head Σ W_oᵀ W_o over its query heads, [d_h, d_h]
 */
export function subspaceValues(moments: Matrix, outputGrams: readonly Matrix[]): ValueMerge {
  const group = outputGrams.length
  const headDim = moments.rows / group
  const roots = outputGrams.map(squareRoots)
  const weighted = Matrix.zeros(moments.rows, moments.rows)
  for (const [a, { root: left }] of roots.entries()) {
    for (const [b, { root: right }] of roots.entries()) {
      weighted.setSubMatrix(left.mmul(blockOf(moments, a, b, headDim)).mmul(right), a * headDim, b * headDim)
    }
  }
  const { vectors } = symmetricEigen(weighted)
  const kept = vectors.subMatrix(0, vectors.rows - 1, vectors.columns - headDim, vectors.columns - 1)
  const part = (head: number): Matrix =>
    kept.subMatrix(head * headDim, (head + 1) * headDim - 1, 0, headDim - 1)
  const mix = roots.map(({ root }, head) => part(head).transpose().mmul(root))
  const fold = roots.map(({ inverse }, head) => inverse.mmul(part(head)))
  const scale = scaleToHeads(moments, mix)
  return { mix: mix.map((matrix) => matrix.mul(scale)), fold: fold.map((matrix) => matrix.div(scale)) }
}

/** Makes the merged value as large as a head's on average; 1 for a group without energy, which has no scale. */
function scaleToHeads(moments: Matrix, mix: readonly Matrix[]): number {
  const [heads, merged] = [meanNorm(moments, mix.length), mergedNorm(moments, mix)]
  return heads > 0 && merged > 0 ? heads / merged : 1
}

/** Mean over the heads of √E‖vₕ‖². */
function meanNorm(moments: Matrix, group: number): number {
  const headDim = moments.rows / group
  let sum = 0
  for (let head = 0; head < group; head++)
    sum += Math.sqrt(Math.max(0, blockOf(moments, head, head, headDim).trace()))
  return sum / group
}

/** √E‖Σ mixₕ vₕ‖². */
function mergedNorm(moments: Matrix, mix: readonly Matrix[]): number {
  const headDim = moments.rows / mix.length
  let energy = 0
  for (const [a, left] of mix.entries()) {
    for (const [b, right] of mix.entries()) {
      energy += left
        .mmul(blockOf(moments, a, b, headDim))
        .mmul(right.transpose())
        .trace()
    }
  }
  return Math.sqrt(Math.max(0, energy))
}

function blockOf(matrix: Matrix, a: number, b: number, size: number): Matrix {
  return matrix.subMatrix(a * size, (a + 1) * size - 1, b * size, (b + 1) * size - 1)
}

/** The orthogonal matrix nearest to A. */
function polarFactor(matrix: Matrix): Matrix {
  const svd = new SingularValueDecomposition(matrix, { autoTranspose: true })
  return svd.leftSingularVectors.mmul(svd.rightSingularVectors.transpose())
}

/** G^½ and G^−½ of a positive semidefinite G; directions without energy are given a floor instead of ∞. */
function squareRoots(gram: Matrix): { readonly root: Matrix; readonly inverse: Matrix } {
  const { values, vectors } = symmetricEigen(gram)
  const floor = Math.max(Number.MIN_VALUE, RELATIVE_FLOOR * (values.at(-1) ?? 0))
  const scaled = (power: number): Matrix => {
    const diagonal = Matrix.diag(values.map((value) => Math.max(value, floor) ** power))
    return vectors.mmul(diagonal).mmul(vectors.transpose())
  }
  return { root: scaled(0.5), inverse: scaled(-0.5) }
}

/** Eigenvalues in rising order with their vectors as columns; the input is made exactly symmetric first. */
export function symmetricEigen(matrix: Matrix): { readonly values: number[]; readonly vectors: Matrix } {
  const symmetric = Matrix.add(matrix, matrix.transpose()).mul(0.5)
  const decomposition = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true })
  return { values: decomposition.realEigenvalues, vectors: decomposition.eigenvectorMatrix }
}
