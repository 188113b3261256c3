/** How a system of writing numbers by their places goes. */
export interface CountingSystem {
  /** 0 to 9. */
  readonly digits: string
  /** Of the second to the fourth place. */
  readonly powers: string
  /** Of ten thousand and of a hundred million. */
  readonly myriads: string
  /** Whether a 1 is written before a power. */
  readonly ones?: boolean
  /** Whether 10 to 19 begin with the power all the same. */
  readonly bareTeens?: boolean
  /** What is written for zeros between other digits. */
  readonly gap?: string
}

export const JAPANESE: CountingSystem = { digits: '〇一二三四五六七八九', powers: '十百千', myriads: '万億' }
export const JAPANESE_LEGAL: CountingSystem = {
  digits: '〇壱弐参四伍六七八九',
  powers: '拾百阡',
  myriads: '萬億',
  ones: true,
}
export const CHINESE: CountingSystem = { ...JAPANESE, ones: true, bareTeens: true, gap: '零' }
export const TRADITIONAL_LEGAL: CountingSystem = {
  digits: '零壹貳參肆伍陸柒捌玖',
  powers: '拾佰仟',
  myriads: '萬億',
  ones: true,
  gap: '零',
}
export const SIMPLIFIED_LEGAL: CountingSystem = {
  digits: '零壹贰叁肆伍陆柒捌玖',
  powers: '拾佰仟',
  myriads: '万亿',
  ones: true,
  gap: '零',
}
export const KOREAN: CountingSystem = { digits: '영일이삼사오육칠팔구', powers: '십백천', myriads: '만억' }

/** A number by its places: 百二十三. One below 0 or beyond twelve places stays decimal. */
export function countedNumber(number: number, system: CountingSystem): string {
  const { digits, powers, myriads, ones = false, bareTeens = false, gap = '' } = system
  if (number === 0) return digits.charAt(0)
  if (number < 0 || number >= 10 ** 12) return String(number)
  let text = ''
  let isBehindZero = false
  for (let myriad = 2; myriad >= 0; myriad--) {
    const group = Math.floor(number / 10_000 ** myriad) % 10_000
    for (let power = 3; power >= 0; power--) {
      const digit = Math.floor(group / 10 ** power) % 10
      if (digit !== 0) {
        if (isBehindZero && text !== '') text += gap
        if (digit > 1 || power === 0 || ones) text += digits.charAt(digit)
        if (power > 0) text += powers.charAt(power - 1)
      }
      isBehindZero = digit === 0
    }
    if (group > 0 && myriad > 0) text += myriads.charAt(myriad - 1)
  }
  return bareTeens && number >= 10 && number < 20 ? text.slice(1) : text
}

/** Digit by digit: 一〇三. @param digits 0 to 9 */
export function digitByDigit(number: number, digits: string): string {
  return String(number).replaceAll(/\d/g, (digit) => digits.charAt(Number(digit)))
}
