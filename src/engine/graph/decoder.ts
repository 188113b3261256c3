/**
 * The decoder of the Llama family, written once over abstract operations. Inference (fused kernels), training
 * (differentiable primitives) and inspection interpret the same definition, so that they cannot drift apart.
 */

/** The architecture of one decoder, in the field's terms; n_h · d_h need not equal d. */
export interface DecoderConfig {
  readonly family: 'llama' | 'mistral' | 'qwen2' | 'qwen3'
  readonly vocabSize: number
  /** d */
  readonly hiddenSize: number
  readonly intermediateSize: number
  readonly layers: number
  /** n_h */
  readonly queryHeads: number
  /** n_kv; divides queryHeads */
  readonly kvHeads: number
  /** d_h */
  readonly headDim: number
  readonly maxPositions: number
  readonly normEpsilon: number
  readonly rope: RopeConfig
  readonly tiedEmbeddings: boolean
  /** Bias on q, k, v projections (qwen2; llama with attention_bias). */
  readonly qkvBias: boolean
  /** Bias on the output projection (llama with attention_bias). */
  readonly outputBias: boolean
  /** Bias on gate, up and down projections (llama with mlp_bias). */
  readonly mlpBias: boolean
  /** RMS norm over each query and key head before RoPE (qwen3). */
  readonly qkNorm: boolean
  readonly bosTokenId: number | null
  readonly eosTokenIds: readonly number[]
}

export type RopeScaling =
  | { readonly kind: 'linear'; readonly factor: number }
  | { readonly kind: 'dynamic'; readonly factor: number; readonly originalMaxPositions: number }
  | {
      readonly kind: 'llama3'
      readonly factor: number
      readonly lowFreqFactor: number
      readonly highFreqFactor: number
      readonly originalMaxPositions: number
    }
  | {
      readonly kind: 'yarn'
      readonly factor: number
      readonly originalMaxPositions: number
      readonly betaFast: number
      readonly betaSlow: number
      /** Scale of cos and sin; 0.1·ln(factor)+1 unless the config states it. */
      readonly attentionFactor: number
      /** Whether the correction range is rounded to whole dimensions (Hugging Face `truncate`, default true). */
      readonly truncate: boolean
    }

export interface RopeConfig {
  readonly theta: number
  readonly scaling: RopeScaling | null
}

/** Operations a decoder needs. T is the interpreter's tensor; hidden states are [.., d], projections [.., out]. */
export interface DecoderOps<T> {
  embedding(table: T): T
  rmsNorm(x: T, weight: T): T
  /** sum = x + residual and its norm; one fused kernel where there is one. */
  addRmsNorm(x: T, residual: T, weight: T): { readonly sum: T; readonly norm: T }
  add(a: T, b: T): T
  /** x · Wᵀ (+ bias), W is [out, in] as in Hugging Face checkpoints. */
  linear(x: T, weight: T, bias: T | null, name: string): T
  /** RoPE and causal attention; q is [.., n_h·d_h], k and v are [.., n_kv·d_h]; qNorm and kNorm are [d_h]. */
  attention(q: T, k: T, v: T, layer: number, norms: { readonly q: T; readonly k: T } | null): T
  /** silu(gate) ⊙ up */
  swiglu(gate: T, up: T): T
  /** Logits [.., vocab] from the last norm's output; `table` is [vocab, d]. */
  head(x: T, table: T): T
}

/** Points where a caller may look at intermediate values. */
export type DecoderTap<T> = (
  point: 'attention-input' | 'attention-output' | 'layer-output',
  layer: number,
  value: T,
) => void

/**
 * Builds the forward pass: pre-norm residual blocks of attention and SwiGLU, final RMS norm, output head.
 *
 * @param weight gives a tensor by its Hugging Face name ("model.layers.0.self_attn.q_proj.weight")
 * @returns the logits
 */
export function decoderForward<T>(
  config: DecoderConfig,
  ops: DecoderOps<T>,
  weight: (name: string) => T,
  tap: DecoderTap<T> = () => {},
): T {
  const table = weight('model.embed_tokens.weight')
  let x = ops.embedding(table)
  let norm = ops.rmsNorm(x, weight('model.layers.0.input_layernorm.weight'))
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = `model.layers.${layer}`
    const linear = (input: T, name: string, hasBias: boolean): T => {
      const full = `${prefix}.${name}`
      return ops.linear(input, weight(`${full}.weight`), hasBias ? weight(`${full}.bias`) : null, full)
    }
    tap('attention-input', layer, norm)
    const attended = ops.attention(
      linear(norm, 'self_attn.q_proj', config.qkvBias),
      linear(norm, 'self_attn.k_proj', config.qkvBias),
      linear(norm, 'self_attn.v_proj', config.qkvBias),
      layer,
      config.qkNorm
        ? { q: weight(`${prefix}.self_attn.q_norm.weight`), k: weight(`${prefix}.self_attn.k_norm.weight`) }
        : null,
    )
    tap('attention-output', layer, attended)
    const afterAttention = ops.addRmsNorm(
      x,
      linear(attended, 'self_attn.o_proj', config.outputBias),
      weight(`${prefix}.post_attention_layernorm.weight`),
    )
    const mlp = linear(
      ops.swiglu(
        linear(afterAttention.norm, 'mlp.gate_proj', config.mlpBias),
        linear(afterAttention.norm, 'mlp.up_proj', config.mlpBias),
      ),
      'mlp.down_proj',
      config.mlpBias,
    )
    const nextNorm =
      layer + 1 < config.layers ? `model.layers.${layer + 1}.input_layernorm.weight` : 'model.norm.weight'
    const afterMlp = ops.addRmsNorm(afterAttention.sum, mlp, weight(nextNorm))
    x = afterMlp.sum
    norm = afterMlp.norm
    tap('layer-output', layer, x)
  }
  return ops.head(norm, config.tiedEmbeddings ? table : weight('lm_head.weight'))
}

/** Shape of every parameter by its Hugging Face name, in a fixed order. */
export function parameterShapes(config: DecoderConfig): ReadonlyMap<string, readonly number[]> {
  const { hiddenSize: d, intermediateSize: f, headDim } = config
  const q = config.queryHeads * headDim
  const kv = config.kvHeads * headDim
  const shapes = new Map<string, readonly number[]>([['model.embed_tokens.weight', [config.vocabSize, d]]])
  for (let layer = 0; layer < config.layers; layer++) {
    const set = (name: string, shape: readonly number[]): void => {
      shapes.set(`model.layers.${layer}.${name}`, shape)
    }
    set('input_layernorm.weight', [d])
    for (const [name, out] of [
      ['q_proj', q],
      ['k_proj', kv],
      ['v_proj', kv],
    ] as const) {
      set(`self_attn.${name}.weight`, [out, d])
      if (config.qkvBias) set(`self_attn.${name}.bias`, [out])
    }
    if (config.qkNorm) {
      set('self_attn.q_norm.weight', [headDim])
      set('self_attn.k_norm.weight', [headDim])
    }
    set('self_attn.o_proj.weight', [d, q])
    if (config.outputBias) set('self_attn.o_proj.bias', [d])
    set('post_attention_layernorm.weight', [d])
    for (const [name, out, input] of [
      ['gate_proj', f, d],
      ['up_proj', f, d],
      ['down_proj', d, f],
    ] as const) {
      set(`mlp.${name}.weight`, [out, input])
      if (config.mlpBias) set(`mlp.${name}.bias`, [out])
    }
  }
  shapes.set('model.norm.weight', [d])
  if (!config.tiedEmbeddings) shapes.set('lm_head.weight', [config.vocabSize, d])
  return shapes
}
