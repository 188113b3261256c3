import type { DifferentiableGraph, Variable } from '../differentiable-graph.ts'

/** cos and sin of every position and dimension, [S, d_h]; sin carries the sign of the rotation: [−sin, +sin]. */
export interface RotaryTables {
  readonly cos: Variable
  readonly signedSin: Variable
}

/**
 * Rotary position embedding in the half-split layout of Hugging Face: plane i is dimensions (i, i + d_h/2)
 * (arXiv 2104.09864).
 *
 * @param x [B, heads, S, d_h]
 */
export function rotary(graph: DifferentiableGraph, x: Variable, { cos, signedSin }: RotaryTables): Variable {
  const combine = (op: 'Add' | 'Sub', value: Variable): Variable =>
    graph.emit(
      op,
      [
        graph.emit('Mul', [value, cos], x.shape),
        graph.emit('Mul', [swapHalves(graph, value), signedSin], x.shape),
      ],
      x.shape,
    )
  // The transpose of a rotation is the rotation by the opposite angle.
  return graph.record(combine('Add', x), [x], (gradient) => [combine('Sub', gradient)])
}

function swapHalves(graph: DifferentiableGraph, x: Variable): Variable {
  const axis = x.shape.length - 1
  const half = x.shape[axis]! / 2
  const part = (from: number, to: number): Variable =>
    graph.emit(
      'Slice',
      [x, graph.integers([from]), graph.integers([to]), graph.integers([axis])],
      [...x.shape.slice(0, -1), half],
    )
  return graph.emit('Concat', [part(half, 2 * half), part(0, half)], x.shape, {
    attributes: { axis: { int: axis } },
  })
}

/**
 * softmax(q·kᵀ + causal mask)·v. Queries of one KV head are stacked along the row axis, so that K and V are never
 * repeated and their gradients sum over the group by themselves. Scores are not scaled: scale q beforehand.
 *
 * The gradient of the scores uses rowsum(P ⊙ dP) = rowsum(O ⊙ dO) (arXiv 2205.14135, appendix B), which reads
 * [S, d_h] instead of [S, S].
 *
 * @param q [B, n_h, S, d_h], heads of one group adjacent
 * @param k [B, n_kv, S, d_h]
 * @param v [B, n_kv, S, d_h]
 * @returns [B, n_h, S, d_h]
 */
export function causalAttention(graph: DifferentiableGraph, q: Variable, k: Variable, v: Variable): Variable {
  const [batch, queryHeads, length, headDim] = q.shape as [number, number, number, number]
  const kvHeads = k.shape[1]!
  const group = queryHeads / kvHeads
  const stacked = [batch, kvHeads, group * length, headDim]
  const scoreShape = [batch, kvHeads, group * length, length]
  const as = (x: Variable, shape: readonly number[]): Variable =>
    x.shape.join() === shape.join() ? x : graph.emit('Reshape', [x, graph.integers(shape)], shape)
  const matmul = (a: Variable, b: Variable, shape: readonly number[]): Variable =>
    graph.emit('MatMul', [a, b], shape)
  const transposed = (x: Variable): Variable => {
    const [b, h, rows, columns] = x.shape as [number, number, number, number]
    return graph.emit('Transpose', [x], [b, h, columns, rows], {
      attributes: { perm: { ints: [0, 1, 3, 2] } },
    })
  }

  const queries = as(q, stacked)
  const grouped = [batch, kvHeads, group, length, length]
  const scores = as(matmul(queries, transposed(k), scoreShape), grouped)
  const masked = graph.emit('Add', [scores, causalMask(graph, length)], grouped)
  const softmax = graph.emit('Softmax', [masked], grouped, { attributes: { axis: { int: -1 } } })
  const probabilities = as(softmax, scoreShape)
  const attended = matmul(probabilities, v, stacked)

  return graph.record(as(attended, q.shape), [q, k, v], (gradient) => {
    const upstream = as(gradient, stacked)
    const dV = v.tracked ? matmul(transposed(probabilities), upstream, v.shape) : null
    if (!q.tracked && !k.tracked) return [null, null, dV]
    const rowSums = graph.emit(
      'ReduceSum',
      [graph.emit('Mul', [upstream, attended], stacked), graph.integers([3])],
      [...stacked.slice(0, 3), 1],
    )
    const dProbabilities = matmul(upstream, transposed(v), scoreShape)
    const centred = graph.emit('Sub', [dProbabilities, rowSums], scoreShape)
    const dScores = graph.emit('Mul', [probabilities, centred], scoreShape)
    return [
      q.tracked ? as(matmul(dScores, k, stacked), q.shape) : null,
      k.tracked ? matmul(transposed(dScores), queries, k.shape) : null,
      dV,
    ]
  })
}

/** Added to the scores of later positions; far below any score, yet finite. */
const MASKED = -1e9

/** [S, S], 0 on and below the diagonal. */
function causalMask(graph: DifferentiableGraph, length: number): Variable {
  return graph.shared(`causal mask ${length}`, () => {
    const mask = new Float32Array(length * length)
    for (let row = 0; row < length; row++) mask.fill(MASKED, row * length + row + 1, (row + 1) * length)
    return graph.constant('float32', [length, length], mask)
  })
}
