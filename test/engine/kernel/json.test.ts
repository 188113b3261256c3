import { describe, expect, it } from 'vitest'

import { parseJson } from '../../../src/engine/kernel/json.ts'
import { AppError } from '../../../src/shared/errors.ts'

function refusalOf(text: string): AppError {
  try {
    parseJson(text, 'a.json')
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error(`${text} is JSON`)
}

it('gives the value, a byte order mark or not', () => {
  const text = '{"a": [1, -2.5e3, {"b": null}], "c": "\\u3042\\n"}'
  expect(parseJson(text, 'a.json')).toEqual({ a: [1, -2500, { b: null }], c: 'あ\n' })
  expect(parseJson(`\ufeff${text}`, 'a.json')).toEqual(parseJson(text, 'a.json'))
})

describe('what is no JSON is told with the line and the column of the first fault', () => {
  it.each([
    ['nothing', '', 1, 1],
    ['a word', 'abc', 1, 1],
    ['a value without an end', '{"schema": ', 1, 12],
    ['a comma too many in an object', '{\n  "a": 1,\n}', 3, 1],
    ['a comma too many in an array', '[1, ]', 1, 5],
    ['a comma too few', '{"a": 1\n "b": 2}', 2, 2],
    ['a name without quotes', '{a: 1}', 1, 2],
    ['a number as a name', '{"a": 1, 2: 3}', 1, 10],
    ['a name without a colon', '{"a" 1}', 1, 6],
    ['the other bracket', '[1}', 1, 3],
    ['a bracket without its beginning', '1]', 1, 2],
    ['a second value', '{} {}', 1, 4],
    ['NaN', '{"a": NaN}', 1, 7],
    ['half a word', '[tru]', 1, 2],
    ['a leading zero', '[01]', 1, 3],
    ['single quotes', "{'a': 1}", 1, 2],
    ['a comment', '{\r\n// 注\r\n}', 2, 1],
    ['a string without an end', '{"a": "b', 1, 9],
    ['a line break in a string', '["a\nb"]', 1, 4],
    ['an unknown escape', '["a\\x"]', 1, 4],
    ['half an escape', '["\\u12"]', 1, 3],
    ['a fault behind wide characters', '{"漢字𠮷": "値" x', 1, 13],
  ])('%s', (_name, text, line, column) => {
    expect(refusalOf(text)).toMatchObject({ code: 'file/not-json', params: { path: 'a.json', line, column } })
  })

  it('in the reader’s language alone', () => {
    const refusal = refusalOf('{"a": 1,}')
    expect(refusal.localized('ja')).toMatch(/^a\.json は JSON として読めません: 1 行目の 9 文字目/)
    expect(refusal.localized('en')).toMatch(/^a\.json is not JSON: line 1, column 9/)
  })

  it('however deep and long the text is', () => {
    expect(refusalOf('['.repeat(100_000)).params).toMatchObject({ line: 1, column: 100_001 })
    expect(refusalOf(`["${'a'.repeat(5_000_000)}`).params).toMatchObject({ column: 5_000_003 })
  })
})
