import type { ModelDescription } from '../../../src/shared/contract/models.ts'

/** The bundled reference pair, with the figures of its cards. */
function reference(name: string, kvHeads: number, parameters: number, sha256: string) {
  return {
    layout: 'hf',
    folder: `/opt/soroban/resources/models/${name}`,
    name,
    sha256,
    family: 'llama',
    parameters,
    layers: 4,
    hiddenSize: 256,
    intermediateSize: 704,
    queryHeads: 8,
    kvHeads,
    headDim: 32,
    vocabSize: 6144,
    maxPositions: 2048,
    kvBytesPerToken: 2 * 4 * kvHeads * 32 * 4,
    kvType: 'float32',
    storedTypes: ['F16'],
    tiedEmbeddings: true,
    rope: { theta: 10_000, scaling: null },
  } satisfies ModelDescription
}

export const BASELINE = reference(
  'reference-mha',
  8,
  4_786_432,
  '7c90261dbb02ef19b4126f93fcf8f251c8d82e2606e38e6975bc8cf5f3da7c83',
)
export const CANDIDATE = reference(
  'reference-gqa',
  2,
  4_393_216,
  '43663764583321ac3c531b15d3d657c6eb13340e9d284d8cca888f9c5f19fe3c',
)
