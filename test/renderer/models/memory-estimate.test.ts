import { describe, expect, test } from 'vitest'

import {
  blockBytes,
  concurrentSequences,
  contextLadder,
  longestContext,
  memoryBytes,
  weightBytes,
} from '../../../src/renderer/views/models/memory-estimate.ts'
import type { ModelDescription } from '../../../src/shared/contract/models.ts'
import { REFERENCE_GQA, REFERENCE_MHA } from './model-descriptions.ts'

/** Llama-2-7B's shape: 32 layers, d = 4096, f = 11008, 32 heads of 128, an output head of its own. */
const SEVEN_BILLION: ModelDescription = {
  ...REFERENCE_MHA,
  parameters: 6_738_415_616,
  layers: 32,
  hiddenSize: 4096,
  intermediateSize: 11_008,
  queryHeads: 32,
  kvHeads: 32,
  headDim: 128,
  vocabSize: 32_000,
  maxPositions: 4096,
  // 4 · 2 · 32 · 128 · 32
  kvBytesPerToken: 1_048_576,
  tiedEmbeddings: false,
}
const GIB = 2 ** 30

describe('blockBytes', () => {
  test('32 values take 32 bytes and a scale in int8, 16 bytes and a scale in int4', () => {
    expect(blockBytes(3, 64, 8)).toBe(3 * 2 * 36)
    expect(blockBytes(3, 64, 4)).toBe(3 * 2 * 20)
  })

  test('a block that is not full takes as much as a full one', () => {
    expect(blockBytes(5, 33, 4)).toBe(5 * 2 * 20)
  })
})

describe('weightBytes', () => {
  test('a Hugging Face model runs in float32, whatever it is stored in', () => {
    expect(weightBytes(REFERENCE_MHA, 'none')).toBe(19_145_728)
  })

  test('quantised, a tied table is kept in float32 for the embedding and in blocks for the head', () => {
    // 3,211,264 linear values and the head's 1,572,864 in blocks; 1,575,168 of embedding and norms in float32
    expect(weightBytes(REFERENCE_MHA, 'int8')).toBe(1_575_168 * 4 + ((3_211_264 + 1_572_864) / 32) * 36)
    expect(weightBytes(REFERENCE_MHA, 'int4')).toBe(1_575_168 * 4 + ((3_211_264 + 1_572_864) / 32) * 20)
  })

  test('quantised, an output head of its own is kept in blocks only', () => {
    // linear: 32 · (4·4096² + 3·11008·4096) = 6,476,005,376; head 131,072,000; embedding and norms 131,338,240
    expect(weightBytes(SEVEN_BILLION, 'int4')).toBe(
      131_338_240 * 4 + ((6_476_005_376 + 131_072_000) / 32) * 20,
    )
  })

  test('an ONNX folder runs as it is stored', () => {
    const onnx: ModelDescription = { ...REFERENCE_MHA, layout: 'onnx', storedTypes: ['float16'] }
    expect(weightBytes(onnx, 'int4')).toBe(2 * 4_786_432)
  })

  test('what an ONNX folder of several types takes cannot be told', () => {
    const onnx: ModelDescription = { ...REFERENCE_MHA, layout: 'onnx', storedTypes: ['float16', 'int4'] }
    expect(weightBytes(onnx, 'none')).toBeNull()
    expect(weightBytes({ ...onnx, storedTypes: ['int4'] }, 'none')).toBeNull()
  })
})

describe('what fits', () => {
  test('weights and the cache of every sequence add up', () => {
    expect(memoryBytes(REFERENCE_MHA, 19_145_728, 2048, 3)).toBe(19_145_728 + 3 * 2048 * 8192)
  })

  test('the longest context is what the memory beside the weights holds', () => {
    const weights = 4 * SEVEN_BILLION.parameters
    expect(longestContext(SEVEN_BILLION, weights, weights + 1000 * 1_048_576 + 1)).toEqual({
      tokens: 1000,
      limit: 'memory',
    })
  })

  test('a context never exceeds the positions of the model', () => {
    expect(longestContext(SEVEN_BILLION, 4 * SEVEN_BILLION.parameters, 64 * GIB)).toEqual({
      tokens: 4096,
      limit: 'positions',
    })
  })

  test('nothing fits where the weights do not', () => {
    expect(longestContext(SEVEN_BILLION, 4 * SEVEN_BILLION.parameters, 16 * GIB)).toEqual({
      tokens: 0,
      limit: 'memory',
    })
    expect(concurrentSequences(SEVEN_BILLION, 4 * SEVEN_BILLION.parameters, 16 * GIB, 1024)).toBe(0)
  })

  test('a quarter of the KV heads lets four times as many sequences in', () => {
    const weights = 20_000_000
    const memory = weights + 2 * 2048 * 8192
    expect(concurrentSequences(REFERENCE_MHA, weights, memory, 2048)).toBe(2)
    expect(concurrentSequences(REFERENCE_GQA, weights, memory, 2048)).toBe(8)
  })

  test('a context beyond the positions is not applicable', () => {
    expect(concurrentSequences(REFERENCE_MHA, 0, GIB, 2049)).toBeNull()
  })
})

describe('contextLadder', () => {
  test('seven powers of two that end within the positions', () => {
    expect(contextLadder(2048)).toEqual([32, 64, 128, 256, 512, 1024, 2048])
    expect(contextLadder(131_072)).toEqual([2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072])
    expect(contextLadder(40_960)).toEqual([512, 1024, 2048, 4096, 8192, 16_384, 32_768])
  })

  test('few positions make a short ladder', () => {
    expect(contextLadder(5)).toEqual([1, 2, 4])
  })
})
