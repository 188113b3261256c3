import { expect, it } from 'vitest'

import { parseJsonWith } from '../../../src/engine/assumptions/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { assumptionsFileSchema } from '../../../src/shared/roi/assumptions.ts'

function refusalOf(content: unknown): AppError {
  try {
    parseJsonWith(
      assumptionsFileSchema,
      typeof content === 'string' ? content : JSON.stringify(content),
      'a.json',
    )
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it was expected to be refused')
}
const both = (content: unknown): [string, string] => {
  const error = refusalOf(content)
  return [error.localized('ja'), error.localized('en')]
}
const values = (entries: Record<string, unknown>): unknown => ({ values: entries })

it.each([
  [
    values({ utilisation: 1.4 }),
    'a.json の values.utilisation が 1.4 です。1 以下にしてください。',
    'values.utilisation in a.json is 1.4. It has to be at most 1.',
  ],
  [
    values({ devicePrice: -1 }),
    'a.json の values.devicePrice が -1 です。0 以上にしてください。',
    'values.devicePrice in a.json is -1. It has to be at least 0.',
  ],
  [
    values({ horizon: 0 }),
    'a.json の values.horizon が 0 です。1 以上にしてください。',
    'values.horizon in a.json is 0. It has to be at least 1.',
  ],
  [
    values({ peakFactor: 0.5 }),
    'a.json の values.peakFactor が 0.5 です。1 以上にしてください。',
    'values.peakFactor in a.json is 0.5. It has to be at least 1.',
  ],
  [
    values({ discountRate: -1 }),
    'a.json の values.discountRate が -1 です。-1 より大きくしてください。',
    'values.discountRate in a.json is -1. It has to be more than -1.',
  ],
  [
    values({ memoryReserve: { value: 0.1, optimistic: 1 } }),
    'a.json の values.memoryReserve.optimistic が 1 です。1 より小さくしてください。',
    'values.memoryReserve.optimistic in a.json is 1. It has to be less than 1.',
  ],
  [
    values({ horizon: 2.5 }),
    'a.json の values.horizon が 2.5 です。整数にしてください。',
    'values.horizon in a.json is 2.5. It has to be a whole number.',
  ],
  [
    values({ pue: '1.4' }),
    'a.json の values.pue が "1.4" です。数値にしてください。',
    'values.pue in a.json is "1.4". It has to be a number.',
  ],
  [
    values({ pue: null }),
    'a.json の values.pue が null です。数値にしてください。',
    'values.pue in a.json is null. It has to be a number.',
  ],
  [
    values({ pue: { pessimistic: 1 } }),
    'a.json に values.pue.value がありません。値を書いてください。',
    'values.pue.value is missing in a.json. Give a value.',
  ],
  [
    values({ pue: { value: 1.5, date: '2026/04/01' } }),
    'a.json の values.pue.date が "2026/04/01" です。2026-04-01 のような日付にしてください。',
    'values.pue.date in a.json is "2026/04/01". It has to be a date such as 2026-04-01.',
  ],
  [
    values({ pue: { value: 1.5, source: 3 } }),
    'a.json の values.pue.source が 3 です。文字列にしてください。',
    'values.pue.source in a.json is 3. It has to be a text.',
  ],
  [
    values({ utilization: 0.5 }),
    'a.json の values.utilization という項目はありません。もっとも近い項目は utilisation です。',
    'a.json has values.utilization, which does not exist. The nearest name is utilisation.',
  ],
  [
    values({ pue: { value: 1.5, pesimistic: 1 } }),
    'a.json の values.pue.pesimistic という項目はありません。もっとも近い項目は pessimistic です。',
    'a.json has values.pue.pesimistic, which does not exist. The nearest name is pessimistic.',
  ],
  [
    { curency: 'JPY' },
    'a.json の curency という項目はありません。もっとも近い項目は currency です。',
    'a.json has curency, which does not exist. The nearest name is currency.',
  ],
  [
    { currency: 'EUR' },
    'a.json の currency が "EUR" です。次のいずれかにしてください: JPY, USD。',
    'currency in a.json is "EUR". It has to be one of: JPY, USD.',
  ],
  [
    { schema: 'soroban.assumptions/2' },
    'a.json の schema が "soroban.assumptions/2" です。次のいずれかにしてください: soroban.assumptions/1。',
    'schema in a.json is "soroban.assumptions/2". It has to be one of: soroban.assumptions/1.',
  ],
  [
    { name: 'あ'.repeat(101) },
    `a.json の name（"${'あ'.repeat(59)}…）が長すぎます。100 文字までにしてください。`,
    `name ("${'あ'.repeat(59)}…) in a.json is too long. It may have up to 100 characters.`,
  ],
  [{ name: '' }, 'a.json の name が空です。値を書いてください。', 'name in a.json is empty. Give a value.'],
  [
    values({ devicePrice: 2e15 }),
    'a.json の values.devicePrice が 2000000000000000 です。1000000000000000 以下にしてください。',
    'values.devicePrice in a.json is 2000000000000000. It has to be at most 1000000000000000.',
  ],
  [
    '{"values":{"requestsPerMonth":1e999}}',
    'a.json の values.requestsPerMonth は計算できないほど大きな数値です。桁数を確認してください。',
    'values.requestsPerMonth in a.json is too large a number to compute with. Check its digits.',
  ],
  [
    '{"name":"a\\"b","values":{"horizon":5,"pue":{"value":1.5,"valu\\u0065":1.2}}}',
    'a.json に values.pue.value が 2 回以上書かれています。1 つだけ残してください。',
    'values.pue.value stands more than once in a.json. Keep only one of them.',
  ],
  [
    ' \n',
    'a.json は空です。「soroban roi --template ファイル名」でひな形を作れます。',
    'a.json is empty. "soroban roi --template FILE" writes one to begin with.',
  ],
  [
    '{"name":"\ufffd\ufffd"}',
    'a.json は UTF-8 の文章ではありません。文字コードを UTF-8 にして保存し直してください。',
    'a.json is not UTF-8 text. Save it again with the encoding UTF-8.',
  ],
])('refuses %j', (content, ja, en) => {
  expect(both(content)).toEqual([ja, en])
})

it('refuses what is no JSON, and JSON of another form', () => {
  expect(refusalOf('{"values": {').params).toEqual({ path: 'a.json', line: 1, column: 13 })
  expect(refusalOf('[]').localized('ja')).toMatch(/^a\.json の JSON が \[\] です。.*soroban roi --template/)
  expect(refusalOf({ values: [[1]] }).params).toMatchObject({ field: 'values', value: '[…]' })
  expect(refusalOf(`${'['.repeat(50_000)}${']'.repeat(50_000)}`).code).toBe('assumptions/object')
  expect(refusalOf({ values: 3 }).params).toMatchObject({ field: 'values', value: '3' })
})

it('accepts a byte order mark', () => {
  expect(parseJsonWith(assumptionsFileSchema, '\ufeff{"values":{"pue":1.2}}', 'a.json')).toEqual({
    values: { pue: 1.2 },
  })
})
