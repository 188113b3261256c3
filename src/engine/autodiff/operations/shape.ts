import { elementCount, type DifferentiableGraph, type Variable } from '../differentiable-graph.ts'

/** The same elements in another shape; no node when the shape is already that. */
export function reshape(graph: DifferentiableGraph, x: Variable, shape: readonly number[]): Variable {
  if (x.shape.join() === shape.join()) return x
  if (elementCount(x.shape) !== elementCount(shape)) {
    throw new Error(`cannot reshape [${x.shape.join()}] to [${shape.join()}]`)
  }
  const reshaped = graph.emit('Reshape', [x, graph.integers(shape)], shape, { type: x.value.type })
  return graph.record(reshaped, [x], (gradient) => [reshape(graph, gradient, x.shape)])
}

/** Axis i of the result is axis permutation[i] of x. */
export function transpose(graph: DifferentiableGraph, x: Variable, permutation: readonly number[]): Variable {
  const shape = permutation.map((axis) => x.shape[axis]!)
  const transposed = graph.emit('Transpose', [x], shape, { attributes: { perm: { ints: permutation } } })
  const inverse = permutation.map((_, axis) => permutation.indexOf(axis))
  return graph.record(transposed, [x], (gradient) => [transpose(graph, gradient, inverse)])
}
