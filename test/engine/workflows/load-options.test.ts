import { describe, expect, it } from 'vitest'

import type { DecoderSource } from '../../../src/engine/runtime/index.ts'
import { graphFor, loadOptions } from '../../../src/engine/workflows/load-options.ts'

const source = (graphPath: string): DecoderSource => ({
  graphPath,
  weightsBytes: 1,
  config: { vocabSize: 8, layers: 1, kvHeads: 1, headDim: 16, maxPositions: 8 },
  kvElementBytes: 4,
})
const [generate, score, logits] = [source('generate'), source('score'), source('logits')]

describe('loadOptions', () => {
  it('forbids the CPU on WebGPU only', () => {
    expect(loadOptions('webgpu', 2)).toEqual({ provider: 'webgpu', threads: 2, forbidCpuFallback: true })
    expect(loadOptions('cpu', 1)).toEqual({ provider: 'cpu', threads: 1, forbidCpuFallback: false })
    expect(loadOptions('cuda', 1)).toEqual({ provider: 'cuda', threads: 1, forbidCpuFallback: false })
  })
})

describe('graphFor', () => {
  it('takes the one graph made for the purpose', () => {
    const graphs = { generate, score, logits }
    expect(graphFor('generate', graphs)).toEqual({ generate })
    expect(graphFor('score', graphs)).toEqual({ score })
    expect(graphFor('compare', graphs)).toEqual({ logits })
  })

  it('takes logits where that is all there is, and nothing where nothing serves', () => {
    expect(graphFor('generate', { logits })).toEqual({ logits })
    expect(graphFor('score', { logits })).toEqual({ logits })
    expect(graphFor('score', { generate })).toEqual({})
  })
})
