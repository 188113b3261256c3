import type { DifferentiableGraph, Variable } from '../differentiable-graph.ts'
import { reshape } from './shape.ts'

/** a + b with NumPy broadcasting. */
export function add(graph: DifferentiableGraph, a: Variable, b: Variable): Variable {
  const sum = graph.emit('Add', [a, b], broadcastShape(a.shape, b.shape))
  return graph.record(sum, [a, b], (gradient) => [
    a.tracked ? sumTo(graph, gradient, a.shape) : null,
    b.tracked ? sumTo(graph, gradient, b.shape) : null,
  ])
}

/** a ⊙ b with NumPy broadcasting. */
export function multiply(graph: DifferentiableGraph, a: Variable, b: Variable): Variable {
  const shape = broadcastShape(a.shape, b.shape)
  return graph.record(graph.emit('Mul', [a, b], shape), [a, b], (gradient) => [
    a.tracked ? sumTo(graph, graph.emit('Mul', [gradient, b], shape), a.shape) : null,
    b.tracked ? sumTo(graph, graph.emit('Mul', [gradient, a], shape), b.shape) : null,
  ])
}

export function scale(graph: DifferentiableGraph, x: Variable, factor: number): Variable {
  return multiply(graph, x, graph.scalar(factor))
}

/** Sum of all elements, a scalar. */
export function sumAll(graph: DifferentiableGraph, x: Variable): Variable {
  const axes = graph.integers(x.shape.map((_, axis) => axis))
  const total = graph.emit('ReduceSum', [x, axes], [], { attributes: { keepdims: { int: 0 } } })
  return graph.record(total, [x], (gradient) => [
    graph.emit('Expand', [gradient, graph.integers(x.shape)], x.shape),
  ])
}

/** silu(gate) ⊙ up, the activation of the Llama family (arXiv 2002.05202). */
export function swiglu(graph: DifferentiableGraph, gate: Variable, up: Variable): Variable {
  const { shape } = gate
  const mul = (a: Variable, b: Variable): Variable => graph.emit('Mul', [a, b], shape)
  const sigmoid = graph.emit('Sigmoid', [gate], shape)
  const silu = mul(gate, sigmoid)
  return graph.record(mul(silu, up), [gate, up], (gradient) => {
    // silu'(x) = σ(x) + silu(x)·(1 − σ(x))
    const complement = graph.emit('Sub', [graph.scalar(1), sigmoid], shape)
    const slope = graph.emit('Add', [sigmoid, mul(silu, complement)], shape)
    return [gate.tracked ? mul(mul(gradient, up), slope) : null, up.tracked ? mul(gradient, silu) : null]
  })
}

/** Sums a gradient over the axes along which `shape` was broadcast. */
function sumTo(graph: DifferentiableGraph, gradient: Variable, shape: readonly number[]): Variable {
  const added = gradient.shape.length - shape.length
  const axes = gradient.shape.flatMap((extent, axis) =>
    axis < added || (shape[axis - added] === 1 && extent !== 1) ? [axis] : [],
  )
  if (axes.length === 0) return gradient
  const kept = gradient.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
  return reshape(graph, graph.emit('ReduceSum', [gradient, graph.integers(axes)], kept), shape)
}

function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1)
      throw new Error(`cannot broadcast [${a.join()}] and [${b.join()}]`)
    return Math.max(left, right)
  })
}
