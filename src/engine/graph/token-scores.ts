import type { GraphBuilder } from './builder.ts'
import type { Value } from './types.ts'

/** TensorProto.DataType of float32, which Cast takes as an attribute. */
const ONNX_FLOAT = 1

/**
 * Log-softmax over the vocabulary in float32, [1, n, vocab]: (x − max) − ln Σ exp(x − max). Spelt out, because the
 * LogSoftmax operation has no WebGPU kernel and would take all logits to the CPU.
 *
 * @param logits float32 or float16 [1, n, vocab]
 */
export function logSoftmax(graph: GraphBuilder, logits: Value): Value {
  const { shape } = logits
  const column = [...shape.slice(0, -1), 1]
  const lastAxis = graph.int64s([-1])
  const real =
    logits.type === 'float32'
      ? logits
      : graph.node('Cast', [logits], 'float32', shape, { attributes: { to: { int: ONNX_FLOAT } } })
  const peak = graph.node('ReduceMax', [real, lastAxis], 'float32', column)
  const shifted = graph.node('Sub', [real, peak], 'float32', shape)
  const exponentials = graph.node('Exp', [shifted], 'float32', shape)
  const sum = graph.node('ReduceSum', [exponentials, lastAxis], 'float32', column)
  return graph.node('Sub', [shifted, graph.node('Log', [sum], 'float32', column)], 'float32', shape)
}

/**
 * The entry of each row at its target, [1, n].
 *
 * @param rows float32 [1, n, vocab]
 * @param targets int64 [1, n, 1]: a column, as reshaping int64 would run on the CPU
 */
export function gatherTargets(graph: GraphBuilder, rows: Value, targets: Value): Value {
  const picked = graph.node('GatherElements', [rows, targets], 'float32', targets.shape, {
    attributes: { axis: { int: 2 } },
  })
  return graph.node('Squeeze', [picked, graph.int64s([2])], 'float32', targets.shape.slice(0, 2))
}

/** Index of the largest entry of each row, the first of equals: int64 [1, n]. */
export function rowArgmax(graph: GraphBuilder, rows: Value): Value {
  return graph.node('ArgMax', [rows], 'int64', rows.shape.slice(0, 2), {
    attributes: { axis: { int: -1 }, keepdims: { int: 0 } },
  })
}
