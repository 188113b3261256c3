import type { ModelDescription } from '../../../src/shared/contract/models.ts'

/** The reference models' shapes: 4 layers, d = 256, f = 704, 8 query heads of 32, a tied table of 6144 rows. */
export const REFERENCE_MHA: ModelDescription = {
  layout: 'hf',
  folder: '/models/reference-mha',
  name: 'reference-mha',
  sha256: 'a'.repeat(64),
  family: 'llama',
  // 6144·256 + 4·(4·256·256 + 3·704·256 + 2·256) + 256
  parameters: 4_786_432,
  layers: 4,
  hiddenSize: 256,
  intermediateSize: 704,
  queryHeads: 8,
  kvHeads: 8,
  headDim: 32,
  vocabSize: 6144,
  maxPositions: 2048,
  // 4 bytes · 2 · 4 layers · 32 · 8
  kvBytesPerToken: 8192,
  kvType: 'float32',
  storedTypes: ['F16'],
  tiedEmbeddings: true,
  rope: { theta: 10_000, scaling: null },
}

export const REFERENCE_GQA: ModelDescription = {
  ...REFERENCE_MHA,
  folder: '/models/reference-gqa',
  name: 'reference-gqa',
  sha256: 'b'.repeat(64),
  // K and V projections have a quarter of the rows: 2 · 4 layers · 192 · 256 fewer
  parameters: 4_393_216,
  kvHeads: 2,
  kvBytesPerToken: 2048,
}
