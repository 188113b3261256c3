import type { ArmResult, ComparisonResult, Figure, Results, Verdict } from '../../../src/shared/results.ts'

const CONTEXTS = [512, 2048, 8192] as const
const LAYERS = 32
const HEAD_DIM = 128
const BYTES_PER_ELEMENT = 2

export interface CandidateCase {
  readonly id: string
  readonly kvHeads: number
  readonly verdict: Verdict
  /** Relative difference of nll with its interval. */
  readonly relative: readonly [number, number, number]
  /** TPOT over the baseline's, the longest context last. */
  readonly speed?: readonly [number, number, number]
  readonly weightsBytes?: number
  readonly otherTokenizer?: true
}

const figure = (value: number, unit: string, ci95?: readonly [number, number]): Figure => ({
  value,
  unit,
  provenance: 'measured',
  ...(ci95 === undefined ? {} : { ci95: [ci95[0], ci95[1]] }),
})

function armCase(
  id: string,
  role: ArmResult['role'],
  {
    kvHeads,
    nll,
    speed,
    weightsBytes,
  }: { kvHeads: number; nll: number; speed: readonly number[]; weightsBytes: number },
): ArmResult {
  const kvBytesPerToken = 2 * LAYERS * kvHeads * HEAD_DIM * BYTES_PER_ELEMENT
  const tpot = [60, 66, 90].map((ms, index) => ms * (speed[index] ?? 1))
  return {
    id,
    role,
    model: {
      name: `${id}-7b`,
      sha256: 'ab'.repeat(32),
      parameters: Math.round(weightsBytes / BYTES_PER_ELEMENT),
      layers: LAYERS,
      hiddenSize: 4096,
      queryHeads: 32,
      kvHeads,
      headDim: HEAD_DIM,
      kvBytesPerToken,
    },
    quality: {
      nll: figure(nll, 'nats/token', [nll - 0.04, nll + 0.04]),
      bitsPerByte: figure(nll / 2.4, 'bits/byte'),
      perplexity: figure(Math.exp(nll), '1'),
      nllByPosition: [0, 128, 256, 512, 1024, 2048, 4096].map((from, index) => ({
        from,
        to: from === 0 ? 128 : 2 * from,
        nll: figure(nll + 0.5 / (index + 1), 'nats/token'),
      })),
    },
    speed: CONTEXTS.map((context, index) => ({
      context,
      ttftMs: figure(1.9 * context, 'ms', [1.8 * context, 2 * context]),
      tpotMs: figure(tpot[index]!, 'ms', [tpot[index]! * 0.98, tpot[index]! * 1.02]),
      tpotP50Ms: figure(tpot[index]! * 0.99, 'ms'),
      tpotP95Ms: figure(tpot[index]! * 1.1, 'ms'),
      prefillTokensPerSecond: figure(526.3, 'tokens/s'),
      decodeTokensPerSecond: figure(1000 / tpot[index]!, 'tokens/s'),
      unstable: false,
    })),
    memory: {
      weightsBytes: figure(weightsBytes, 'bytes'),
      peakRssBytes: { value: null, unit: 'bytes', provenance: 'unavailable' },
      kvBytes: CONTEXTS.map((context) => ({
        context,
        predicted: { value: kvBytesPerToken * context, unit: 'bytes', provenance: 'estimated' },
        measured: figure(kvBytesPerToken * context, 'bytes'),
      })),
    },
  }
}

