import { BLOCK_SIZE, blockShapes } from './block-quantization.ts'
import type { GraphBuilder } from './builder.ts'
import type { DecoderConfig, DecoderOps } from './decoder.ts'
import type { Value } from './types.ts'
import type { ByteRange, StoredForm, WeightLayout } from './weight-layout.ts'

const MICROSOFT = 'com.microsoft'

/** ONNX Runtime's accuracy_level 4: activations are quantised to int8 too, several times faster on the CPU. */
const INT8_ACTIVATIONS = 4

/** GroupQueryAttention rotates heads in units of this many values; other sizes are rotated by an operation of their own. */
const ROTARY_UNIT = 16

/** TensorProto.DataType of int64, which Cast takes as an attribute. */
const ONNX_INT64 = 7

/** The graph inputs that attention and embedding read; batch is always 1. */
export interface DecoderFeeds {
  /** int64 [1, seq] */
  readonly inputIds: Value
  /** int32 [1]: total sequence length − 1. */
  readonly lastPosition: Value
  /** int32 []: positions in the cache after this run. */
  readonly totalLength: Value
  /** float32 [1, n_kv, maxLength, d_h] a layer. */
  readonly past: readonly { readonly key: Value; readonly value: Value }[]
}

/**
 * The decoder's operations as the fewest, fused ONNX Runtime kernels: GroupQueryAttention with RoPE and the KV
 * cache inside (an MHA model is n_kv = n_h), SkipSimplifiedLayerNormalization, MatMul or MatMulNBits.
 *
 * A weight enters as a handle from `weight`; each operation declares it in the form that its kernel reads.
 */
export class FusedOps implements DecoderOps<Value> {
  /** Updated caches by layer, named present.{layer}.key and .value. */
  readonly presents: Value[] = []
  readonly #graph: GraphBuilder
  readonly #config: DecoderConfig
  readonly #layout: WeightLayout
  readonly #feeds: DecoderFeeds
  readonly #headRows: 'all' | 'last'
  readonly #declared = new Map<string, Value>()
  #startsAt: Value | undefined

  /** @param headRows positions of which the head computes logits */
  constructor(
    graph: GraphBuilder,
    config: DecoderConfig,
    layout: WeightLayout,
    feeds: DecoderFeeds,
    headRows: 'all' | 'last',
  ) {
    this.#graph = graph
    this.#config = config
    this.#layout = layout
    this.#feeds = feeds
    this.#headRows = headRows
  }

  /** The handle of a parameter by its Hugging Face name. */
  weight(name: string, shape: readonly number[]): Value {
    return { name, type: 'float32', shape }
  }

