import { describe, expect, it } from 'vitest'

import { assembleResults } from '../../../../src/engine/comparison/index.ts'
import { exportReport } from '../../../../src/engine/report/exports/index.ts'
import { resultsSchema } from '../../../../src/shared/results.ts'
import { sampleResults } from '../../../fixtures/results.ts'
import { armFacts, syntheticRun } from '../../comparison/runs.ts'

/** Textbook: mean and sample standard deviation. */
function meanAndDeviation(values: readonly number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return [mean, Math.sqrt(squares / (values.length - 1))]
}

const run = () =>
  assembleResults(
    syntheticRun([
      { facts: armFacts('baseline', 8), factor: 1 },
      { facts: armFacts('gqa'), factor: 1.002, noise: 0.001, speedFactor: 0.5 },
    ]),
  )

describe('results.json', () => {
  it('is the results as they are', () => {
    const results = sampleResults()
    const text = exportReport(results, 'en', null, 'json')
    expect(resultsSchema.parse(JSON.parse(text))).toEqual(results)
  })
})

describe('speed as llama-bench prints it', () => {
  it('has a row for the prompt and one for the tokens after it, for each arm and context', async () => {
    const rows = JSON.parse(exportReport(await run(), 'ja', null, 'llama-bench')) as Record<string, unknown>[]
    // Five repetitions of a prompt of 256 tokens in 100 ms, and two tokens each at 10.0, 10.1, … 10.4 ms.
    const gaps = [10, 10.1, 10.2, 10.3, 10.4]
    const [meanGap, gapDeviation] = meanAndDeviation(gaps)
    const [meanRate, rateDeviation] = meanAndDeviation(gaps.map((gap) => 1000 / gap))
    const common = {
      build_commit: 'soroban-0.1.0',
      cpu_info: 'Abacus',
      gpu_info: '',
      backends: 'CPU',
      model_filename: 'baseline',
      model_type: 'L2 n_h8 n_kv8 d_h8',
      model_size: 4000,
      model_n_params: 1000,
      n_threads: 2,
      type_k: 'f32',
      type_v: 'f32',
      test_time: '2026-01-05T09:30:12.000Z',
    }
    expect(rows).toHaveLength(4)
    expect(rows[0]).toEqual({
      ...common,
      n_prompt: 256,
      n_gen: 0,
      n_depth: 0,
      avg_ns: 100e6,
      stddev_ns: 0,
      avg_ts: 2560,
      stddev_ts: 0,
    })
    expect(rows[1]).toEqual({
      ...common,
      n_prompt: 0,
      n_gen: 2,
      n_depth: 256,
      avg_ns: Math.round(2 * meanGap * 1e6),
      stddev_ns: expect.closeTo(2 * gapDeviation * 1e6, -1),
      avg_ts: expect.closeTo(meanRate, 9),
      stddev_ts: expect.closeTo(rateDeviation, 6),
    })
    expect(rows[3]).toMatchObject({ model_filename: 'gqa', n_gen: 2, avg_ns: Math.round(meanGap * 1e6) })
  })

  it('leaves out what was not measured, and what cannot be told', () => {
    const results = sampleResults()
    const [first] = results.arms
    first!.speed[0]!.ttftMs = { value: null, unit: 'ms', provenance: 'unavailable' }
    first!.memory.weightsBytes = { value: null, unit: 'bytes', provenance: 'unavailable' }
    first!.model.kvBytesPerToken = 4 * 2 * 8 * 32 + 1
    const rows = JSON.parse(exportReport(results, 'ja', null, 'llama-bench')) as Record<string, unknown>[]
    expect(rows).toHaveLength(2 * 2 * 2 - 1)
    expect(rows[0]).toMatchObject({ n_prompt: 0, n_gen: 1, n_depth: 256 })
    for (const field of ['model_size', 'type_k', 'type_v', 'stddev_ns', 'n_batch', 'samples_ns']) {
      expect(rows[0]).not.toHaveProperty(field)
    }
  })
})

describe('quality as the lm-evaluation-harness writes it', () => {
  it('has one object for each arm', async () => {
    const results = await run()
    const file = JSON.parse(exportReport(results, 'en', null, 'lm-eval')) as {
      schema: string
      run: string
      arms: { arm: string; role: string; results: Record<string, Record<string, Record<string, unknown>>> }[]
    }
    expect(file.schema).toBe('soroban.lm-eval/1')
    expect(file.run).toBe(results.run.id)
    expect(file.arms.map(({ arm, role }) => [arm, role])).toEqual([
      ['baseline', 'baseline'],
      ['gqa', 'candidate'],
    ])
    const { quality, model } = results.arms[1]!
    const one = file.arms[1]!.results
    const bits = quality.bitsPerByte.value!
    // A 95 % interval of a normal distribution is 2 · 1.959964 standard errors wide.
    const width = quality.bitsPerByte.ci95![1] - quality.bitsPerByte.ci95![0]
    expect(one.results?.soroban_documents).toEqual({
      alias: 'soroban_documents',
      'bits_per_byte,none': bits,
      'bits_per_byte_stderr,none': expect.closeTo(width / 3.919928, 6),
      'byte_perplexity,none': expect.closeTo(Math.exp(bits * Math.log(2)), 12),
      'byte_perplexity_stderr,none': expect.closeTo((Math.log(2) * 2 ** bits * width) / 3.919928, 6),
      'token_perplexity,none': quality.perplexity.value,
      'token_perplexity_stderr,none': expect.any(Number),
      'token_nll,none': quality.nll.value,
      'token_nll_stderr,none': expect.any(Number),
    })
    expect(one).toMatchObject({
      versions: { soroban_documents: 1 },
      'n-shot': { soroban_documents: 0 },
      higher_is_better: { soroban_documents: { bits_per_byte: false } },
      'n-samples': { soroban_documents: { original: 12, effective: 12 } },
      config: {
        model: 'soroban',
        model_args: 'pretrained=gqa',
        model_num_parameters: model.parameters,
        random_seed: 1,
      },
      date: Date.UTC(2026, 0, 5, 9, 30, 12) / 1000,
    })
  })

  it('says N/A for an error that it does not have', () => {
    const file = JSON.parse(exportReport(sampleResults(), 'en', null, 'lm-eval'))
    expect(file.arms[0].results.results.soroban_documents).toMatchObject({
      'bits_per_byte,none': 3.5 / 2.4,
      'bits_per_byte_stderr,none': 'N/A',
    })
  })
})
