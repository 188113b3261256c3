import { elementCount, type DifferentiableGraph, type Variable } from '../differentiable-graph.ts'
import { reshape } from './shape.ts'

interface Transposition {
  readonly a?: boolean
  readonly b?: boolean
}

/** Matrix product of two-dimensional operands, either one transposed; not recorded. */
function gemm(
  graph: DifferentiableGraph,
  a: Variable,
  b: Variable,
  transposed: Transposition = {},
): Variable {
  const shape = [a.shape[transposed.a ? 1 : 0]!, b.shape[transposed.b ? 0 : 1]!]
  const attributes = {
    ...(transposed.a ? { transA: { int: 1 } } : {}),
    ...(transposed.b ? { transB: { int: 1 } } : {}),
  }
  return graph.emit('Gemm', [a, b], shape, { attributes })
}

/**
 * x · Wᵀ (+ bias): x is [T, in], weight [out, in] as Hugging Face stores it, bias [out].
 *
 * @returns [T, out]
 */
export function linear(
  graph: DifferentiableGraph,
  x: Variable,
  weight: Variable,
  bias: Variable | null,
): Variable {
  const operands = bias === null ? [x, weight] : [x, weight, bias]
  const shape = [x.shape[0]!, weight.shape[0]!]
  const product = graph.emit('Gemm', operands, shape, { attributes: { transB: { int: 1 } } })
  return graph.record(product, operands, (gradient) => [
    x.tracked ? gemm(graph, gradient, weight) : null,
    weight.tracked ? gemm(graph, gradient, x, { a: true }) : null,
    bias?.tracked ? sumRows(graph, gradient) : null,
  ])
}

/** Rows of `table` [V, d] at int32 `ids` [T]. @returns [T, d] */
export function gatherRows(graph: DifferentiableGraph, table: Variable, ids: Variable): Variable {
  const [rows, width] = [ids.shape[0]!, table.shape[1]!]
  const gathered = graph.emit('Gather', [table, ids], [rows, width], { attributes: { axis: { int: 0 } } })
  return graph.record(gathered, [table], (gradient) => {
    const zeros = graph.emit('Expand', [graph.scalar(0), graph.integers(table.shape)], table.shape)
    const column = reshape(graph, ids, [rows, 1])
    const indices = graph.emit('Expand', [column, graph.integers([rows, width])], [rows, width], {
      type: 'int32',
    })
    // Not ScatterND: its CPU kernel races on duplicate ids (onnxruntime issues 18048 and 23396).
    const attributes = { axis: { int: 0 }, reduction: { string: 'add' } }
    return [graph.emit('ScatterElements', [zeros, indices, gradient], table.shape, { attributes })]
  })
}

/** Sum over all axes but the last. */
export function sumRows(graph: DifferentiableGraph, x: Variable): Variable {
  const width = x.shape.at(-1)!
  const rows = reshape(graph, x, [elementCount(x.shape) / width, width])
  return graph.emit('ReduceSum', [rows, graph.integers([0])], [width], {
    attributes: { keepdims: { int: 0 } },
  })
}
