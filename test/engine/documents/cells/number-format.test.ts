import { describe, expect, it } from 'vitest'

import { BUILTIN_FORMATS } from '../../../../src/engine/documents/cells/builtin-formats.ts'
import { numberFormat } from '../../../../src/engine/documents/cells/number-format.ts'

/**
 * Microsoft Support, "Review guidelines for customizing a number format" and "Number format codes": the examples given
 * there, with the displayed text of their tables.
 */
const GUIDELINES: readonly (readonly [string, number, string])[] = [
  ['####.#', 1234.59, '1234.6'],
  ['#.000', 8.9, '8.900'],
  ['0.#', 0.631, '0.6'],
  ['#.0#', 12, '12.0'],
  ['#.0#', 1234.568, '1234.57'],
  ['#,###', 12_000, '12,000'],
  ['#,', 12_000, '12'],
  ['0.0,,', 12_200_000, '12.2'],
  ['#,##0.00_);[Red](#,##0.00)', -1234.5, '(1,234.50)'],
  ['$0.00" Surplus";$-0.00" Shortage"', 125.74, '$125.74 Surplus'],
  ['$0.00" Surplus";$-0.00" Shortage"', -125.74, '$-125.74 Shortage'],
  ['[Red][<=100]0;[Blue][>100]0', 101, '101'],
  ['0.00E+00', 12_200_000, '1.22E+07'],
  ['##0.0E+0', 12_200_000, '12.2E+6'],
  ['0%', 0.08, '8%'],
  ['# ?/?', 5.25, '5 1/4'],
  ['[h]:mm', 25.04 / 24, '25:02'],
  ['[mm]:ss', 63.77 / 1440, '63:46'],
  ['[ss].00', 1.5 / 86_400, '01.50'],
  ['h:mm AM/PM', 0.75, '6:00 PM'],
  ['h:mm:ss.00', 0.5, '12:00:00.00'],
  ['mmmmm d', 45_809, 'J 1'],
  ['ddd, mmm d', 45_809, 'Sun, Jun 1'],
]

/**
 * Japanese eras: the first days of the eras, and Microsoft Support, "Japan era changes and Gannen": a first year is 元年
 * only with the language tag x-gannen.
 */
const ERAS: readonly (readonly [string, number, string])[] = [
  ['ggge"年"m"月"d"日"', 45_809, '令和7年6月1日'],
  ['[$-411]ggge"年"m"月"d"日";@', 43_586, '令和1年5月1日'],
  ['[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', 43_586, '令和元年5月1日'],
  ['[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', 45_809, '令和7年6月1日'],
  ['[<=43585][$-ja-JP]ggge"年";[>=43831][$-ja-JP]ggge"年";[$-ja-JP]ggg"元年"', 43_600, '令和元年'],
  ['[$-411]ggge', 43_585, '平成31'],
  ['[$-411]ggge', 32_516, '平成1'],
  ['[$-411]ggge', 32_515, '昭和64'],
  ['[$-411]ggge', 9856, '昭和1'],
  ['[$-411]ggge', 9855, '大正15'],
  ['[$-411]ggge', 4595, '大正1'],
  ['[$-411]ggge', 4594, '明治45'],
  ['[$-411]ge.m.d', 45_809.75, 'R7.6.1'],
  ['gg ee', 32_520, '平 01'],
  ['GGGE"年"', 45_809, '令和7年'],
  ['m/d(aaa)', 45_809, '6/1(日)'],
  ['aaaa', 45_810, '月曜日'],
  ['[$-409]dddd', 45_810, 'Monday'],
  ['[$-411]AM/PM h"時"mm"分"', 45_809.75, '午後 6時00分'],
  ['[$-F800]dddd, mmmm dd, yyyy', 45_809, '2025年6月1日'],
  ['[$-x-sysdate]dddd, mmmm dd, yyyy', 45_809, '2025年6月1日'],
  ['[$-x-systime]h:mm:ss AM/PM', 45_809.6, '14:24:00'],
]

