import { describe, expect, it } from 'vitest'

import { formatNumber } from '../../../../src/engine/documents/open-xml/number-formats.ts'

describe('formatNumber', () => {
  it.each<[string, readonly number[], string]>([
    ['decimal', [0, 1, 12], '0 1 12'],
    ['decimalZero', [1, 12], '01 12'],
    ['decimalFullWidth', [1, 20], '１ ２０'],
    ['upperLetter', [1, 26, 27, 53], 'A Z AA AAA'],
    ['lowerLetter', [2, 28, 1000], 'b bb 1000'],
    ['upperRoman', [4, 9, 14, 40, 1999, 0, 40_000], 'IV IX XIV XL MCMXCIX 0 40000'],
    ['lowerRoman', [3, 90], 'iii xc'],
    ['aiueoFullWidth', [1, 5, 44, 46, 47], 'ア オ ワ ン ア'],
    ['aiueo', [1, 2], 'ｱ ｲ'],
    ['irohaFullWidth', [1, 2, 48, 49], 'イ ロ ン イ'],
    ['iroha', [1, 2], 'ｲ ﾛ'],
    ['ideographTraditional', [1, 10, 11], '甲 癸 11'],
    ['ideographZodiac', [1, 12], '子 亥'],
    ['ideographDigital', [0, 10, 21], '〇 一〇 二一'],
    ['japaneseDigitalTenThousand', [10, 305], '一〇 三〇五'],
    [
      'japaneseCounting',
      [0, 1, 10, 11, 20, 100, 123, 1000, 10_000, 12_345, 100_000_000],
      '〇 一 十 十一 二十 百 百二十三 千 一万 一万二千三百四十五 一億',
    ],
    ['japaneseLegal', [1, 12, 123], '壱 壱拾弐 壱百弐拾参'],
    ['decimalEnclosedCircle', [0, 1, 20, 21, 35, 36, 50, 51], '⓪ ① ⑳ ㉑ ㉟ ㊱ ㊿ 51'],
    ['decimalEnclosedParen', [1, 21], '⑴ 21'],
    ['ordinal', [1, 2, 3, 4, 11, 22, 113], '1st 2nd 3rd 4th 11th 22nd 113th'],
    ['hex', [9, 26], '9 1A'],
    ['chicago', [1, 4, 6, 23], '* § †† ‡‡‡‡‡‡'],
    ['ganada', [3, 23], '다 자'],
    ['chosung', [3, 23], 'ㄷ ㅈ'],
    ['taiwaneseCountingThousand', [10, 11, 23, 101, 1010], '十 十一 二十三 一百零一 一千零一十'],
    ['ideographLegalTraditional', [10, 23, 101], '壹拾 貳拾參 壹佰零壹'],
    ['chineseLegalSimplified', [23, 60, 1010], '贰拾叁 陆拾 壹仟零壹拾'],
    ['koreanDigital', [10, 1010], '일영 일영일영'],
    ['koreanCounting', [23, 101], '이십삼 백일'],
    ['koreanLegal', [1, 10, 23, 60, 101], '하나 열 스물셋 예순 백일'],
    ['koreanDigital2', [23, 101], '二三 一零一'],
    ['ideographEnclosedCircle', [1, 10, 11], '㊀ ㊉ 11'],
    ['ideographZodiacTraditional', [1, 13, 60, 61], '甲子 丙子 癸亥 61'],
    ['numberInDash', [7], '- 7 -'],
    ['none', [1], ''],
    ['constructor', [7], '7'],
  ])('shows %s', (format, numbers, shown) => {
    expect(numbers.map((number) => formatNumber(number, format)).join(' ')).toBe(shown)
  })
})
