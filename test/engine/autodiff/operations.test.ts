import { describe, expect, it } from 'vitest'

import { DifferentiableGraph, elementCount, type Variable } from '../../../src/engine/autodiff/index.ts'
import { causalAttention, rotary } from '../../../src/engine/autodiff/operations/attention.ts'
import { add, multiply, scale, sumAll, swiglu } from '../../../src/engine/autodiff/operations/elementwise.ts'
import { crossEntropy, klDivergence } from '../../../src/engine/autodiff/operations/losses.ts'
import { gatherRows, linear } from '../../../src/engine/autodiff/operations/matrix.ts'
import { rmsNorm } from '../../../src/engine/autodiff/operations/rms-norm.ts'
import { reshape, transpose } from '../../../src/engine/autodiff/operations/shape.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import type { HostTensor } from '../../../src/engine/runtime/index.ts'
import { Runner } from './support.ts'

interface OperationCase {
  readonly shapes: readonly (readonly number[])[]
  readonly apply: (graph: DifferentiableGraph, ...parameters: Variable[]) => Variable
}

/** Angles that differ by position and plane. */
function tables(
  graph: DifferentiableGraph,
  length: number,
  headDim: number,
): { cos: Variable; signedSin: Variable } {
  const half = headDim / 2
  const table = (value: (angle: number, second: boolean) => number): Variable =>
    graph.constant(
      'float32',
      [length, headDim],
      Float32Array.from({ length: length * headDim }, (_, index) => {
        const dimension = index % headDim
        return value(Math.floor(index / headDim) / (1 + (dimension % half)), dimension >= half)
      }),
    )
  return {
    cos: table((angle) => Math.cos(angle)),
    signedSin: table((angle, second) => (second ? 1 : -1) * Math.sin(angle)),
  }
}

function ints(graph: DifferentiableGraph, values: readonly number[]): Variable {
  return graph.constant('int32', [values.length], Int32Array.from(values))
}

function floats(graph: DifferentiableGraph, values: readonly number[]): Variable {
  return graph.constant('float32', [values.length], Float32Array.from(values))
}

const CASES: Record<string, OperationCase> = {
  'add, right operand broadcast over rows': { shapes: [[3, 4], [4]], apply: add },
  'add, both operands broadcast': {
    shapes: [
      [3, 1],
      [2, 1, 4],
    ],
    apply: add,
  },
  'add of a variable to itself': { shapes: [[3, 2]], apply: (graph, x) => add(graph, x, x!) },
  'multiply, broadcast inside': {
    shapes: [
      [2, 3, 4],
      [3, 1],
    ],
    apply: multiply,
  },
  'multiply of a variable by itself': { shapes: [[5]], apply: (graph, x) => multiply(graph, x!, x!) },
  scale: { shapes: [[5]], apply: (graph, x) => scale(graph, x!, -1.7) },
  sumAll: { shapes: [[3, 4]], apply: (graph, x) => sumAll(graph, x!) },
  swiglu: {
    shapes: [
      [3, 6],
      [3, 6],
    ],
    apply: swiglu,
  },
  reshape: { shapes: [[2, 6]], apply: (graph, x) => reshape(graph, x!, [3, 4]) },
  transpose: { shapes: [[2, 3, 4]], apply: (graph, x) => transpose(graph, x!, [2, 0, 1]) },
  linear: {
    shapes: [
      [3, 4],
      [5, 4],
    ],
    apply: (graph, x, w) => linear(graph, x!, w!, null),
  },
  'linear with bias': { shapes: [[3, 4], [5, 4], [5]], apply: (graph, x, w, b) => linear(graph, x!, w!, b!) },
  'gatherRows with repeated ids': {
    shapes: [[5, 3]],
    apply: (graph, table) => gatherRows(graph, table!, ints(graph, [4, 1, 1, 0, 1, 4])),
  },
  rmsNorm: { shapes: [[3, 6], [6]], apply: (graph, x, w) => rmsNorm(graph, x!, w!, 1e-5) },
  'rmsNorm by head': { shapes: [[2, 3, 2, 4], [4]], apply: (graph, x, w) => rmsNorm(graph, x!, w!, 1e-5) },
  rotary: { shapes: [[1, 2, 3, 6]], apply: (graph, x) => rotary(graph, x!, tables(graph, 3, 6)) },
  'causalAttention, MHA': { shapes: Array(3).fill([2, 2, 4, 3]), apply: causalAttention },
  'causalAttention, GQA': {
    shapes: [
      [1, 4, 4, 3],
      [1, 2, 4, 3],
      [1, 2, 4, 3],
    ],
    apply: causalAttention,
  },
  'causalAttention, MQA': {
    shapes: [
      [2, 3, 4, 2],
      [2, 1, 4, 2],
      [2, 1, 4, 2],
    ],
    apply: causalAttention,
  },
  crossEntropy: {
    shapes: [[4, 6]],
    apply: (graph, x) => crossEntropy(graph, x!, ints(graph, [5, 0, 5, 2]), floats(graph, [0.5, 0, 1, 0.25])),
  },
  klDivergence: {
    shapes: [[3, 5]],
    apply: (graph, x) => {
      const random = new SeededRandom(2)
      const teacher = Float32Array.from({ length: 15 }, () => random.normal())
      return klDivergence(
        graph,
        x!,
        graph.constant('float32', [3, 5], teacher),
        floats(graph, [0.5, 1, 0.25]),
      )
    },
  },
}

