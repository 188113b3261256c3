import { describe, expect, it } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { openBackend } from '../../../src/engine/runtime/index.ts'
import { collectHeadStatistics, type ConversionMethod } from '../../../src/engine/conversion/index.ts'
import { ParameterStore } from '../../../src/engine/tuning/index.ts'
import { chooseConversion, type ChosenConversion } from '../../../src/engine/workflows/measure-conversions.ts'
import type { MeasuredLoss } from '../../../src/engine/workflows/measure-loss.ts'
import { TINY } from '../autodiff/support.ts'

const ctx = quietContext()

function loss(nll: number): MeasuredLoss {
  return { window: 8, documents: 1, tokens: 1, bytes: 1, nllSum: nll, nll, bitsPerByte: nll }
}

/** Chooses when the converted models have these losses. */
async function choose(
  losses: Record<ConversionMethod, number>,
): Promise<{ chosen: ChosenConversion; stores: Map<ConversionMethod, ParameterStore> }> {
  const config = { ...TINY, kvHeads: TINY.queryHeads }
  const weights = ParameterStore.initialized(config, new SeededRandom(1)).tensors()
  const source = { config, weights }
  const backend = await openBackend(ctx)
  const windows = [Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8)]
  const statistics = await collectHeadStatistics({ ...source, kvHeads: 1, windows, backend, threads: 1 }, ctx)
  const stores = new Map<ConversionMethod, ParameterStore>()
  const measure = (
    store: ParameterStore,
    method: ConversionMethod,
  ): Promise<{ validation: MeasuredLoss }> => {
    stores.set(method, store)
    return Promise.resolve({ validation: loss(losses[method]) })
  }
  return { chosen: await chooseConversion(source, { kvHeads: 1, statistics }, measure, ctx), stores }
}

describe('chooseConversion', () => {
  it('takes the model of the lowest loss and tells them all', async () => {
    const { chosen, stores } = await choose({ mean: 3, align: 2, subspace: 2.5 })
    expect(chosen).toMatchObject({
      method: 'align',
      candidates: [
        { method: 'mean', losses: { validation: loss(3) } },
        { method: 'align', losses: { validation: loss(2) } },
        { method: 'subspace', losses: { validation: loss(2.5) } },
      ],
    })
    expect(ParameterStore.from(chosen.model.config, chosen.model.weights).values).toEqual(
      stores.get('align')!.values,
    )
  })

  it.each([
    [{ mean: NaN, align: 3, subspace: 2 }, 'subspace'],
    [{ mean: 3, align: NaN, subspace: Infinity }, 'mean'],
    [{ mean: 3, align: -Infinity, subspace: NaN }, 'mean'],
  ])('never takes a loss that is no number: %o', async (losses, method) => {
    expect((await choose(losses)).chosen.method).toBe(method)
  })

  it('fails when there is no other', async () => {
    await expect(choose({ mean: NaN, align: NaN, subspace: Infinity })).rejects.toMatchObject({
      code: 'conversion/not-finite',
      params: { methods: 'mean, align, subspace' },
    })
  })
})
