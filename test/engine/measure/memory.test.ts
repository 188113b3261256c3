import { expect, it } from 'vitest'

import { kvBytesPerToken, kvCacheBytes, weightBytes } from '../../../src/engine/measure/index.ts'

it('predicts the KV cache by 2·L·n_kv·d_h·q·T', () => {
  // Llama-3-8B: 32 layers, 8 KV heads of 128, fp16: 128 KiB a token, 1 GiB at 8,192 tokens.
  const llama = { layers: 32, kvHeads: 8, headDim: 128 }
  expect(kvBytesPerToken(llama, 2)).toBe(128 * 1024)
  expect(kvCacheBytes(llama, 2, 8192)).toBe(2 ** 30)
})

it('multiplies parameters by their bytes', () => {
  expect(weightBytes(1_000_000, 4)).toBe(4_000_000)
})