/** Japanese numerals, as NUMBERSTRING and the modifiers [DBNum1] to [DBNum3] write 12345 and 3210. */
const NUMERALS: readonly (readonly [string, number, string])[] = [
  ['[DBNum1][$-411]General', 12_345, '一万二千三百四十五'],
  ['[DBNum2][$-411]General', 12_345, '壱萬弐阡参百四拾伍'],
  ['[DBNum1]0', 12_345, '一二三四五'],
  ['[DBNum1]General', 3210, '三千二百十'],
  ['[DBNum3]#,##0', 1234, '１,２３４'],
  ['[DBNum1]General', -20.5, '-二十.五'],
  ['[DBNum1][$-411]ggge"年"m"月"d"日"', 45_651, '令和六年十二月二十五日'],
  ['[DBNum1]yyyy"年"m"月"', 45_651, '二〇二四年十二月'],
  ['[DBNum3]m"月"d"日"', 45_651, '１２月２５日'],
]

/** General shows at most eleven digits ("Number format codes": "General … up to 11 digits"). */
const GENERAL: readonly (readonly [string, number, string])[] = [
  ['General', 0.1 + 0.2, '0.3'],
  ['General', 1 / 3, '0.333333333'],
  ['General', 12_345_678_901, '12345678901'],
  ['General', 123_456_789_012, '1.23457E+11'],
  ['General', 0.000_012_345_67, '1.23457E-05'],
  ['General"円"', 1980, '1980円'],
]

/** What is no format, or no date, shows its number. */
const WITHOUT_MEANING: readonly (readonly [string, number, string])[] = [
  ['"open', 1.5, '1.5'],
  ['0'.repeat(256), 1.5, '1.5'],
  ['yyyy/m/d', -1, '-1'],
  ['ggge"年"', 1e9, '1000000000'],
  [';;;', 1, ''],
  ['_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 1234, '1,234'],
  ['[=1]"あり";[=0]"なし";0', 0, 'なし'],
]

describe('numberFormat', () => {
  it.each([...GUIDELINES, ...ERAS, ...NUMERALS, ...GENERAL, ...WITHOUT_MEANING])(
    'shows with %s the number %d as %s',
    (pattern, value, shown) => {
      expect(numberFormat(pattern).number(value)).toBe(shown)
    },
  )

  it.each([
    ['@"様"', '山田', '山田様'],
    ['0.00', '12', '12'],
    [';;;', '隠す', ''],
    ['0;-0;0;"("@")"', 'a', '(a)'],
    ['"open', 'a', 'a'],
  ])('shows with %s the text %s as %s', (pattern, text, shown) => {
    expect(numberFormat(pattern).text(text)).toBe(shown)
  })

  it('counts days from 1904 where the workbook does, but not durations', () => {
    expect(numberFormat('yyyy/m/d', true).number(0)).toBe('1904/1/1')
    expect(numberFormat('ggge"年"', true).number(45_809 - 1462)).toBe('令和7年')
    expect(numberFormat('[h]:mm', true).number(1.5)).toBe('36:00')
    expect(numberFormat('0.0', true).number(5)).toBe('5.0')
  })

  it('knows the formats that files name by their id, as ECMA-376 §18.8.30 lists them for ja-jp', () => {
    const shown = [14, 22, 27, 28, 31, 32, 34, 35, 38, 46, 57, 58].map((id) =>
      numberFormat(BUILTIN_FORMATS[id] ?? '').number(45_809.5),
    )
    expect(shown).toEqual([
      '2025/6/1',
      '2025/6/1 12:00',
      'R7.6.1',
      '令和7年6月1日',
      '2025年6月1日',
      '12時00分',
      '2025年6月',
      '6月1日',
      '45,810',
      '1099428:00:00',
      'R7.6.1',
      '令和7年6月1日',
    ])
  })
})
