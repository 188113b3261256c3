import { describe, expect, it } from 'vitest'

import {
  gradientGraph,
  STEP_NAMES,
  type BatchShape,
  type Objective,
} from '../../../src/engine/autodiff/index.ts'
import { parameterShapes, type DecoderConfig } from '../../../src/engine/graph/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import type { HostTensor } from '../../../src/engine/runtime/index.ts'
import { Runner, TINY } from './support.ts'

const SHAPE: BatchShape = { batch: 2, length: 7 }

interface Prepared {
  readonly inputs: Map<string, HostTensor>
  readonly parameters: Map<string, Float32Array>
}

function float(dims: readonly number[], fill: () => number): HostTensor & { data: Float32Array } {
  const size = dims.reduce((product, extent) => product * extent, 1)
  return { type: 'float32', dims, data: Float32Array.from({ length: size }, fill) }
}

/** Random inputs of a step graph; weights far from zero, so that every path carries a visible gradient. */
function prepare(config: DecoderConfig, shape: BatchShape, objective: Objective, seed: number): Prepared {
  const random = new SeededRandom(seed)
  const rows = shape.batch * shape.length
  const inputs = new Map<string, HostTensor>()
  const parameters = new Map<string, Float32Array>()
  for (const [name, dims] of parameterShapes(config)) {
    const tensor = float(dims, () => (dims.length === 1 ? 1 + 0.2 * random.normal() : 0.2 * random.normal()))
    inputs.set(name, tensor)
    inputs.set(
      STEP_NAMES.accumulated(name),
      float(dims, () => 0),
    )
    parameters.set(name, tensor.data)
  }
  if (objective.kind === 'distillation') {
    for (const [name, dims] of parameterShapes(objective.teacher)) {
      inputs.set(
        STEP_NAMES.teacher(name),
        float(dims, () => (dims.length === 1 ? 1 : 0.2 * random.normal())),
      )
    }
  }
  const ids = (): HostTensor => ({
    type: 'int32',
    dims: [rows],
    data: Int32Array.from({ length: rows }, () => random.integer(config.vocabSize)),
  })
  inputs.set(STEP_NAMES.ids, ids())
  inputs.set(STEP_NAMES.targets, ids())
  inputs.set(
    STEP_NAMES.weights,
    float([rows], () => random.uniform() / rows),
  )
  return { inputs, parameters }
}

/**
 * For every tensor: the directional derivative along a random direction against a central difference. In float32
 * the loss (about 4) carries an error of about 5e-7; at a relative step of 5e-3 that leaves about three digits.
 */
async function worstDirectionalError(config: DecoderConfig, objective: Objective): Promise<number> {
  const { inputs, parameters } = prepare(config, SHAPE, objective, 7)
  const random = new SeededRandom(8)
  const graph = gradientGraph(config, SHAPE, objective, () => true)
  using runner = await Runner.open(graph, inputs)
  await runner.run()
  const gradients = new Map([...runner.outputs].map(([name, values]) => [name, values.slice()]))
  const loss = async (): Promise<number> => (await runner.run()).get(STEP_NAMES.loss)![0]!
  let worst = 0
  for (const [name, values] of parameters) {
    const original = values.slice()
    const direction = Float64Array.from(values, () => random.normal())
    const size = Math.sqrt(original.reduce((sum, value) => sum + value * value, 0) / original.length)
    const step = 5e-3 * size
    const at = async (factor: number): Promise<number> => {
      for (let i = 0; i < values.length; i++) values[i] = original[i]! + factor * step * direction[i]!
      return await loss()
    }
    const difference = ((await at(1)) - (await at(-1))) / (2 * step)
    values.set(original)
    const gradient = gradients.get(STEP_NAMES.gradient(name))!
    const derivative = gradient.reduce((sum, value, index) => sum + value * direction[index]!, 0)
    worst = Math.max(
      worst,
      Math.abs(difference - derivative) / (Math.abs(difference) + Math.abs(derivative) + 1e-2),
    )
  }
  return worst
}

