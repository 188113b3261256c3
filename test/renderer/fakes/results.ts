import type { ArmResult, Figure, Results } from '../../../src/shared/results.ts'
import { BASELINE, CANDIDATE } from './models.ts'

const measured = (value: number, unit: string, spread = 0, n?: number): Figure => ({
  value,
  unit,
  provenance: 'measured',
  ...(spread === 0 ? {} : { ci95: [value - spread, value + spread] as [number, number] }),
  ...(n === undefined ? {} : { n }),
})

const CONTEXTS = [256, 512, 1024, 2048] as const
const DOCUMENTS = 28

interface ArmShape {
  readonly id: string
  readonly role: ArmResult['role']
  readonly model: typeof BASELINE
  readonly nll: number
  readonly ttft: number
  readonly tpot: number
}

/** Times grow with the context length; where KV heads are fewer, decoding grows more slowly. */
function arm({ id, role, model, nll, ttft, tpot }: ArmShape): ArmResult {
  const { name, sha256, parameters, layers, hiddenSize, queryHeads, kvHeads, headDim, kvBytesPerToken } =
    model
  return {
    id,
    role,
    model: { name, sha256, parameters, layers, hiddenSize, queryHeads, kvHeads, headDim, kvBytesPerToken },
    quality: {
      nll: measured(nll, 'nats/token', 0.041, 14_807),
      bitsPerByte: measured(nll / 3.366, 'bits/byte', 0.012),
      perplexity: measured(Math.exp(nll), '1', 2.6),
      nllByPosition: [
        [0, 128, 0.62],
        [128, 256, 0.21],
        [256, 512, 0.02],
        [512, 1024, -0.11],
        [1024, 2048, -0.17],
      ].map(([from = 0, to = 1, shift = 0]) => ({
        from,
        to,
        nll: measured(nll + shift, 'nats/token', 0.05 + from / 40_000),
      })),
      ...(role === 'candidate'
        ? {
            agreement: {
              klMean: measured(0.021, 'nats'),
              klP95: measured(0.113, 'nats'),
              sameTop1: measured(0.934, 'ratio'),
              rmsDeltaP: measured(0.038, 'probability'),
            },
          }
        : {}),
    },
    speed: CONTEXTS.map((context) => {
      const first = ttft * (context / 1024) ** 1.15
      const each = tpot * (1 + (context * kvHeads) / 60_000)
      return {
        context,
        ttftMs: measured(first, 'ms', first * 0.04, 12),
        tpotMs: measured(each, 'ms', each * 0.05, 12),
        tpotP50Ms: measured(each * 0.97, 'ms'),
        tpotP95Ms: measured(each * 1.24, 'ms'),
        prefillTokensPerSecond: measured((context / first) * 1000, 'tokens/s'),
        decodeTokensPerSecond: measured(1000 / each, 'tokens/s'),
        unstable: context === 2048 && role === 'baseline',
      }
    }),
    memory: {
      weightsBytes: measured(9_576_920, 'bytes'),
      peakRssBytes:
        role === 'baseline'
          ? measured(412 * 2 ** 20, 'bytes')
          : { value: null, unit: 'bytes', provenance: 'unavailable' },
      kvBytes: CONTEXTS.map((context) => ({
        context,
        predicted: { value: kvBytesPerToken * context, unit: 'bytes', provenance: 'estimated' },
        measured: measured(kvBytesPerToken * context, 'bytes'),
      })),
    },
  }
}

/** Results of the reference pair as a finished run leaves them. */
export function finishedResults(run: string, createdAt: string): Results {
  const baseline = arm({
    id: 'baseline',
    role: 'baseline',
    model: BASELINE,
    nll: 4.1505,
    ttft: 141,
    tpot: 2.9,
  })
  const candidate = arm({
    id: 'candidate-1',
    role: 'candidate',
    model: CANDIDATE,
    nll: 4.1463,
    ttft: 128,
    tpot: 2.6,
  })
  const compare = (
    metric: string,
    unit: string,
    [of, to]: readonly [number, number],
    spread: number,
  ): Results['comparisons'][number] => ({
    candidate: 'candidate-1',
    metric,
    difference: measured(to - of, unit, spread, DOCUMENTS),
    ci95: [to - of - spread, to - of + spread],
    relative: measured((to - of) / of, 'ratio', spread / of, DOCUMENTS),
    margin: metric === 'nll' ? 0.01 : null,
    verdict: metric === 'nll' ? 'kept' : null,
  })
  const pair = (read: (arm: ArmResult) => number | null | undefined): [number, number] => [
    read(baseline) ?? 0,
    read(candidate) ?? 0,
  ]
  return {
    schema: 'soroban.results/1',
    run: {
      id: run,
      seed: 1,
      createdAt,
      locale: 'ja',
      margins: { nllRelative: 0.01 },
      contexts: [...CONTEXTS],
      window: 1024,
      stride: 512,
    },
    environment: {
      soroban: '0.1.0',
      node: '24.21.0',
      onnxruntime: '1.30.0',
      runtimeDriver: 'native',
      providerRequested: 'cpu',
      providerUsed: 'cpu',
      quantization: 'none',
      threads: 8,
      os: 'Windows 11 Pro 24H2 x64',
      cpu: { model: 'Intel Core i7-13700', physicalCores: 16, logicalCores: 24 },
      memoryBytes: 32 * 2 ** 30,
      gpus: [],
      onBattery: false,
      loadPerCore: 0.04,
    },
    corpus: { documents: DOCUMENTS, bytes: 71_909, tokens: 14_807, sha256: 'cd'.repeat(32) },
    documents: Array.from({ length: DOCUMENTS }, (_, index) => ({
      name: `minutes/${String(index + 1).padStart(2, '0')}-議事録.txt`,
      sha256: 'ef'.repeat(32),
      bytes: 2100 + 37 * index,
      characters: 800 + 14 * index,
      scores: {
        baseline: { nllSum: (4.1505 + Math.sin(index) / 5) * (480 + index), tokens: 480 + index },
        'candidate-1': { nllSum: (4.1463 + Math.sin(index + 0.1) / 5) * (480 + index), tokens: 480 + index },
      },
    })),
    arms: [baseline, candidate],
    comparisons: [
      compare('nll', 'nats/token', [4.1505, 4.1463], 0.021),
      compare('bitsPerByte', 'bits/byte', [1.233, 1.2317], 0.006),
      ...CONTEXTS.flatMap((context, index) => [
        compare(
          `ttftMs@${context}`,
          'ms',
          pair(({ speed }) => speed[index]?.ttftMs.value),
          2.4,
        ),
        compare(
          `tpotMs@${context}`,
          'ms',
          pair(({ speed }) => speed[index]?.tpotMs.value),
          0.09,
        ),
        compare(
          `kvBytes@${context}`,
          'bytes',
          pair(({ memory }) => memory.kvBytes[index]?.measured.value),
          0,
        ),
      ]),
    ],
    selfCheck: { windows: 4, maxAbsoluteDifference: 0, passed: true },
    warnings: [
      {
        code: 'comparison/machine-busy',
        params: { percent: 31 },
        message:
          '速度を測る直前に、ほかの処理がプロセッサーの 31 % を使っていました。速度の数値はその影響を受けている可能性があります。',
      },
    ],
  }
}
