import { describe, expect, test } from 'vitest'

import { calculateRoi, type RoiInputs, roiInputs } from '../../../src/engine/roi/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { Results } from '../../../src/shared/results.ts'
import { type ArmSpec, assumptionSet, GQA, MHA, runResults } from './fixtures.ts'

const inputsOf = (specs: readonly ArmSpec[], change: (results: Results) => Results = (results) => results) =>
  roiInputs(change(runResults(specs)), assumptionSet())

function refusal(specs: readonly ArmSpec[]): Pick<AppError, 'code' | 'params'> {
  try {
    inputsOf(specs)
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, params: error.params }
  }
  throw new Error('not refused')
}

const quantities = ({ baseline, candidates }: RoiInputs) =>
  [baseline, ...candidates].map((arm) => Object.fromEntries(arm.quantities))

describe('roiInputs', () => {
  test('takes rates, weights and KV bytes of all arms, by context', () => {
    const inputs = inputsOf([MHA, { ...GQA, verdict: 'worse' }])
    expect(inputs).toMatchObject({ run: 'run-0001', contexts: [512, 2048, 8192], excluded: [] })
    expect([inputs.baseline, ...inputs.candidates].map(({ id, verdict }) => [id, verdict])).toEqual([
      ['mha', null],
      ['gqa', 'worse'],
    ])
    expect(quantities(inputs)).toEqual(
      [MHA, GQA].map(({ weightsBytes, kvBytesPerToken, times }) => ({
        weightsBytes,
        kvBytesPerToken,
        ...Object.fromEntries(
          times.flatMap(([, ttft, tpot], place) => [
            [`ttftMs.${place}`, ttft],
            [`tpotMs.${place}`, tpot],
          ]),
        ),
      })),
    )
  })

  test('puts all arms on an equal footing: only contexts that every one was measured at', () => {
    const short: ArmSpec = { ...MHA, times: MHA.times.toReversed().slice(1) }
    const patchy: ArmSpec = {
      ...GQA,
      times: [
        [512, 850, null],
        [2048, 3700, 58.5],
        [8192, 18_000, 64],
      ],
    }
    const inputs = inputsOf([short, patchy, { ...GQA, id: 'gqa-4' }])
    expect(inputs.contexts).toEqual([2048])
    expect(quantities(inputs).map((arm) => [arm['ttftMs.0'], arm['tpotMs.0']])).toEqual([
      [4000, 66],
      [3700, 58.5],
      [3700, 58.5],
    ])
  })

  test('leaves out, by name, what may not be compared', () => {
    const inputs = inputsOf([
      MHA,
      { ...GQA, id: 'other-tokens', metric: 'bitsPerByte' },
      { ...GQA, id: 'no-weights', weightsBytes: null },
      { ...GQA, id: 'no-tpot', times: [[512, 850, null]] },
      { ...GQA, id: 'elsewhere', times: [[600, 850, 57]] },
      GQA,
    ])
    expect(inputs.candidates.map(({ id }) => id)).toEqual(['gqa'])
    expect(inputs.excluded).toEqual([
      { id: 'other-tokens', reason: 'tokenizer-differs' },
      { id: 'no-weights', reason: 'rates-missing' },
      { id: 'no-tpot', reason: 'rates-missing' },
      { id: 'elsewhere', reason: 'rates-missing' },
    ])
    expect(calculateRoi(inputs).excluded).toEqual(inputs.excluded)
  })

  test('knows another tokenizer by its warning where no verdict was given', () => {
    const inputs = inputsOf([MHA, { ...GQA, id: 'other-tokens' }, GQA], (results) => ({
      ...results,
      comparisons: results.comparisons.map((comparison) => ({ ...comparison, margin: null, verdict: null })),
      warnings: [
        { code: 'comparison/tokenizer-differs', params: { candidate: 'other-tokens' }, message: '' },
        { code: 'comparison/few-documents', params: { candidate: 'gqa' }, message: '' },
      ],
    }))
    expect(inputs.candidates.map(({ id, verdict }) => [id, verdict])).toEqual([['gqa', null]])
    expect(inputs.excluded).toEqual([{ id: 'other-tokens', reason: 'tokenizer-differs' }])
  })

  test.each<[string, Partial<ArmSpec>]>([
    ['arms.mha.memory.weightsBytes', { weightsBytes: null }],
    ['arms.mha.memory.weightsBytes', { weightsBytes: 0 }],
    ['arms.mha.speed[].ttftMs', { times: [] }],
    ['arms.mha.speed[].ttftMs', { times: [[512, null, 60]] }],
    ['arms.mha.speed[].tpotMs', { times: [[512, 900, null]] }],
    [
      'arms.mha.speed[].tpotMs',
      {
        times: [
          [512, 900, null],
          [2048, null, 66],
        ],
      },
    ],
  ])('refuses a baseline without %s', (field, missing) => {
    expect(refusal([{ ...MHA, ...missing }, GQA])).toEqual({ code: 'roi/rates-missing', params: { field } })
  })

  test('refuses where there is nothing to compare', () => {
    expect(refusal([MHA])).toEqual({ code: 'roi/nothing-to-compare', params: { arms: '–' } })
    expect(refusal([MHA, { ...GQA, weightsBytes: null }])).toEqual({
      code: 'roi/nothing-to-compare',
      params: { arms: 'gqa' },
    })
  })
})

describe('what a result rests on', () => {
  const provenance = (changed: Parameters<typeof assumptionSet>[0]) =>
    calculateRoi(roiInputs(runResults([MHA, GQA]), assumptionSet(changed))).provenance
  const sameDevice = { targetCompute: 100, targetBandwidth: 1000 }

  test('rates are measured on the target device itself only', () => {
    expect(provenance(sameDevice).rates).toBe('measured')
    expect(provenance({ ...sameDevice, targetCompute: 101 }).rates).toBe('estimated')
    expect(provenance({ ...sameDevice, targetBandwidth: 999 }).rates).toBe('estimated')
  })

  test.each([
    { inputTokens: 2048, outputTokens: 12_288, lengths: 'measured' },
    { inputTokens: 2048, outputTokens: 300, lengths: 'estimated' },
    { inputTokens: 500, outputTokens: 300, lengths: 'extrapolated' },
    { inputTokens: 8000, outputTokens: 1000, lengths: 'extrapolated' },
  ])('lengths of $inputTokens and $outputTokens are $lengths', ({ lengths, ...changed }) => {
    expect(provenance(changed).lengths).toBe(lengths)
  })

  test('defaults that nobody has confirmed are named', () => {
    const values = { growth: { origin: 'entered' }, inputTokens: { origin: 'run' } } as const
    const { unconfirmed } = calculateRoi(roiInputs(runResults([MHA, GQA]), assumptionSet(values)))
    expect(unconfirmed).not.toContain('growth')
    expect(unconfirmed).not.toContain('inputTokens')
    expect(unconfirmed).toHaveLength(Object.keys(assumptionSet().values).length - 2)
  })
})