const CE: Objective = { kind: 'cross-entropy' }

describe('gradients of the whole decoder against finite differences', () => {
  const cases: Record<string, readonly [DecoderConfig, Objective]> = {
    MHA: [{ ...TINY, kvHeads: 4 }, CE],
    GQA: [TINY, CE],
    MQA: [{ ...TINY, kvHeads: 1 }, CE],
    'QKV bias and untied head (qwen2)': [{ ...TINY, qkvBias: true, tiedEmbeddings: false }, CE],
    'q/k norm (qwen3)': [{ ...TINY, qkNorm: true }, CE],
    'all biases (llama)': [{ ...TINY, qkvBias: true, outputBias: true, mlpBias: true }, CE],
    'distillation from MHA': [
      TINY,
      { kind: 'distillation', teacher: { ...TINY, kvHeads: 4 }, klWeight: 0.5 },
    ],
    'KL alone': [TINY, { kind: 'distillation', teacher: { ...TINY, kvHeads: 4 }, klWeight: 1 }],
  }
  it.each(Object.entries(cases))('%s', async (_name, [config, objective]) => {
    expect(await worstDirectionalError(config, objective)).toBeLessThan(1e-2)
  })
})

describe('accumulation', () => {
  it('four micro-batches of four windows give the gradient of one batch of sixteen', async () => {
    // Few token ids, so that every id occurs often in a batch: a racing scatter would lose additions.
    const config = { ...TINY, vocabSize: 5 }
    const whole = { batch: 16, length: 32 }
    const part = { batch: 4, length: 32 }
    const { inputs } = prepare(config, whole, CE, 11)
    using large = await Runner.open(
      gradientGraph(config, whole, CE, () => true),
      inputs,
    )
    const expected = await large.run()

    const size = part.batch * part.length
    const sliced = new Map(inputs)
    const slice = (name: string, index: number): HostTensor => {
      const { type, data } = inputs.get(name)!
      return { type, dims: [size], data: data.slice(index * size, (index + 1) * size) }
    }
    const losses: number[] = []
    const accumulated = new Map<string, Float32Array>()
    for (let index = 0; index < 4; index++) {
      for (const name of [STEP_NAMES.ids, STEP_NAMES.targets, STEP_NAMES.weights])
        sliced.set(name, slice(name, index))
      for (const [name, dims] of parameterShapes(config)) {
        const data = accumulated.get(STEP_NAMES.gradient(name))
        if (data !== undefined) sliced.set(STEP_NAMES.accumulated(name), { type: 'float32', dims, data })
      }
      using small = await Runner.open(
        gradientGraph(config, part, CE, () => true),
        sliced,
      )
      for (const [name, values] of await small.run()) accumulated.set(name, values.slice())
      losses.push(accumulated.get(STEP_NAMES.loss)![0]!)
    }

    expect(losses.reduce((sum, loss) => sum + loss, 0)).toBeCloseTo(expected.get(STEP_NAMES.loss)![0]!, 5)
    for (const name of parameterShapes(config).keys()) {
      const [a, b] = [accumulated.get(STEP_NAMES.gradient(name))!, expected.get(STEP_NAMES.gradient(name))!]
      const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      const error = a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0)
      // Different orders of summation in float32.
      expect(error / largest, name).toBeLessThan(2e-5)
    }
  })

  it('gives the same bits when run twice', async () => {
    const { inputs } = prepare({ ...TINY, vocabSize: 5 }, { batch: 16, length: 32 }, CE, 12)
    using runner = await Runner.open(
      gradientGraph({ ...TINY, vocabSize: 5 }, { batch: 16, length: 32 }, CE, () => true),
      inputs,
    )
    const first = new Map([...(await runner.run())].map(([name, values]) => [name, values.slice()]))
    expect(await runner.run()).toEqual(first)
  })
})
