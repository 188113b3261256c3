import type { ArmResult, EnvironmentResult, Figure, Results } from '../../../shared/results.ts'
import { studentTQuantile } from '../../kernel/distributions.ts'

/** Names of backends as that tool prints them. */
const BACKENDS: Readonly<Record<EnvironmentResult['providerUsed'], string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
}

const NS_PER_MS = 1e6

/**
 * Speed as `llama-bench -o json` of llama.cpp prints it: for each arm and context length one row for the prompt (pp)
 * and one for the tokens after it (tg, at that depth). Fields of which a run knows nothing are left out.
 */
export function writeLlamaBench(results: Results): string {
  const rows = results.arms.flatMap((arm) =>
    arm.speed.flatMap((speed) => {
      const run = runFields(results, arm)
      const { context, ttftMs, tpotMs, tpotP50Ms, prefillTokensPerSecond, decodeTokensPerSecond } = speed
      const generated = tokensTimed(tpotMs, tpotP50Ms)
      return [
        ...testRow(run, { n_prompt: context, n_gen: 0, n_depth: 0 }, ttftMs, 1, prefillTokensPerSecond),
        ...testRow(
          run,
          { n_prompt: 0, n_gen: generated, n_depth: context },
          tpotMs,
          generated,
          decodeTokensPerSecond,
        ),
      ]
    }),
  )
  return `${JSON.stringify(rows, null, 2)}\n`
}

function runFields(
  { run, environment }: Results,
  { model, memory }: ArmResult,
): Record<string, string | number> {
  const { weightsBytes } = memory
  const cacheType = cacheTypeOf(model)
  const quantization = environment.quantization === 'none' ? '' : ` ${environment.quantization}`
  return {
    build_commit: `soroban-${environment.soroban}`,
    cpu_info: environment.cpu.model,
    gpu_info: environment.gpus.map(({ name }) => name).join(', '),
    backends: BACKENDS[environment.providerUsed],
    model_filename: model.name,
    model_type: `L${model.layers} n_h${model.queryHeads} n_kv${model.kvHeads} d_h${model.headDim}${quantization}`,
    ...(weightsBytes.value === null ? {} : { model_size: weightsBytes.value }),
    model_n_params: model.parameters,
    n_threads: environment.threads,
    ...(cacheType === null ? {} : { type_k: cacheType, type_v: cacheType }),
    test_time: run.createdAt,
  }
}

/** The cache's number format follows from its size: bytes per token = 2·L·n_kv·d_h·(bytes of a number). */
function cacheTypeOf({ kvBytesPerToken, layers, kvHeads, headDim }: ArmResult['model']): string | null {
  switch (kvBytesPerToken / (2 * layers * kvHeads * headDim)) {
    case 4:
      return 'f32'
    case 2:
      return 'f16'
    default:
      return null
  }
}

/** Gaps between tokens that a repetition timed: all gaps over the repetitions; 1 where results do not say. */
function tokensTimed(perRepetition: Figure, overAllGaps: Figure): number {
  if (perRepetition.n === undefined || overAllGaps.n === undefined) return 1
  return Math.max(1, Math.round(overAllGaps.n / perRepetition.n))
}

/** One test, or none without a rate. @param factor how many of the timed steps the test has */
function testRow(
  run: Record<string, string | number>,
  size: Readonly<Record<'n_prompt' | 'n_gen' | 'n_depth', number>>,
  timeMs: Figure,
  factor: number,
  rate: Figure,
): Record<string, string | number>[] {
  if (timeMs.value === null || rate.value === null) return []
  const timeDeviation = deviationOf(timeMs)
  const rateDeviation = deviationOf(rate)
  return [
    {
      ...run,
      ...size,
      avg_ns: Math.round(timeMs.value * factor * NS_PER_MS),
      ...(timeDeviation === null ? {} : { stddev_ns: Math.round(timeDeviation * factor * NS_PER_MS) }),
      avg_ts: rate.value,
      ...(rateDeviation === null ? {} : { stddev_ts: rateDeviation }),
    },
  ]
}

/** The sample standard deviation behind a Student-t interval of a mean: (high − low)/2 · √n / t(0.975, n − 1). */
function deviationOf({ ci95, n }: Figure): number | null {
  if (ci95 === undefined || n === undefined || n < 2) return null
  return (((ci95[1] - ci95[0]) / 2) * Math.sqrt(n)) / studentTQuantile(0.975, n - 1)
}
