import { matches, type Passage } from './passage.ts'

/** Runs that could be a Japanese number; the parts show where area code, exchange and subscriber number end. */
const DOMESTIC =
  /(?<!\d)\(?(?<area>0\d{1,4})(?<first>\) ?|[- ー]|\(|)(?<exchange>\d{1,4})(?<second>\) ?|[- ー]|)(?<subscriber>\d{3,5})(?!\d)/g

/**
 * Area code, exchange and subscriber number, apart by hyphens, of the numbering plan (電気通信番号計画): nine digits
 * behind the 0, ten for mobile and IP telephones and 0800. Exchanges of fixed lines begin with 2 to 9 (in Tokyo, Osaka and
 * the like a 1 is taken too, with which examples are written), and the area codes
 * of each length are known by their first digits.
 */
const NUMBERS: readonly RegExp[] = [
  /^0[346]-[1-9]\d{3}-\d{4}$/,
  /^0(?:1[1789]|[245789][2-9])-[2-9]\d\d-\d{4}$/,
  /^0[1245789][1-9]\d-[2-9]\d-\d{4}$/,
  /^0[1245789][1-9]\d\d-[2-9]-\d{4}$/,
  /^0[5789]0-[1-9]\d{3}-\d{4}$/,
  /^(?:0120|0570)-(?:\d{3}-\d{3}|\d\d-\d{4}|\d-\d{5})$/,
  /^0800-\d{3}-\d{4}$/,
]
/** Nine digits behind the 0 in any three parts, where the words before say that it is one. */
const ANNOUNCED_PARTS = /^(?=(?:-?\d){10}$)0[1-9]\d{0,3}-[1-9]\d{0,3}-\d{4}$/
/** Eleven digits together that only a mobile telephone has. */
const MOBILE = /^0[789]0[1-9]\d{7}$/
/** Ten or eleven digits together that may be a telephone number, where the words before say so. */
const TOGETHER = /^0(?:[1-9]\d{8}|[5789]0\d{8})$/
const ANNOUNCED = /(?:電話|携帯|ファクス|ファックス|連絡先|tel|fax|phone|mobile)[^\d\n]{0,10}$/i
const ANNOUNCEMENT_CHARACTERS = 24

/** +, country calling code and national number, 8 to 15 digits in all (ITU-T E.164). */
const INTERNATIONAL =
  /(?<![\w+.-])\+(?<country>1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-689]|3[578]|42|5[09]|6[789]|8[0578]|9[679])\d)(?<national>(?:[ -]?\(0\)[ -]?|[ -]?\(|[ -]?)[1-9]\d{0,11}\)?(?:[ -]?\d{1,10}){0,5})(?![\w-]|[.,]\d)/g
/** Ten digits at least, since amounts of change have a sign too, and no groups of three only, as amounts have. */
const MIN_INTERNATIONAL_DIGITS = 10
const MAX_INTERNATIONAL_DIGITS = 15
const THOUSANDS = /^\+\d{1,3}(?:[ -]\d{3})+$/

/** Telephone numbers of Japan, fixed, mobile and free of charge, and international ones with their +. */
export function* findTelephones(text: string): Generator<Passage> {
  for (const { from, to, groups } of matches(text, DOMESTIC)) {
    if (isDomestic(text, from, to, groups)) yield { from, to }
  }
  for (const { from, to, found } of matches(text, INTERNATIONAL)) {
    const digits = found.replaceAll(/\(0\)|\D/g, '').length
    if (digits < MIN_INTERNATIONAL_DIGITS || digits > MAX_INTERNATIONAL_DIGITS || THOUSANDS.test(found))
      continue
    yield { from, to }
  }
}

function isDomestic(
  text: string,
  from: number,
  to: number,
  {
    area = '',
    first = '',
    exchange = '',
    second = '',
    subscriber = '',
  }: Readonly<Record<string, string | undefined>>,
): boolean {
  // What goes on behind is a longer number or a part number.
  if (/^(?:[A-Za-z_]|[-ー./,:][\dA-Za-z])/.test(text.slice(to, to + 2))) return false
  const isAnnounced = ANNOUNCED.test(text.slice(Math.max(0, from - ANNOUNCEMENT_CHARACTERS), from))
  if (!isAnnounced && /[\w+]$|[\dA-Za-z)][-ー./,:]$/.test(text.slice(Math.max(0, from - 2), from)))
    return false
  const digits = area + exchange + subscriber
  if (first === '' && second === '') return MOBILE.test(digits) || (isAnnounced && TOGETHER.test(digits))
  if (first === '' || second === '') return false
  const parts = `${area}-${exchange}-${subscriber}`
  return NUMBERS.some((number) => number.test(parts)) || (isAnnounced && ANNOUNCED_PARTS.test(parts))
}
