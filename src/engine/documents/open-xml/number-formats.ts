import {
  CHINESE,
  countedNumber,
  digitByDigit,
  JAPANESE,
  JAPANESE_LEGAL,
  KOREAN,
  SIMPLIFIED_LEGAL,
  TRADITIONAL_LEGAL,
} from './counted-numbers.ts'

/** How a number is shown (ST_NumberFormat, ISO/IEC 29500-1 §17.18.59). */
type Format = (number: number) => string

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
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

const GANADA = [...'가나다라마바사아자차카타파하']
const CHOSUNG = [...'ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ']
/** Native Korean numbers. */
const KOREAN_ONES = ['', '하나', '둘', '셋', '넷', '다섯', '여섯', '일곱', '여덟', '아홉']
const KOREAN_TENS = ['', '열', '스물', '서른', '마흔', '쉰', '예순', '일흔', '여든', '아흔']
/** Of notes in the Chicago Manual of Style. */
const CHICAGO = [...'*†‡§']

/** Roman numerals and repeated letters become too long to be meant beyond these. */
const MAX_ROMAN = 32_767
const MAX_REPEATS = 30

const FORMATS: Readonly<Record<string, Format>> = {
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (number) => String(number).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  hex: (number) => number.toString(16).toUpperCase(),
  upperLetter: (number) => repeated(number, LETTERS),
  lowerLetter: (number) => repeated(number, LETTERS).toLowerCase(),
  upperRoman: roman,
  lowerRoman: (number) => roman(number).toLowerCase(),
  chicago: (number) => repeated(number, CHICAGO),
  aiueo: cyclic(AIUEO_NARROW),
  aiueoFullWidth: cyclic(AIUEO),
  iroha: cyclic(IROHA_NARROW),
  irohaFullWidth: cyclic(IROHA),
  ideographTraditional: upTo(STEMS),
  ideographZodiac: upTo(ZODIAC),
  ideographZodiacTraditional: (number) =>
    number < 1 || number > 60 ? String(number) : cyclic(STEMS)(number) + cyclic(ZODIAC)(number),
  ideographDigital: (number) => digitByDigit(number, JAPANESE.digits),
  japaneseDigitalTenThousand: (number) => digitByDigit(number, JAPANESE.digits),
  japaneseCounting: (number) => countedNumber(number, JAPANESE),
  japaneseLegal: (number) => countedNumber(number, JAPANESE_LEGAL),
  chineseCounting: (number) => countedNumber(number, CHINESE),
  chineseCountingThousand: (number) => countedNumber(number, CHINESE),
  taiwaneseCounting: (number) => countedNumber(number, CHINESE),
  taiwaneseCountingThousand: (number) => countedNumber(number, CHINESE),
  ideographLegalTraditional: (number) => countedNumber(number, TRADITIONAL_LEGAL),
  chineseLegalSimplified: (number) => countedNumber(number, SIMPLIFIED_LEGAL),
  ganada: cyclic(GANADA),
  chosung: cyclic(CHOSUNG),
  koreanCounting: (number) => countedNumber(number, KOREAN),
  koreanLegal,
  koreanDigital: (number) => digitByDigit(number, KOREAN.digits),
  koreanDigital2: (number) => digitByDigit(number, '零一二三四五六七八九'),
  decimalEnclosedCircle: enclosedCircle,
  decimalEnclosedCircleChinese: enclosedCircle,
  decimalEnclosedFullstop: (number) => between(number, 1, 20, 0x2488),
  decimalEnclosedParen: (number) => between(number, 1, 20, 0x2474),
  ideographEnclosedCircle: (number) => between(number, 1, 10, 0x3280),
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
  return digitByDigit(number, '０１２３４５６７８９')
}

/** A to Z, then AA to ZZ, then AAA. */
function repeated(number: number, signs: readonly string[]): string {
  const repeats = Math.ceil(number / signs.length)
  if (repeats < 1 || repeats > MAX_REPEATS) return String(number)
  return cyclic(signs)(number).repeat(repeats)
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

function koreanLegal(number: number): string {
  if (number < 1 || number > 99) return countedNumber(number, KOREAN)
  return `${KOREAN_TENS[Math.floor(number / 10)] ?? ''}${KOREAN_ONES[number % 10] ?? ''}`
}

function ordinalSuffix(number: number): string {
  const rest = number % 100
  if (rest >= 11 && rest <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][rest % 10] ?? 'th'
}
