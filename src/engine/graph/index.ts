export { BLOCK_SIZE, quantizeBlocks, type BlockBits, type BlockQuantized } from './block-quantization.ts'
export { GraphBuilder, type NodeOptions } from './builder.ts'
export {
  decoderForward,
  parameterShapes,
  type DecoderConfig,
  type DecoderOps,
  type RopeConfig,
  type RopeScaling,
} from './decoder.ts'
export { decoderGraph, DECODER_VARIANTS, KV_ELEMENT_BYTES, type DecoderVariant } from './decoder-graph.ts'
export type { DecoderIo, DecoderOutputs, KvIo, PositionInputs } from './decoder-io.ts'
export { exchangeGraph } from './exchange-graph.ts'
export { parseModel, type ParsedModel, type ParsedValue } from './parse.ts'
export { ropeFrequencies, ropeTables } from './rope.ts'
export { ELEMENT_BYTES, serializeModel } from './serialize.ts'
export { gatherTargets, logSoftmax, rowArgmax } from './token-scores.ts'
export type { ElementType, GraphModel, TensorData, Value } from './types.ts'
export {
  formsOf,
  type ByteRange,
  type LinearPrecision,
  type StoredForm,
  type WeightLayout,
} from './weight-layout.ts'
