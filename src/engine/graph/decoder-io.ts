/** How a decoder graph is told where the new tokens stand. */
export type PositionInputs =
  /** `lastIndex` int32 [1] = total − 1, `total` int32 [] = past + new tokens. */
  | { readonly kind: 'lengths'; readonly lastIndex: string; readonly total: string }
  /** `attentionMask` int64 [1, total] of ones, `positionIds` int64 [1, seq] where the graph has it. */
  | { readonly kind: 'mask'; readonly attentionMask: string; readonly positionIds: string | null }

/** What a decoder graph computes beside the KV cache. */
export type DecoderOutputs =
  /** [1, 1, vocab] of the last position, or [1, seq, vocab]. */
  | {
      readonly kind: 'logits'
      readonly logits: string
      readonly rows: 'last' | 'all'
      readonly type: 'float32' | 'float16'
    }
  /** Input `targets` int64 [1, seq, 1]; `logProbs` float32 [1, seq] of the targets; `top1` int64 [1, seq]. */
  | { readonly kind: 'scores'; readonly targets: string; readonly logProbs: string; readonly top1: string }

/** Names and layout of the KV cache; `%d` stands for the layer. */
export interface KvIo {
  readonly pastKey: string
  readonly pastValue: string
  readonly presentKey: string
  readonly presentValue: string
  readonly type: 'float32' | 'float16'
  /** Whether past and present are one buffer of full length, or present is past with the new tokens appended. */
  readonly layout: 'in-place' | 'appended'
}

/** Inputs and outputs of a decoder graph by name, so that graphs made elsewhere run as they are. */
export interface DecoderIo {
  readonly inputIds: string
  readonly positions: PositionInputs
  readonly outputs: DecoderOutputs
  readonly kv: KvIo
}
