import { GraphBuilder } from '../graph/index.ts'
import type { ElementType, GraphModel, NodeOptions, TensorData, Value } from '../graph/index.ts'

/** A tensor of static shape in a differentiable graph. */
export interface Variable {
  readonly value: Value
  readonly shape: readonly number[]
  /** Whether a gradient can flow to a parameter through it. */
  readonly tracked: boolean
}

/** Gradients of an operation's inputs from the gradient of its output; `null` where none is wanted. */
export type Pullback = (gradient: Variable) => readonly (Variable | null)[]

interface TapeEntry {
  readonly output: Variable
  readonly inputs: readonly Variable[]
  readonly pullback: Pullback
}

/**
 * Reverse-mode differentiation over GraphBuilder: forward and backward are emitted as ordinary ONNX nodes of one
 * graph. Operations (see operations/) record how a gradient is pulled back through them.
 */
export class DifferentiableGraph {
  readonly builder = new GraphBuilder()
  readonly #tape: TapeEntry[] = []
  readonly #shared = new Map<string, Variable>()

  /** A float32 graph input to which gradients flow. */
  parameter(name: string, shape: readonly number[]): Variable {
    return { value: this.builder.input(name, 'float32', shape), shape, tracked: true }
  }

  /** A graph input that is not differentiated. */
  input(name: string, type: ElementType, shape: readonly number[]): Variable {
    return { value: this.builder.input(name, type, shape), shape, tracked: false }
  }

  constant(type: ElementType, shape: readonly number[], data: TensorData): Variable {
    return { value: this.builder.constant(type, shape, data), shape, tracked: false }
  }

  scalar(value: number): Variable {
    return { value: this.builder.scalar(value), shape: [], tracked: false }
  }

  /** A one-dimensional int64 constant, for the shape and axes inputs of ONNX operators. */
  integers(values: readonly number[]): Variable {
    return { value: this.builder.int64s(values), shape: [values.length], tracked: false }
  }

  /** A variable made once under a key, such as a mask that every layer reads. */
  shared(key: string, create: () => Variable): Variable {
    const known = this.#shared.get(key)
    if (known !== undefined) return known
    const created = create()
    this.#shared.set(key, created)
    return created
  }

  /** Emits one node without recording it: the result is a constant to differentiation. */
  emit(
    op: string,
    inputs: readonly Variable[],
    shape: readonly number[],
    options: NodeOptions & { readonly type?: ElementType } = {},
  ): Variable {
    const { type = 'float32', ...node } = options
    const values = inputs.map((input) => input.value)
    return { value: this.builder.node(op, values, type, shape, node), shape, tracked: false }
  }

  /** Records that `output` was computed from `inputs`, with the rule that pulls its gradient back to them. */
  record(output: Variable, inputs: readonly Variable[], pullback: Pullback): Variable {
    if (!inputs.some((input) => input.tracked)) return output
    const tracked = { ...output, tracked: true }
    this.#tape.push({ output: tracked, inputs, pullback })
    return tracked
  }

  /**
   * Emits the backward pass.
   *
   * @param loss a tracked scalar
   * @returns one gradient for each of `parameters`, of its shape
   * @throws Error when a parameter does not influence the loss
   */
  gradients(loss: Variable, parameters: readonly Variable[]): Variable[] {
    const gradients = new Map<Variable, Variable>([[loss, this.scalar(1)]])
    for (const { output, inputs, pullback } of this.#tape.toReversed()) {
      const gradient = gradients.get(output)
      if (gradient === undefined) continue
      for (const [index, contribution] of pullback(gradient).entries()) {
        const input = inputs[index]
        if (input === undefined || contribution === null || !input.tracked) continue
        if (contribution.shape.join() !== input.shape.join()) {
          throw new Error(`the gradient of ${input.value.name} has shape [${contribution.shape.join()}]`)
        }
        const sum = gradients.get(input)
        gradients.set(
          input,
          sum === undefined ? contribution : this.emit('Add', [sum, contribution], input.shape),
        )
      }
    }
    return parameters.map((parameter) => {
      const gradient = gradients.get(parameter)
      if (gradient === undefined) throw new Error(`the loss does not depend on ${parameter.value.name}`)
      return gradient
    })
  }

  output(variable: Variable, name: string): void {
    this.builder.output(variable.value, name)
  }

  build(): GraphModel {
    return this.builder.build()
  }
}

/** Number of elements of a shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}
