import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { editDistance } from '../../../bench/support/edit-distance.ts'
import {
  fidelityRows,
  fixtureSet,
  measureFidelity,
  needsOcr,
  rowHeads,
} from '../../../bench/support/fidelity.ts'

const entries = fixtureSet()

test('the set has files enough', () => {
  expect(entries.length).toBeGreaterThanOrEqual(66)
  expect(new Set(entries.map(({ format }) => format)).size).toBeGreaterThanOrEqual(14)
  expect(new Set(entries.map(({ language }) => language))).toEqual(new Set(['en', 'ja']))
})

test('every format is read within its limit in every language', { timeout: 120_000 }, async () => {
  const files = await measureFidelity(
    entries.filter((entry) => !needsOcr(entry)),
    false,
  )
  expect(files.flatMap(({ problems }) => problems)).toEqual([])
  const tooFar = fidelityRows(files).filter(({ cer, maxCer }) => cer > maxCer)
  expect(tooFar.map(({ format, language, cer }) => ({ format, language, cer }))).toEqual([])
})

test('a scanned Japanese page is recognised within its limit', { timeout: 120_000 }, async () => {
  const [file] = await measureFidelity(
    entries.filter(({ file }) => file === 'scan-quality-meeting.png'),
    true,
  )
  expect(file?.problems).toEqual([])
  expect((file?.edits ?? Infinity) / (file?.characters ?? 1)).toBeLessThanOrEqual(0.1)
})

test.each(['documents.md', 'documents.ja.md'])('%s shows the table of this set', (name) => {
  const page = readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')
  const table = /<!-- fidelity -->([\s\S]*)<!-- \/fidelity -->/.exec(page)?.[1] ?? ''
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
  expect(rows.map(([, format, language, files]) => [format, language, Number(files)])).toEqual(
    rowHeads(entries),
  )
})

describe('the distance of two texts', () => {
  test.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['旅費規程', '旅費の規定', 2],
    ['𠮷野', '吉野', 1],
    ['abcdef', 'uvwxyz', 6],
  ])('from %j to %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
    expect(editDistance(b, a)).toBe(distance)
  })

  test('beyond the first band', () => {
    const text = Array.from({ length: 300 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('')
    expect(editDistance(text, text.slice(40))).toBe(40)
    expect(editDistance(text, [...text].reverse().join(''))).toBe(300)
    expect(editDistance(`${text}xyz`, `abc${text}`)).toBe(6)
  })
})
