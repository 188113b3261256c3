import { GraphBuilder } from './builder.ts'
import { decoderForward, parameterShapes, type DecoderConfig } from './decoder.ts'
import { FusedOps, type DecoderFeeds } from './fused-ops.ts'
import { gatherTargets, logSoftmax, rowArgmax } from './token-scores.ts'
import type { GraphModel } from './types.ts'
import type { WeightLayout } from './weight-layout.ts'

/**
 * What a compiled decoder computes beside the KV cache:
 * - `generate`: `logits` float32 [1, 1, vocab] of the last position;
 * - `logits`: `logits` float32 [1, seq, vocab];
 * - `score`: `log_probs` float32 [1, seq], the log-probability of `targets` int64 [1, seq, 1], and `top1` int64
 *   [1, seq].
 */
export const DECODER_VARIANTS = ['generate', 'score', 'logits'] as const
export type DecoderVariant = (typeof DECODER_VARIANTS)[number]

/** Bytes of one element of the KV cache: float32. */
export const KV_ELEMENT_BYTES = 4

/**
 * The inference graph of a decoder, batch 1. Inputs: `input_ids` int64 [1, seq], `seqlens_k` int32 [1] (total − 1),
 * `total_sequence_length` int32 [], `past_key_values.{i}.key|value` float32 [1, n_kv, maxLength, d_h], to be bound to
 * the same memory as the outputs `present.{i}.key|value`. Positions 0 to total − seq − 1 of the cache are read,
 * the next seq written.
 */
export function decoderGraph(
  config: DecoderConfig,
  layout: WeightLayout,
  variant: DecoderVariant,
): GraphModel {
  const graph = new GraphBuilder()
  const feeds = declareFeeds(graph, config)
  const targets = variant === 'score' ? graph.input('targets', 'int64', [1, 'seq', 1]) : null
  const ops = new FusedOps(graph, config, layout, feeds, variant === 'generate' ? 'last' : 'all')
  const shapes = parameterShapes(config)
  const logits = decoderForward(config, ops, (name) => ops.weight(name, shapes.get(name)!))
  if (targets === null) {
    graph.output(logits, 'logits')
  } else {
    graph.output(gatherTargets(graph, logSoftmax(graph, logits), targets), 'log_probs')
    graph.output(rowArgmax(graph, logits), 'top1')
  }
  for (const cache of ops.presents) graph.output(cache)
  return graph.build()
}

function declareFeeds(graph: GraphBuilder, config: DecoderConfig): DecoderFeeds {
  const cacheShape = [1, config.kvHeads, 'maxLength', config.headDim]
  return {
    inputIds: graph.input('input_ids', 'int64', [1, 'seq']),
    lastPosition: graph.input('seqlens_k', 'int32', [1]),
    totalLength: graph.input('total_sequence_length', 'int32', []),
    past: Array.from({ length: config.layers }, (_, layer) => ({
      key: graph.input(`past_key_values.${layer}.key`, 'float32', cacheShape),
      value: graph.input(`past_key_values.${layer}.value`, 'float32', cacheShape),
    })),
  }
}
