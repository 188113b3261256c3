import { GraphBuilder } from './builder.ts'
import { decoderForward, parameterShapes, type DecoderConfig } from './decoder.ts'
import { FusedOps, type DecoderFeeds } from './fused-ops.ts'
import type { GraphModel, Value } from './types.ts'
import type { WeightLayout } from './weight-layout.ts'

/** TensorProto.DataType of int32, which Cast takes as an attribute. */
const ONNX_INT32 = 6

/**
 * The decoder with the inputs and outputs that Optimum, transformers.js and onnxruntime-genai give to a causal
 * language model: `input_ids` int64 [1, seq], `attention_mask` int64 [1, total] of ones, and
 * `past_key_values.{i}.key|value` float32 [1, n_kv, past, d_h], where past may be 0; `logits` float32 [1, seq, vocab]
 * and `present.{i}.key|value` float32 [1, n_kv, total, d_h].
 *
 * The batch is 1 by declaration: GroupQueryAttention reads a row's length, not where its padding lies, so that a
 * batch padded on the left would run and be wrong.
 */
export function exchangeGraph(config: DecoderConfig, layout: WeightLayout): GraphModel {
  const graph = new GraphBuilder()
  const ops = new FusedOps(graph, config, layout, declareFeeds(graph, config), 'all')
  const shapes = parameterShapes(config)
  const logits = decoderForward(config, ops, (name) => ops.weight(name, shapes.get(name)!))
  graph.output(logits, 'logits')
  const presentShape = [1, config.kvHeads, 'total_sequence_length', config.headDim]
  for (const cache of ops.presents) graph.output({ ...cache, shape: presentShape })
  return graph.build()
}

function declareFeeds(graph: GraphBuilder, config: DecoderConfig): DecoderFeeds {
  const inputIds = graph.input('input_ids', 'int64', [1, 'sequence_length'])
  const mask = graph.input('attention_mask', 'int64', [1, 'total_sequence_length'])
  const pastShape = [1, config.kvHeads, 'past_sequence_length', config.headDim]
  return {
    inputIds,
    ...lengths(graph, mask),
    past: Array.from({ length: config.layers }, (_, layer) => ({
      key: graph.input(`past_key_values.${layer}.key`, 'float32', pastShape),
      value: graph.input(`past_key_values.${layer}.value`, 'float32', pastShape),
    })),
  }
}

/** What GroupQueryAttention wants to know, from the mask: the index of the last valid position, and the mask's extent. */
function lengths(graph: GraphBuilder, mask: Value): Pick<DecoderFeeds, 'lastPosition' | 'totalLength'> {
  const toInt32 = { attributes: { to: { int: ONNX_INT32 } } }
  const valid = graph.node('ReduceSum', [mask, graph.int64s([1])], 'int64', [1], {
    attributes: { keepdims: { int: 0 } },
  })
  const last = graph.node('Sub', [valid, graph.int64s([1])], 'int64', [1])
  const extent = graph.node('Shape', [mask], 'int64', [1], { attributes: { start: { int: 1 } } })
  const total = graph.node('Squeeze', [extent], 'int64', [])
  return {
    lastPosition: graph.node('Cast', [last], 'int32', [1], toInt32),
    totalLength: graph.node('Cast', [total], 'int32', [], toInt32),
  }
}