/** Step of the five-point stencil; its truncation error is of the fourth order. */
const STEP = 2e-2

/**
 * Every element of every gradient of Σ c ⊙ f(x), with random c, against a five-point central difference in float32.
 * The loss is about 5 and exact to 3e-7 of that; divided by the step that is about 1e-4 in the derivative, a tenth
 * of the tolerance of 2e-3 relative to derivatives of size 1.
 */
describe('gradients of the operations against finite differences', () => {
  it.each(Object.entries(CASES))('%s', async (_name, { shapes, apply }) => {
    const random = new SeededRandom(17)
    const graph = new DifferentiableGraph()
    const parameters = shapes.map((shape, index) => graph.parameter(`x${index}`, shape))
    const result = apply(graph, ...parameters)
    const coefficients = Float32Array.from({ length: elementCount(result.shape) }, () => random.normal())
    const loss = sumAll(graph, multiply(graph, result, graph.constant('float32', result.shape, coefficients)))
    const gradients = graph.gradients(loss, parameters)
    graph.output(loss, 'loss')
    for (const [index, gradient] of gradients.entries()) graph.output(gradient, `gradient${index}`)
    const inputs = new Map<string, HostTensor>()
    const values = shapes.map((dims, index) => {
      const data = Float32Array.from({ length: elementCount(dims) }, () => random.normal())
      inputs.set(`x${index}`, { type: 'float32', dims, data })
      return data
    })
    using runner = await Runner.open(graph.build(), inputs)
    await runner.run()
    const analytic = values.map((_, index) => Array.from(runner.outputs.get(`gradient${index}`)!))
    const numeric: number[][] = []
    for (const data of values) {
      const derivatives: number[] = []
      for (let i = 0; i < data.length; i++) {
        const original = data[i]!
        const at = async (offset: number): Promise<number> => {
          data[i] = original + offset
          return (await runner.run()).get('loss')![0]!
        }
        const near = (await at(STEP)) - (await at(-STEP))
        const far = (await at(2 * STEP)) - (await at(-2 * STEP))
        derivatives.push((8 * near - far) / (12 * STEP))
        data[i] = original
      }
      numeric.push(derivatives)
    }
    for (const [index, expected] of numeric.entries()) {
      const worst = expected.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - analytic[index]![i]!) / (1 + Math.abs(value))),
        0,
      )
      expect(worst, `gradient of operand ${index}`).toBeLessThan(2e-3)
    }
  })
})

describe('values of the operations', () => {
  it('attention looks only backwards and weighs by softmax', async () => {
    const graph = new DifferentiableGraph()
    const q = graph.constant('float32', [1, 2, 2, 2], Float32Array.of(1, 0, 2, 0, 0, 1, 0, 3))
    const k = graph.constant('float32', [1, 1, 2, 2], Float32Array.of(1, 0, 0, 1))
    const v = graph.constant('float32', [1, 1, 2, 2], Float32Array.of(1, 2, 3, 4))
    graph.output(causalAttention(graph, q, k, v), 'out')
    using runner = await Runner.open(graph.build(), new Map())
    // Head 0, row 1: scores 2 and 0; head 1, row 1: scores 0 and 3.
    const [first, second] = [Math.exp(2) / (Math.exp(2) + 1), 1 / (1 + Math.exp(3))]
    const mixed = (share: number): number[] => [share + 3 * (1 - share), 2 * share + 4 * (1 - share)]
    const expected = [1, 2, ...mixed(first), 1, 2, ...mixed(second)]
    const actual = Array.from((await runner.run()).get('out')!)
    for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 5)
  })

  it('cross-entropy of a very unlikely target stays finite and exact', async () => {
    const graph = new DifferentiableGraph()
    const logits = graph.constant('float32', [1, 2], Float32Array.of(200, 0))
    graph.output(crossEntropy(graph, logits, ints(graph, [1]), floats(graph, [1])), 'loss')
    using runner = await Runner.open(graph.build(), new Map())
    expect((await runner.run()).get('loss')![0]).toBe(200)
  })
})

describe('misuse', () => {
  it('a parameter without influence has no gradient', () => {
    const graph = new DifferentiableGraph()
    const [used, unused] = [graph.parameter('used', [2]), graph.parameter('unused', [2])]
    expect(() => graph.gradients(sumAll(graph, used), [unused])).toThrowError(
      'the loss does not depend on unused',
    )
  })

  it('shapes that do not fit are refused', () => {
    const graph = new DifferentiableGraph()
    const [a, b] = [graph.parameter('a', [2, 3]), graph.parameter('b', [2, 4])]
    expect(() => add(graph, a, b)).toThrowError('cannot broadcast [2,3] and [2,4]')
    expect(() => reshape(graph, a, [4])).toThrowError('cannot reshape [2,3] to [4]')
  })
})
