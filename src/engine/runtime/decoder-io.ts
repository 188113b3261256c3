import type { DecoderConfig, DecoderIo, DecoderVariant } from '../graph/index.ts'

/** A decoder graph on disk and what is needed to run it. */
export interface DecoderSource {
  readonly graphPath: string
  readonly weightsBytes: number
  readonly config: Pick<DecoderConfig, 'vocabSize' | 'layers' | 'kvHeads' | 'headDim' | 'maxPositions'>
  /** 4 for a float32 cache, 2 for float16. */
  readonly kvElementBytes: number
  /** Only for graphs that Soroban did not compile itself. */
  readonly io?: DecoderIo
}

/** Inputs and outputs of the graphs that the models stage compiles. */
export function compiledDecoderIo(variant: DecoderVariant, kvElementBytes: number): DecoderIo {
  return {
    inputIds: 'input_ids',
    positions: { kind: 'lengths', lastIndex: 'seqlens_k', total: 'total_sequence_length' },
    outputs:
      variant === 'score'
        ? { kind: 'scores', targets: 'targets', logProbs: 'log_probs', top1: 'top1' }
        : {
            kind: 'logits',
            logits: 'logits',
            rows: variant === 'generate' ? 'last' : 'all',
            type: 'float32',
          },
    kv: {
      pastKey: 'past_key_values.%d.key',
      pastValue: 'past_key_values.%d.value',
      presentKey: 'present.%d.key',
      presentValue: 'present.%d.value',
      type: kvElementBytes === 2 ? 'float16' : 'float32',
      layout: 'in-place',
    },
  }
}
