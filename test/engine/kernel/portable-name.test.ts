import { expect, it } from 'vitest'

import { isPortableName, isTooLongName } from '../../../src/engine/kernel/portable-name.ts'

it.each(['報告書', 'GQA 検証 2026', 'a.b', '.hidden', 'console', 'com10', 'あ'.repeat(85)])(
  'takes %s',
  (name) => {
    expect(isPortableName(name)).toBe(true)
  },
)

it.each([
  '',
  '.',
  '..',
  'a/b',
  'a\\b',
  'C:',
  'what?',
  'a*',
  '"a"',
  '<a>',
  'a|b',
  'a\u0000',
  'a\nb',
  'a\u0085',
  'end.',
  'end ',
  'CON',
  'nul.txt',
  'NUL .txt',
  'com1',
  'LPT9.tar.gz',
  'COM¹',
  'CONIN$',
  '\ud800',
  'あ'.repeat(86),
])('refuses %j', (name) => {
  expect(isPortableName(name)).toBe(false)
})

it('counts the bytes of a name', () => {
  expect([isTooLongName('a'.repeat(255)), isTooLongName('あ'.repeat(86))]).toEqual([false, true])
})
