import { matches, type Passage } from './passage.ts'

/** The words that stand over or beside individual numbers. */
const MY_NUMBER_WORDS = /マイナンバー|個人番号|my ?number|individual number/i

/**
 * My Numbers: twelve digits, together or in fours as on the card, with the right check digit, in a text that speaks
 * of My Numbers. Without that word one in eleven order numbers or UPC codes of twelve digits would be taken for one.
 */
export function* findMyNumbers(text: string): Generator<Passage> {
  if (!MY_NUMBER_WORDS.test(text)) return
  for (const { from, to, found } of matches(text, /(?<![\w.-])\d{4}([ -]?)\d{4}\1\d{4}(?![\w-]|\.\d)/g)) {
    if (isMyNumber(digitsOf(found))) yield { from, to }
  }
}

/**
 * Whether the last of twelve digits is the check digit of the others: 11 − (Σ Pₙ·Qₙ mod 11), or 0 where that
 * remainder is 0 or 1; Pₙ is the n-th digit from the right of the eleven, Qₙ = n + 1 up to the sixth and n − 5 beyond
 * (平成26年総務省令第85号 第5条).
 */
function isMyNumber(digits: readonly number[]): boolean {
  const check = digits.at(-1)
  const remainder =
    digits
      .slice(0, -1)
      .reverse()
      .reduce((sum, digit, index) => sum + digit * (index < 6 ? index + 2 : index - 4), 0) % 11
  return check === (remainder <= 1 ? 0 : 11 - remainder)
}

/** Prefixes and lengths of card numbers (ISO/IEC 7812 issuers): Visa, Mastercard, Amex, JCB, Diners, Discover, UnionPay. */
const ISSUERS =
  /^(?:4(?:\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|(?:6011|64[4-9]\d|65\d\d)\d{12}|62\d{14,17})$/

/** As printed on the cards: all together, in fours, or 4-6-5 and 4-6-4. */
const CARD =
  /(?<![\w.-])(?:\d{14,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5})(?![\w-]|\.\d)/g

/** Credit card numbers: of a known issuer, with the right Luhn check digit. */
export function* findCreditCards(text: string): Generator<Passage> {
  for (const { from, to, found } of matches(text, CARD)) {
    if (ISSUERS.test(found.replaceAll(/\D/g, '')) && passesLuhn(digitsOf(found))) yield { from, to }
  }
}

/** ISO/IEC 7812-1 annex B. */
function passesLuhn(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const weighted = index % 2 === 0 ? digit : digit * 2
    return total + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  return sum % 10 === 0
}

const digitsOf = (text: string): number[] => Array.from(text.replaceAll(/\D/g, ''), Number)
