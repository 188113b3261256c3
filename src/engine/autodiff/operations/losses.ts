import type { DifferentiableGraph, Variable } from '../differentiable-graph.ts'
import { reshape } from './shape.ts'

/**
 * Σₜ weightsₜ · −log softmax(logitsₜ)[targetsₜ], in nats.
 *
 * @param logits [T, V]
 * @param targets int32 [T]
 * @param weights float32 [T]; 1/T each gives the mean, 0 leaves a position out
 * @returns a scalar
 */
export function crossEntropy(
  graph: DifferentiableGraph,
  logits: Variable,
  targets: Variable,
  weights: Variable,
): Variable {
  const rows = logits.shape[0]!
  const logProbabilities = logSoftmax(graph, logits)
  const column = reshape(graph, targets, [rows, 1])
  const perRow = reshape(graph, weights, [rows, 1])
  const picked = graph.emit('GatherElements', [logProbabilities, column], [rows, 1], {
    attributes: { axis: { int: 1 } },
  })
  const loss = graph.emit('Neg', [total(graph, graph.emit('Mul', [picked, perRow], [rows, 1]))], [])
  return graph.record(loss, [logits], (gradient) => {
    const rowGradient = graph.emit('Mul', [perRow, gradient], [rows, 1])
    const spread = graph.emit(
      'Mul',
      [graph.emit('Exp', [logProbabilities], logits.shape), rowGradient],
      logits.shape,
    )
    const attributes = { axis: { int: 1 }, reduction: { string: 'add' } }
    const atTarget = graph.emit('Neg', [rowGradient], [rows, 1])
    return [graph.emit('ScatterElements', [spread, column, atTarget], logits.shape, { attributes })]
  })
}

/**
 * Σₜ weightsₜ · KL(softmax(teacherₜ) ‖ softmax(logitsₜ)), in nats; the teacher is not differentiated.
 *
 * @param logits [T, V]
 * @param teacher [T, V]
 * @param weights float32 [T]
 * @returns a scalar
 */
export function klDivergence(
  graph: DifferentiableGraph,
  logits: Variable,
  teacher: Variable,
  weights: Variable,
): Variable {
  const { shape } = logits
  const rows = shape[0]!
  const student = logSoftmax(graph, logits)
  const target = logSoftmax(graph, teacher)
  const probabilities = graph.emit('Exp', [target], shape)
  const perRow = reshape(graph, weights, [rows, 1])
  const terms = graph.emit('Mul', [probabilities, graph.emit('Sub', [target, student], shape)], shape)
  const loss = total(graph, graph.emit('Mul', [terms, perRow], shape))
  return graph.record(loss, [logits], (gradient) => {
    const difference = graph.emit('Sub', [graph.emit('Exp', [student], shape), probabilities], shape)
    return [graph.emit('Mul', [difference, graph.emit('Mul', [perRow, gradient], [rows, 1])], shape)]
  })
}

function logSoftmax(graph: DifferentiableGraph, x: Variable): Variable {
  return graph.emit('LogSoftmax', [x], x.shape, { attributes: { axis: { int: -1 } } })
}

function total(graph: DifferentiableGraph, x: Variable): Variable {
  const axes = graph.integers(x.shape.map((_, axis) => axis))
  return graph.emit('ReduceSum', [x, axes], [], { attributes: { keepdims: { int: 0 } } })
}
