import { Matrix } from 'ml-matrix'

import type { DecoderConfig } from '../graph/index.ts'

/** Weight or bias of a projection; a bias counts as a matrix of one column. */
export interface ProjectionPart {
  /** Hugging Face name inside the attention block, such as "k_proj.bias". */
  readonly name: string
  /** [heads · d_h, columns] */
  readonly values: Float32Array
  readonly columns: number
}

/** The attention tensors of one layer, read by head. */
export class AttentionLayer {
  readonly config: DecoderConfig
  readonly prefix: string
  readonly #weights: ReadonlyMap<string, Float32Array>

  constructor(config: DecoderConfig, weights: ReadonlyMap<string, Float32Array>, layer: number) {
    this.config = config
    this.prefix = `model.layers.${layer}.self_attn`
    this.#weights = weights
  }

  /** Query heads that each KV head serves. */
  get queriesPerHead(): number {
    return this.config.queryHeads / this.config.kvHeads
  }

  /** The KV head that serves a query head. */
  kvHeadOf(query: number): number {
    return Math.floor(query / this.queriesPerHead)
  }

  /** The query heads that a KV head serves. */
  queriesOf(head: number): number[] {
    return Array.from({ length: this.queriesPerHead }, (_, index) => head * this.queriesPerHead + index)
  }

  tensor(name: string): Float32Array {
    const tensor = this.#weights.get(`${this.prefix}.${name}`)
    if (tensor === undefined) throw new RangeError(`${this.prefix}.${name} is missing`)
    return tensor
  }

  projection(name: 'q_proj' | 'k_proj' | 'v_proj'): ProjectionPart[] {
    const { qkvBias, queryHeads, kvHeads, headDim } = this.config
    const rows = (name === 'q_proj' ? queryHeads : kvHeads) * headDim
    return (qkvBias ? ['weight', 'bias'] : ['weight']).map((part) => {
      const values = this.tensor(`${name}.${part}`)
      return { name: `${name}.${part}`, values, columns: values.length / rows }
    })
  }

  /** Rows of one head of a projection, [d_h, columns]. */
  headRows({ values, columns }: ProjectionPart, head: number): Matrix {
    const { headDim } = this.config
    const from = head * headDim * columns
    return Matrix.from1DArray(headDim, columns, values.subarray(from, from + headDim * columns))
  }

  /** Columns of the output projection that read one query head, [d, d_h]. */
  outputColumns(query: number): Matrix {
    const { headDim, hiddenSize, queryHeads } = this.config
    const output = this.tensor('o_proj.weight')
    const columns = Matrix.zeros(hiddenSize, headDim)
    for (let row = 0; row < hiddenSize; row++) {
      const from = (row * queryHeads + query) * headDim
      for (let column = 0; column < headDim; column++) columns.set(row, column, output[from + column]!)
    }
    return columns
  }
}
