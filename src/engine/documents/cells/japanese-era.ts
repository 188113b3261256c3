/** Serial number of the first day (1900 date system), name, abbreviations, Gregorian year before the first. */
const ERAS = [
  { from: 43_586, name: '令和', kanji: '令', letter: 'R', yearBefore: 2018 },
  { from: 32_516, name: '平成', kanji: '平', letter: 'H', yearBefore: 1988 },
  { from: 9_856, name: '昭和', kanji: '昭', letter: 'S', yearBefore: 1925 },
  { from: 4_595, name: '大正', kanji: '大', letter: 'T', yearBefore: 1911 },
  { from: 0, name: '明治', kanji: '明', letter: 'M', yearBefore: 1867 },
] as const

const MILLISECONDS_PER_DAY = 86_400_000
/** 1899-12-30, from which serial numbers count after February 1900. */
const SERIAL_ZERO = Date.UTC(1899, 11, 30)
const WEEKDAYS = '日月火水木金土'

/** What the format codes g, gg and ggg show for a day. */
export function eraName(serial: number, letters: number): string {
  const { name, kanji, letter } = eraOf(serial)
  return letters === 1 ? letter : letters === 2 ? kanji : name
}

/** The year of its era that a day lies in, 1 for the first. */
export function eraYear(serial: number): number {
  // The serial numbers 0 to 59 lie one day before what this computes, all within 1900 but the first.
  const year = new Date(SERIAL_ZERO + Math.max(2, Math.floor(serial)) * MILLISECONDS_PER_DAY).getUTCFullYear()
  return year - eraOf(serial).yearBefore
}

/** 日 to 土, as the format codes aaa and aaaa begin; Excel counts 1 January 1900 as a Sunday. */
export function japaneseWeekday(serial: number): string {
  return WEEKDAYS.charAt((((Math.floor(serial) - 1) % 7) + 7) % 7)
}

function eraOf(serial: number): (typeof ERAS)[number] {
  return ERAS.find(({ from }) => serial >= from) ?? ERAS[4]
}
