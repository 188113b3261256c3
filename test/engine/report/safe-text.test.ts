import { describe, expect, it } from 'vitest'

import { headerText, quoted, safeText, sheetNames } from '../../../src/engine/report/safe-text.ts'

describe('safeText', () => {
  it.each([
    ['tab\tand\nline stay', 'tab\tand\nline stay'],
    ['\u0000\u001f\ufffe\uffff', '\ufffd\ufffd\ufffd\ufffd'],
    ['\ud800x\udc00', '\ufffdx\ufffd'],
    ['_x0041_ _x00_', '_x005F_x0041_ _x00_'],
  ])('%j becomes %j', (value, expected) => {
    expect(safeText(value)).toBe(expected)
  })

  it('cuts at the limit of a cell and never through a character', () => {
    expect(safeText('x'.repeat(32_767))).toBe('x'.repeat(32_767))
    expect(safeText('x'.repeat(32_768))).toBe(`${'x'.repeat(32_766)}…`)
    expect(safeText(`${'x'.repeat(32_765)}\u{20bb7}yz`)).toBe(`${'x'.repeat(32_765)}…`)
  })
})

describe('direction', () => {
  it('of a text cannot be turned: what would turn it is written out', () => {
    expect(safeText('\u202etxt.exe\u2066')).toBe('[U+202E]txt.exe[U+2066]')
    expect(quoted('a\u202eb')).toBe('"a[U+202E]b"')
  })
})

describe('sheetNames', () => {
  it('are what a spreadsheet takes, none twice', () => {
    expect(sheetNames(['要約', '[a]:b*?/\\', "it's", '', 'x'.repeat(40), 'X'.repeat(40)])).toEqual([
      '要約',
      'a  b',
      'it s',
      '-',
      `${'x'.repeat(30)}…`,
      `${'X'.repeat(27)} (2)`,
    ])
  })
})

describe('headerText', () => {
  it('doubles & and keeps digits apart from the size before them', () => {
    expect(headerText('R&D')).toBe('R&&D')
    expect(headerText('2026')).toBe(' 2026')
  })
})

describe('quoted', () => {
  it('doubles quotes, and takes apart what Excel would refuse or read as an escape', () => {
    expect(quoted('a"b')).toBe('"a""b"')
    expect(quoted('')).toBe('""')
    expect(quoted('_x0041_')).toBe('("_"&"x0041_")')
    expect(quoted('あ'.repeat(130))).toBe(`("${'あ'.repeat(127)}"&"${'あ'.repeat(3)}")`)
  })
})
