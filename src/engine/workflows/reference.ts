import { calibrationWindows, collectHeadStatistics, type ModelWeights } from '../conversion/index.ts'
import { SeededRandom } from '../kernel/random.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { ParameterStore } from '../tuning/index.ts'
import { chooseConversion } from './measure-conversions.ts'
import {
  publishReferenceModels,
  type ReferenceConversion,
  type ReferenceOutput,
} from './reference/publish.ts'
import {
  digestOf,
  measured,
  openBench,
  trainStage,
  type ReferenceBench,
  type ReferenceInput,
} from './reference/reference-bench.ts'

export type { ReferenceOutput } from './reference/publish.ts'
export type { ReferenceInput } from './reference/reference-bench.ts'

/**
 * Makes the reference pair: tokenizer, MHA baseline, conversion by every method, distillation of the best one, and
 * the compute-matched control. Seeded; interrupted at any point it continues where it was when run again.
 *
 * @throws AppError file/*, input/invalid, tuning/*, runtime/*, cancelled
 */
export async function buildReferenceModels(input: ReferenceInput, ctx: RunContext): Promise<ReferenceOutput> {
  const bench = await openBench(input, ctx)
  const { plan, config } = bench
  const crossEntropy = { kind: 'cross-entropy' } as const

  const baseline = ParameterStore.initialized(config, new SeededRandom(input.seed))
  const baselineStage = { name: 'baseline', goal: crossEntropy, settings: plan.baseline }
  const baselineRun = await trainStage(bench, baseline, baselineStage, ctx)
  const baselineLoss = await measured(bench, 'baseline', baseline, 'heldOut', ctx)

  const chosen = await convertByBestMethod(bench, baseline, ctx)
  const candidate = ParameterStore.from(chosen.model.config, chosen.model.weights)
  const inputs = { baseline: digestOf(baseline.values), start: digestOf(candidate.values) }
  const distillation = { kind: 'distillation', teacher: baseline, klWeight: plan.klWeight } as const
  const candidateStage = { name: 'distillation', goal: distillation, settings: plan.tuning, inputs }
  const candidateRun = await trainStage(bench, candidate, candidateStage, ctx)

  const control = ParameterStore.from(config, baseline.tensors())
  const controlStage = { name: 'control', goal: crossEntropy, settings: plan.tuning, inputs }
  const controlRun = await trainStage(bench, control, controlStage, ctx)
  const controlLoss = await measured(bench, 'control', control, 'heldOut', ctx)

  return await publishReferenceModels(
    bench,
    {
      baseline: { store: baseline, run: baselineRun, heldOut: baselineLoss },
      candidate: {
        store: candidate,
        run: candidateRun,
        method: chosen.method,
        converted: chosen.candidates,
      },
      control: { run: controlRun, heldOut: controlLoss },
    },
    ctx,
  )
}

/** Converts the baseline by every method, measures each before any tuning and takes the best. */
async function convertByBestMethod(
  bench: ReferenceBench,
  baseline: ParameterStore,
  ctx: RunContext,
): Promise<ReferenceConversion> {
  const { plan, backend, input, trainTokens, tokenizer } = bench
  const { kvHeads } = plan
  const source: ModelWeights = { config: bench.config, weights: baseline.tensors() }
  const windows = calibrationWindows(
    trainTokens,
    tokenizer.endId ?? 0,
    plan.calibrationWindows,
    plan.calibrationLength,
  )
  const statistics = await collectHeadStatistics(
    { ...source, kvHeads, windows, backend, threads: input.threads },
    ctx,
  )
  return await chooseConversion(
    source,
    { kvHeads, statistics },
    async (store, method) => ({
      validation: await measured(bench, `converted-${method}`, store, 'validation', ctx),
      heldOut: await measured(bench, `converted-${method}`, store, 'heldOut', ctx),
    }),
    ctx,
  )
}
