/** How a number is shown (ST_NumberFormat, ISO/IEC 29500-1 §17.18.59). */
type Format = (number: number) => string

const AIUEO = [
  ...'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン',
]
const AIUEO_NARROW = [...'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ']
const IROHA = [
  ...'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン',
]
const IROHA_NARROW = [...'ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ']
const STEMS = [...'甲乙丙丁戊己庚辛壬癸']
const ZODIAC = [...'子丑寅卯辰巳午未申酉戌亥']

const DIGITS = [...'〇一二三四五六七八九']
const COUNTING = { digits: DIGITS, powers: ['', '十', '百', '千'], myriads: ['', '万', '億'], ones: false }
const LEGAL = {
  digits: [...'〇壱弐参四伍六七八九'],
  powers: ['', '拾', '百', '阡'],
  myriads: ['', '萬', '億'],
  ones: true,
}

/** Roman numerals and repeated letters become too long to be meant beyond these. */
const MAX_ROMAN = 32_767
const MAX_LETTER_REPEATS = 30

const FORMATS: Readonly<Record<string, Format>> = {
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (number) => String(number).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  upperLetter: (number) => letters(number, 65),
  lowerLetter: (number) => letters(number, 97),
  upperRoman: roman,
  lowerRoman: (number) => roman(number).toLowerCase(),
  aiueo: cyclic(AIUEO_NARROW),
  aiueoFullWidth: cyclic(AIUEO),
  iroha: cyclic(IROHA_NARROW),
  irohaFullWidth: cyclic(IROHA),
  ideographTraditional: upTo(STEMS),
  ideographZodiac: upTo(ZODIAC),
  ideographDigital: (number) => String(number).replaceAll(/\d/g, (digit) => DIGITS[Number(digit)] ?? digit),
  japaneseDigitalTenThousand: (number) =>
    String(number).replaceAll(/\d/g, (digit) => DIGITS[Number(digit)] ?? digit),
  japaneseCounting: (number) => counted(number, COUNTING),
  chineseCounting: (number) => counted(number, COUNTING),
  chineseCountingThousand: (number) => counted(number, COUNTING),
  taiwaneseCounting: (number) => counted(number, COUNTING),
  japaneseLegal: (number) => counted(number, LEGAL),
  decimalEnclosedCircle: enclosedCircle,
  decimalEnclosedCircleChinese: enclosedCircle,
  decimalEnclosedFullstop: (number) => between(number, 1, 20, 0x2488),
  decimalEnclosedParen: (number) => between(number, 1, 20, 0x2474),
  numberInDash: (number) => `- ${number} -`,
  ordinal: (number) => `${number}${ordinalSuffix(number)}`,
  none: () => '',
}

/**
 * A number as a reader sees it. Formats that are not known are shown as decimal numbers.
 *
 * @param format a value of ST_NumberFormat
 */
export function formatNumber(number: number, format: string): string {
  return (Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined)?.(number) ?? String(number)
}

function fullWidth(number: number): string {
  return String(number).replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
}

/** A to Z, then AA to ZZ, then AAA. */
function letters(number: number, first: number): string {
  const repeats = Math.ceil(number / 26)
  if (repeats < 1 || repeats > MAX_LETTER_REPEATS) return String(number)
  return String.fromCodePoint(first + ((number - 1) % 26)).repeat(repeats)
}

const ROMAN = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
] as const

function roman(number: number): string {
  if (number < 1 || number > MAX_ROMAN) return String(number)
  let left = number
  let text = ''
  for (const [value, letter] of ROMAN) {
    text += letter.repeat(Math.floor(left / value))
    left %= value
  }
  return text
}

function cyclic(signs: readonly string[]): Format {
  return (number) => (number < 1 ? String(number) : (signs[(number - 1) % signs.length] ?? ''))
}

function upTo(signs: readonly string[]): Format {
  return (number) => signs[number - 1] ?? String(number)
}

function between(number: number, from: number, to: number, first: number): string {
  return number < from || number > to ? String(number) : String.fromCodePoint(first + number - from)
}

function enclosedCircle(number: number): string {
  if (number === 0) return '⓪'
  if (number <= 20) return between(number, 1, 20, 0x2460)
  return number <= 35 ? between(number, 21, 35, 0x3251) : between(number, 36, 50, 0x32b1)
}

/** 百二十三 and its like. */
function counted(
  number: number,
  signs: { digits: readonly string[]; powers: readonly string[]; myriads: readonly string[]; ones: boolean },
): string {
  const { digits, powers, myriads, ones } = signs
  if (number === 0) return digits[0] ?? ''
  if (number < 0 || number >= 10 ** 12) return String(number)
  let text = ''
  for (let myriad = 2; myriad >= 0; myriad--) {
    const group = Math.floor(number / 10_000 ** myriad) % 10_000
    let part = ''
    for (let power = 3; power >= 0; power--) {
      const digit = Math.floor(group / 10 ** power) % 10
      if (digit === 0) continue
      part += (digit === 1 && power > 0 && !ones ? '' : digits[digit]) + (powers[power] ?? '')
    }
    if (part !== '') text += part + (myriads[myriad] ?? '')
  }
  return text
}

function ordinalSuffix(number: number): string {
  const rest = number % 100
  if (rest >= 11 && rest <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][rest % 10] ?? 'th'
}