  embedding(table: Value): Value {
    const { inputIds } = this.#feeds
    const shape = [...inputIds.shape, this.#config.hiddenSize]
    return this.#graph.node('Gather', [this.#plain(table), inputIds], 'float32', shape, {
      label: 'embedding',
    })
  }

  rmsNorm(x: Value, weight: Value): Value {
    return this.#graph.node('SimplifiedLayerNormalization', [x, this.#plain(weight)], 'float32', x.shape, {
      attributes: { epsilon: { float: this.#config.normEpsilon }, axis: { int: -1 }, stash_type: { int: 1 } },
      label: 'norm',
    })
  }

  addRmsNorm(x: Value, residual: Value, weight: Value): { readonly sum: Value; readonly norm: Value } {
    const output = { type: 'float32', shape: x.shape } as const
    const [norm, sum] = this.#graph.nodeWithOutputs(
      'SkipSimplifiedLayerNormalization',
      [x, residual, this.#plain(weight)],
      [output, null, null, output],
      { domain: MICROSOFT, attributes: { epsilon: { float: this.#config.normEpsilon } }, label: 'norm' },
    )
    return { norm: norm!, sum: sum! }
  }

  add(a: Value, b: Value): Value {
    return this.#graph.node('Add', [a, b], 'float32', a.shape)
  }

  linear(x: Value, weight: Value, bias: Value | null, name: string): Value {
    const product = this.#project(x, weight, name)
    return bias === null ? product : this.add(product, this.#plain(bias))
  }

  attention(
    q: Value,
    k: Value,
    v: Value,
    layer: number,
    norms: { readonly q: Value; readonly k: Value } | null,
  ): Value {
    const { queryHeads, kvHeads, headDim } = this.#config
    const rotatesInside = headDim % ROTARY_UNIT === 0
    const prepare = (x: Value, norm: Value | undefined, heads: number): Value => {
      const normed = norm === undefined ? x : this.#normHeads(x, norm, heads)
      return rotatesInside ? normed : this.#rotate(normed, heads)
    }
    const past = this.#feeds.past[layer]!
    const present = (kind: string): { type: 'float32'; shape: Value['shape']; name: string } => ({
      type: 'float32',
      shape: past.key.shape,
      name: `present.${layer}.${kind}`,
    })
    const [attended, ...caches] = this.#graph.nodeWithOutputs(
      'GroupQueryAttention',
      [
        prepare(q, norms?.q, queryHeads),
        prepare(k, norms?.k, kvHeads),
        v,
        past.key,
        past.value,
        this.#feeds.lastPosition,
        this.#feeds.totalLength,
        ...(rotatesInside ? [this.#ropeTable('cos'), this.#ropeTable('sin')] : []),
      ],
      [{ type: 'float32', shape: q.shape }, present('key'), present('value')],
      {
        domain: MICROSOFT,
        attributes: {
          num_heads: { int: queryHeads },
          kv_num_heads: { int: kvHeads },
          scale: { float: 1 / Math.sqrt(headDim) },
          do_rotary: { int: rotatesInside ? 1 : 0 },
          rotary_interleaved: { int: 0 },
        },
        label: 'attention',
      },
    )
    this.presents.push(...caches)
    return attended!
  }

  swiglu(gate: Value, up: Value): Value {
    const sigmoid = this.#graph.node('Sigmoid', [gate], 'float32', gate.shape)
    const silu = this.#graph.node('Mul', [gate, sigmoid], 'float32', gate.shape, { label: 'silu' })
    return this.#graph.node('Mul', [silu, up], 'float32', gate.shape, { label: 'swiglu' })
  }

  head(x: Value, table: Value): Value {
    const { hiddenSize, vocabSize } = this.#config
    const rows = this.#headRows === 'last' ? this.#lastRow(x) : x
    if (this.#form(table, 'plain') === undefined || this.#form(table, 'blocks') !== undefined) {
      return this.#project(rows, table, 'lm_head')
    }
    // The tied table is [vocab, d] for Gather; Gemm reads it as it lies, so that it is stored once.
    const flat = this.#reshape(rows, [-1, hiddenSize], ['rows', hiddenSize])
    const product = this.#graph.node('Gemm', [flat, this.#plain(table)], 'float32', ['rows', vocabSize], {
      attributes: { transB: { int: 1 } },
      label: 'lm_head',
    })
    return this.#reshape(product, [1, -1, vocabSize], [1, rows.shape[1]!, vocabSize])
  }

  /** RMS norm of each head on its own: [.., heads·d_h] seen as [.., heads, d_h]. */
  #normHeads(x: Value, weight: Value, heads: number): Value {
    const { headDim } = this.#config
    const byHead = this.#reshape(x, [0, 0, heads, headDim], [...x.shape.slice(0, 2), heads, headDim])
    return this.#reshape(this.rmsNorm(byHead, weight), [0, 0, heads * headDim], x.shape)
  }

  #rotate(x: Value, heads: number): Value {
    const inputs = [x, this.#firstPosition(), this.#ropeTable('cos'), this.#ropeTable('sin')]
    return this.#graph.node('RotaryEmbedding', inputs, 'float32', x.shape, {
      domain: MICROSOFT,
      attributes: {
        num_heads: { int: heads },
        rotary_embedding_dim: { int: this.#config.headDim },
        interleaved: { int: 0 },
      },
    })
  }

  /** int64 [1]: the position of the run's first token, total − seq. */
  #firstPosition(): Value {
    if (this.#startsAt !== undefined) return this.#startsAt
    const { inputIds, totalLength } = this.#feeds
    const total = this.#graph.node('Cast', [totalLength], 'int64', [], {
      attributes: { to: { int: ONNX_INT64 } },
    })
    const length = this.#graph.node('Shape', [inputIds], 'int64', [1], { attributes: { start: { int: 1 } } })
    this.#startsAt = this.#graph.node('Sub', [total, length], 'int64', [1], { label: 'first_position' })
    return this.#startsAt
  }

  #lastRow(x: Value): Value {
    const int64 = (value: number): Value => this.#graph.int64s([value])
    const inputs = [x, int64(-1), int64(Number.MAX_SAFE_INTEGER), int64(1)]
    return this.#graph.node('Slice', inputs, 'float32', [1, 1, this.#config.hiddenSize], {
      label: 'last_row',
    })
  }

  #reshape(x: Value, target: readonly number[], shape: Value['shape']): Value {
    return this.#graph.node('Reshape', [x, this.#graph.int64s(target)], x.type, shape)
  }

  /** x · Wᵀ with the weight [out, in] transposed or in blocks. */
  #project(x: Value, weight: Value, label: string): Value {
    const [out, input] = weight.shape as [number, number]
    const shape = [...x.shape.slice(0, -1), out]
    const blocks = this.#form(weight, 'blocks')
    if (blocks === undefined) {
      const matrix = this.#external(
        `${weight.name}.T`,
        [input, out],
        this.#required(weight, 'transposed').range,
      )
      return this.#graph.node('MatMul', [x, matrix], 'float32', shape, { label })
    }
    const { bits } = blocks
    const shapes = blockShapes(out, input, bits)
    const quantized = this.#external(`${weight.name}.q${bits}`, shapes.quantized, blocks.quantized, 'uint8')
    const scales = this.#external(`${weight.name}.scales`, shapes.scales, blocks.scales)
    return this.#graph.node('MatMulNBits', [x, quantized, scales], 'float32', shape, {
      domain: MICROSOFT,
      attributes: {
        K: { int: input },
        N: { int: out },
        bits: { int: bits },
        block_size: { int: BLOCK_SIZE },
        accuracy_level: { int: INT8_ACTIVATIONS },
      },
      label,
    })
  }

  #plain(weight: Value): Value {
    return this.#external(
      weight.name,
      weight.shape as readonly number[],
      this.#required(weight, 'plain').range,
    )
  }

  #ropeTable(table: 'cos' | 'sin'): Value {
    const shape = [this.#config.maxPositions, this.#config.headDim / 2]
    return this.#external(`rope.${table}`, shape, this.#layout.rope[table])
  }

  #external(
    name: string,
    shape: readonly number[],
    range: ByteRange,
    type: 'float32' | 'uint8' = 'float32',
  ): Value {
    const known = this.#declared.get(name)
    if (known !== undefined) return known
    const source = { kind: 'external', file: this.#layout.file, ...range } as const
    const value = this.#graph.initializer(name, type, shape, source)
    this.#declared.set(name, value)
    return value
  }

  #form<K extends StoredForm['kind']>(weight: Value, kind: K): Extract<StoredForm, { kind: K }> | undefined {
    const forms = this.#layout.forms.get(weight.name) ?? []
    return forms.find((form): form is Extract<StoredForm, { kind: K }> => form.kind === kind)
  }

  #required<K extends StoredForm['kind']>(weight: Value, kind: K): Extract<StoredForm, { kind: K }> {
    const form = this.#form(weight, kind)
    if (form === undefined) throw new Error(`${weight.name} is not stored in the form "${kind}"`)
    return form
  }
}