/** A run of a 7B model on a GPU with 40 documents, and these candidates. */
export function runCase(candidates: readonly CandidateCase[]): Results {
  const warnings: Results['warnings'] = candidates
    .filter(({ otherTokenizer }) => otherTokenizer)
    .map(({ id }) => ({ code: 'comparison/tokenizer-differs', params: { candidate: id }, message: '' }))
  return {
    schema: 'soroban.results/1',
    run: {
      id: '20260401-010203-abcdef',
      seed: 1,
      createdAt: '2026-04-01T01:02:03.000Z',
      locale: 'ja',
      margins: { nllRelative: 0.01 },
      contexts: [...CONTEXTS],
      window: 4096,
      stride: 2048,
    },
    environment: {
      soroban: '0.1.0',
      node: '24.21.0',
      onnxruntime: '1.30.0',
      runtimeDriver: 'native',
      providerRequested: 'cuda',
      providerUsed: 'cuda',
      quantization: 'none',
      threads: 8,
      os: 'Linux',
      cpu: { model: 'Example CPU', physicalCores: 8, logicalCores: 16 },
      memoryBytes: 64 * 2 ** 30,
      gpus: [{ name: 'Example GPU 24GB', driver: '550.1', memoryBytes: 24 * 2 ** 30 }],
      onBattery: false,
      loadPerCore: 0.02,
    },
    corpus: { documents: 40, bytes: 1_200_000, tokens: 410_000, sha256: 'cd'.repeat(32) },
    documents: Array.from({ length: 40 }, (_, index) => ({
      name: `規程/文書${index + 1}.docx`,
      sha256: 'ef'.repeat(32),
      bytes: 30_000,
      characters: 10_000,
      scores: Object.fromEntries(
        ['mha', ...candidates.map(({ id }) => id)].map((id, arm) => [
          id,
          { nllSum: 20_000 + 10 * index + 30 * arm, tokens: 10_000 },
        ]),
      ),
    })),
    arms: [
      armCase('mha', 'baseline', { kvHeads: 32, nll: 2.1, speed: [1, 1, 1], weightsBytes: 14e9 }),
      ...candidates.map(({ id, kvHeads, relative, speed = [0.97, 0.9, 0.75], weightsBytes = 13e9 }) =>
        armCase(id, 'candidate', { kvHeads, nll: 2.1 * (1 + relative[0]), speed, weightsBytes }),
      ),
    ],
    comparisons: candidates.flatMap(comparisonsOf),
    selfCheck: { windows: 40, maxAbsoluteDifference: 0, passed: true },
    warnings,
  }
}

function comparisonsOf(candidate: CandidateCase): ComparisonResult[] {
  const { id, kvHeads, verdict, relative, speed = [0.97, 0.9, 0.75], otherTokenizer } = candidate
  const [middle, low, high] = relative
  const plain = { candidate: id, margin: null, verdict: null } as const
  return [
    {
      candidate: id,
      metric: otherTokenizer ? 'bitsPerByte' : 'nll',
      difference: figure(2.1 * middle, 'nats/token', [2.1 * low, 2.1 * high]),
      ci95: [2.1 * low, 2.1 * high],
      relative: figure(middle, '1', [low, high]),
      margin: 0.01,
      verdict,
    },
    ...CONTEXTS.flatMap((context, index): ComparisonResult[] => {
      const ratio = speed[index]! - 1
      const ms = [60, 66, 90][index]! * ratio
      return [
        {
          ...plain,
          metric: `ttftMs@${context}`,
          difference: figure(0, 'ms', [-3, 3]),
          ci95: [-3, 3],
          relative: figure(0, '1', [-0.002, 0.002]),
        },
        {
          ...plain,
          metric: `tpotMs@${context}`,
          difference: figure(ms, 'ms', [ms - 0.5, ms + 0.5]),
          ci95: [ms - 0.5, ms + 0.5],
          relative: figure(ratio, '1', [ratio - 0.01, ratio + 0.01]),
        },
        {
          ...plain,
          metric: `kvBytes@${context}`,
          difference: figure((kvHeads - 32) * 16_384 * context, 'bytes'),
          ci95: null,
          relative: figure(kvHeads / 32 - 1, '1'),
        },
      ]
    }),
  ]
}

export const KEPT: CandidateCase = {
  id: 'gqa-8',
  kvHeads: 8,
  verdict: 'kept',
  relative: [0.0035, -0.0012, 0.0081],
}
export const UNDECIDED: CandidateCase = {
  id: 'gqa-4',
  kvHeads: 4,
  verdict: 'undecided',
  relative: [0.0092, 0.0031, 0.0151],
}
export const WORSE: CandidateCase = {
  id: 'gqa-1',
  kvHeads: 1,
  verdict: 'worse',
  relative: [0.0413, 0.0342, 0.0488],
  speed: [1.05, 1.02, 0.9],
}
