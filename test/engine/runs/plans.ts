import { sha256 } from '../../../src/engine/kernel/files.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import type { Performers, RunPlan, Unit } from '../../../src/engine/runs/index.ts'

export const inputs = { corpus: sha256('corpus'), 'model:baseline': sha256('baseline') }

/** A plan with every phase: `windows` windows of each arm, two repetitions, one memory unit an arm. */
export function smallPlan(windows = 2, document = '規程/就業規則.txt'): RunPlan {
  const arms = ['baseline', 'gqa']
  const units: Unit[] = [
    ...Array.from({ length: windows }, (_, window) =>
      arms.map((arm): Unit => ({ phase: 'quality', arm, document, window })),
    ).flat(),
    { phase: 'self-check', arm: 'baseline', document, window: 0 },
    ...[0, 1].flatMap((repetition) =>
      arms.map((arm): Unit => ({ phase: 'speed', arm, context: 256, repetition })),
    ),
    ...arms.map((arm): Unit => ({ phase: 'memory', arm, context: 256 })),
  ]
  return { schema: 'soroban.plan/1', seed: 7, settings: { window: 64, label: '試行' }, inputs, units }
}

/** Performers whose samples follow from the unit alone. */
export const deterministicPerformers: Performers = {
  quality: (unit) => {
    const random = randomOf(unit)
    const draw = (): Float32Array => Float32Array.from({ length: 50 }, () => -random.uniform())
    const pair = { kl: draw(), sameTop1: new Uint8Array(50).fill(1), pBase: draw(), pCand: draw() }
    return Promise.resolve({
      firstPosition: unit.window * 50,
      logProbs: draw(),
      pair: unit.arm === 'baseline' ? null : pair,
    })
  },
  'self-check': (unit) =>
    Promise.resolve({ firstPosition: 1, logProbs: Float32Array.of(randomOf(unit).uniform()) }),
  speed: (unit) =>
    Promise.resolve({
      promptTokens: unit.context,
      ttftMs: randomOf(unit).uniform(),
      gapsMs: Float64Array.of(1 / 3, randomOf(unit).uniform()),
      warmUpSettled: true,
      longestRun: null,
      otherLoad: null,
    }),
  memory: (unit) => Promise.resolve({ kvBytes: unit.context * 100, peakRssBytes: null }),
}

const randomOf = (unit: Unit): SeededRandom =>
  new SeededRandom(Number.parseInt(sha256(JSON.stringify(unit)).slice(0, 8), 16))
