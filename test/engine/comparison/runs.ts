import type { ArmFacts, AssembleInput } from '../../../src/engine/comparison/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import type { FinishedUnit } from '../../../src/engine/runs/index.ts'

const TOKENIZER = 'a'.repeat(64)

export function armFacts(id: string, kvHeads = 2, tokenizerSha256 = TOKENIZER): ArmFacts {
  return {
    id,
    role: id === 'baseline' ? 'baseline' : 'candidate',
    model: {
      name: id,
      sha256: 'b'.repeat(64),
      parameters: 1000,
      layers: 2,
      hiddenSize: 64,
      queryHeads: 8,
      kvHeads,
      headDim: 8,
      kvBytesPerToken: 2 * 2 * kvHeads * 8 * 4,
    },
    tokenizerSha256,
    weightsBytes: 4000 - 100 * (8 - kvHeads),
  }
}

export interface SyntheticArm {
  readonly facts: ArmFacts
  /** nll of every token relative to the baseline's, plus noise of this standard deviation. */
  readonly factor: number
  readonly noise?: number
  readonly speedFactor?: number
}

/** A complete run over documents of 2 windows of 20 tokens each; everything follows from the arguments. */
export function syntheticRun(
  arms: readonly SyntheticArm[],
  { documents = 12, repetitions = 5 }: { documents?: number; repetitions?: number } = {},
): AssembleInput {
  const names = Array.from({ length: documents }, (_, d) => `doc${d}.txt`)
  const samples: FinishedUnit[] = []
  const push = (unit: FinishedUnit['unit'], of: FinishedUnit['samples']): void => {
    samples.push({ ordinal: samples.length, unit, samples: of } as FinishedUnit)
  }
  for (const [a, { facts, factor, noise = 0 }] of arms.entries()) {
    const shared = new SeededRandom(1)
    const own = new SeededRandom(100 + a)
    for (const [d, document] of names.entries()) {
      const level = 2 + shared.uniform()
      const shift = factor + noise * own.normal()
      for (const window of [0, 1]) {
        const logProbs = Float32Array.from({ length: 20 }, () => -(level + shared.uniform()) * shift)
        const firstPosition = 1 + 20 * window
        const pair = {
          kl: new Float32Array(20).fill(0.01 * (d + 1)),
          sameTop1: Uint8Array.from({ length: 20 }, (_, i) => (i < 15 ? 1 : 0)),
          pBase: new Float32Array(20).fill(0.5),
          pCand: new Float32Array(20).fill(0.25),
        }
        push(
          { phase: 'quality', arm: facts.id, document, window },
          { firstPosition, logProbs, pair: facts.role === 'baseline' ? null : pair },
        )
        if (facts.role === 'baseline' && window === 0) {
          push(
            { phase: 'self-check', arm: facts.id, document, window },
            { firstPosition, logProbs: logProbs.slice() },
          )
        }
      }
    }
  }
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const { facts, speedFactor = 1 } of arms) {
      const gap = (10 + 0.1 * repetition) * speedFactor
      push(
        { phase: 'speed', arm: facts.id, context: 256, repetition },
        {
          promptTokens: 256,
          ttftMs: 100 * speedFactor,
          gapsMs: Float64Array.of(gap, gap),
          warmUpSettled: true,
          longestRun: null,
          otherLoad: null,
        },
      )
    }
  }
  for (const { facts } of arms) {
    push(
      { phase: 'memory', arm: facts.id, context: 256 },
      { kvBytes: facts.model.kvBytesPerToken * 256, peakRssBytes: facts.role === 'baseline' ? 2000 : 1000 },
    )
  }
  return {
    run: {
      id: '20260105-093012-abcdef',
      seed: 1,
      createdAt: '2026-01-05T09:30:12.000Z',
      locale: 'en',
      margins: { nllRelative: 0.01 },
      contexts: [256],
      window: 40,
      stride: 20,
    },
    environment: {
      soroban: '0.1.0',
      node: '24.0.0',
      onnxruntime: '1.30.0',
      runtimeDriver: 'native',
      providerRequested: 'cpu',
      providerUsed: 'cpu',
      quantization: 'none',
      threads: 2,
      os: 'Linux',
      cpu: { model: 'Abacus', physicalCores: 2, logicalCores: 4 },
      memoryBytes: 2 ** 30,
      gpus: [],
      onBattery: false,
      loadPerCore: 0.1,
    },
    corpus: { documents, bytes: 100 * documents, tokens: 41 * documents, sha256: 'c'.repeat(64) },
    documents: names.map((name) => ({
      name,
      sha256: 'd'.repeat(64),
      bytes: 100,
      characters: 50,
      scoredBytes: Object.fromEntries(arms.map(({ facts }) => [facts.id, 98])),
    })),
    arms: arms.map(({ facts }) => facts),
    samples,
  }
}
