import { describe, expect, it } from 'vitest'

import type { CorpusSplit } from '../../../../src/shared/documents.ts'
import type { FinishedUnit } from '../../../../src/engine/runs/index.ts'
import {
  driverWarnings,
  inputWarnings,
  providerWarnings,
} from '../../../../src/engine/workflows/poc/warnings.ts'
import { described } from '../../corpus/described.ts'

const timed = (arm: string, longestRun: number | null): FinishedUnit => ({
  ordinal: 0,
  unit: { phase: 'speed', arm, context: 64, repetition: 0 },
  samples: {
    promptTokens: 33,
    ttftMs: 1,
    gapsMs: Float64Array.of(1),
    warmUpSettled: true,
    longestRun,
    otherLoad: null,
  },
})
const memory: FinishedUnit = {
  ordinal: 1,
  unit: { phase: 'memory', arm: 'mha', context: 64 },
  samples: { kvBytes: 1, peakRssBytes: 1 },
}

describe('inputWarnings', () => {
  const corpus = {
    documents: [],
    duplicates: [],
    nearDuplicates: [{ name: 'b.txt', of: 'a.txt', similarity: 1 }],
    excluded: [],
    sha256: '',
    languages: { ja: 0, en: 0, other: 0 },
    clusters: [],
  }
  const facts = {
    folder: { skipped: [] },
    split: corpus,
    whole: corpus,
    corpus,
    usable: [],
    arms: [],
    dropsNearDuplicates: false,
    unknownExclusions: [],
  }

  it('names what was to be left out and is not there', () => {
    expect(inputWarnings({ ...facts, unknownExclusions: ['typo.txt', 'old.txt'] }, 'ja')).toEqual([
      {
        code: 'poc/exclusion-unknown',
        params: { name: 'typo.txt' },
        message:
          '評価から外すよう指定された「typo.txt」という文書はありません。文書の一覧で名前を確認してください。',
      },
      expect.objectContaining({ code: 'poc/exclusion-unknown', params: { name: 'old.txt' } }),
    ])
  })

  it('counts the formulas whose results a document lacks', () => {
    const document = described('原価表.xlsx', '経費精算')
    const usable = [
      { ...document, split: 'held-out' as const, health: { ...document.health, formulasWithoutResult: 7 } },
    ]
    const whole = { ...corpus, documents: usable }
    expect(inputWarnings({ ...facts, split: whole, whole, corpus: whole, usable }, 'ja')).toEqual([
      {
        code: 'poc/document-formulas',
        params: { name: '原価表.xlsx', count: 7 },
        message:
          '文書「原価表.xlsx」の 7 個の数式に計算結果が保存されていないため、その値は評価に入っていません。Excel で開いて保存し直してください。',
      },
    ])
  })

  it('says that hardly anything is held out of a corpus that was split', () => {
    const part = (split: CorpusSplit, characters: number) => ({
      ...described(`${split}.txt`, split),
      split,
      characters,
    })
    const split = {
      ...corpus,
      documents: [part('tuning', 9000), part('validation', 800), part('held-out', 201)],
    }
    expect(inputWarnings({ ...facts, split, whole: corpus, corpus }, 'ja')).toEqual([
      {
        code: 'poc/held-out-scarce',
        params: { percent: 2 },
        message: expect.stringContaining('全文字数の 2 % しかありません') as string,
      },
      expect.objectContaining({ code: 'poc/documents-for-tuning', params: { count: 3 } }),
    ])
  })

  it('tells of what equals a dropped near-copy that it was not evaluated either', () => {
    const whole = { ...corpus, duplicates: [{ name: 'copy of b.txt', of: 'b.txt' }] }
    const told = (dropsNearDuplicates: boolean) =>
      inputWarnings({ ...facts, corpus: whole, whole, dropsNearDuplicates }, 'ja').map(({ code, params }) => [
        code,
        params['name'],
        params['of'],
      ])
    expect(told(true)).toEqual([
      ['poc/document-near-duplicate', 'b.txt', 'a.txt'],
      ['poc/document-near-duplicate', 'copy of b.txt', 'a.txt'],
    ])
    expect(told(false)).toEqual([['poc/document-duplicate', 'copy of b.txt', 'b.txt']])
  })

  it('never tells an estimated similarity as 100 %', () => {
    expect(inputWarnings({ ...facts, dropsNearDuplicates: true }, 'en')).toMatchObject([
      { code: 'poc/document-near-duplicate', params: { name: 'b.txt', of: 'a.txt', similarity: 99 } },
    ])
  })
})

describe('providerWarnings', () => {
  it('says nothing where no run was limited', () => {
    expect(providerWarnings([timed('mha', null), memory], 'webgpu', 'en')).toEqual([])
  })

  it('names the limited arms once', () => {
    const samples = [timed('mha', 16), timed('mha', 16), timed('plain', null), timed('gqa', 16), memory]
    const params = { provider: 'webgpu', arms: 'mha, gqa', tokens: 16 }
    expect(providerWarnings(samples, 'webgpu', 'en')).toEqual([
      {
        code: 'poc/provider-limited',
        params,
        message:
          'On this GPU webgpu computes long runs wrongly, so prompts went through 16 tokens at a time (mha, gqa). The results are right, but the time to first token is longer than the GPU allows. Update the GPU driver and measure again.',
      },
    ])
    expect(providerWarnings(samples, 'webgpu', 'ja')).toMatchObject([
      { params, message: expect.stringContaining('16 トークンずつ') as string },
    ])
  })
})

describe('driverWarnings', () => {
  it('warns only when the arms ran on different drivers', () => {
    expect(driverWarnings(['native', 'native'], 'en')).toEqual([])
    expect(driverWarnings(['native', 'portable'], 'en')).toMatchObject([
      { code: 'poc/driver-differs', params: { drivers: 'native, portable' } },
    ])
  })
})
