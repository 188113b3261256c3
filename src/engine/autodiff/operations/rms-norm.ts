import type { DifferentiableGraph, Variable } from '../differentiable-graph.ts'
import { sumRows } from './matrix.ts'

/**
 * x / √(mean(x²) + ε) ⊙ weight over the last axis (arXiv 1910.07467).
 *
 * @param x [.., d]
 * @param weight [d]
 */
export function rmsNorm(
  graph: DifferentiableGraph,
  x: Variable,
  weight: Variable,
  epsilon: number,
): Variable {
  const { shape } = x
  const axes = graph.integers([shape.length - 1])
  const rowShape = [...shape.slice(0, -1), 1]
  const mul = (a: Variable, b: Variable): Variable => graph.emit('Mul', [a, b], shape)
  const rowMean = (value: Variable): Variable => graph.emit('ReduceMean', [value, axes], rowShape)

  const stabilised = graph.emit('Add', [rowMean(mul(x, x)), graph.scalar(epsilon)], rowShape)
  const inverse = graph.emit('Reciprocal', [graph.emit('Sqrt', [stabilised], rowShape)], rowShape)
  const normalised = mul(x, inverse)
  return graph.record(mul(normalised, weight), [x, weight], (gradient) => {
    const weighted = mul(gradient, weight)
    const projection = mul(normalised, rowMean(mul(weighted, normalised)))
    return [
      x.tracked ? mul(graph.emit('Sub', [weighted, projection], shape), inverse) : null,
      weight.tracked ? sumRows(graph, mul(gradient, normalised)) : null,
    ]
  })
}
