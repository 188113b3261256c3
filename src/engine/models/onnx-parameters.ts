import type { ParsedModel } from '../graph/index.ts'
import { elementCount } from './safetensors.ts'

const FLOAT_TYPES: readonly string[] = ['float32', 'float16', 'bfloat16']

/** Inputs of kernels that are tables computed from the architecture or parts of a quantised weight, not parameters. */
const AUXILIARY_INPUTS: Readonly<Record<string, readonly number[]>> = {
  GroupQueryAttention: [7, 8],
  RotaryEmbedding: [2, 3],
  MatMulNBits: [1, 2, 3, 4],
  GatherBlockQuantized: [0, 2, 3],
}

/**
 * Scalars in the weights of a graph made elsewhere, and the types they are stored in. A weight in the blocks of
 * MatMulNBits counts as the K × N values it stands for; RoPE tables, scales and zero points do not count.
 */
export function storedParameters(graph: ParsedModel): {
  readonly parameters: number
  readonly storedTypes: readonly string[]
} {
  const auxiliary = new Set<string>()
  const quantized = new Map<string, { readonly values: number; readonly type: string }>()
  const shapes = new Map(graph.initializers.map(({ name, shape }) => [name, shape]))
  for (const { op, inputs, attributes } of graph.nodes) {
    for (const index of AUXILIARY_INPUTS[op] ?? []) {
      const name = inputs[index]
      if (name !== undefined && name !== '') auxiliary.add(name)
    }
    const integer = (name: string, absent: number): number => {
      const value = attributes[name]
      return value !== undefined && 'int' in value ? value.int : absent
    }
    const bits = integer('bits', 4)
    if (op === 'MatMulNBits') {
      quantized.set(inputs[1] ?? '', { values: integer('K', 0) * integer('N', 0), type: `int${bits}` })
    } else if (op === 'GatherBlockQuantized') {
      const table = inputs[0] ?? ''
      const scales = shapes.get(inputs[2] ?? '') ?? []
      if (!quantized.has(table)) {
        quantized.set(table, {
          values: elementCount(scales) * integer('block_size', 128),
          type: `int${bits}`,
        })
      }
    }
  }
  const plain = graph.initializers.filter(
    ({ name, type, shape }) => FLOAT_TYPES.includes(type) && shape.length > 0 && !auxiliary.has(name),
  )
  const parts = [
    ...plain.map(({ shape, type }) => ({ values: elementCount(shape), type })),
    ...[...quantized].filter(([name]) => shapes.has(name)).map(([, part]) => part),
  ]
  return {
    parameters: parts.reduce((sum, { values }) => sum + values, 0),
    storedTypes: [...new Set(parts.map(({ type }) => type))].sort(),
  }
}
