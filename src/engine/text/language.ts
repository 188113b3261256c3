import type { Language } from '../../shared/documents.ts'

const ENGLISH_WORDS = new Set(
  'a an and are as at be by for from has have if in is it not of on or shall that the this to was were will with you'.split(
    ' ',
  ),
)
const SAMPLED_CHARACTERS = 50_000
/** In Japanese prose about half of the characters are kana; a share far below that means Chinese. */
const MIN_KANA_SHARE = 0.05
const MIN_JAPANESE_SHARE = 0.3
/** In English prose about 40 % of the words are among the commonest. */
const MIN_COMMON_SHARE = 0.1

/**
 * A guess at the language for the report's breakdown, from scripts and common words. A Japanese text with English
 * terms in it is Japanese.
 */
export function guessLanguage(whole: string): Language {
  const text = whole.slice(0, SAMPLED_CHARACTERS)
  const kana = count(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu)
  const han = count(text, /\p{Script=Han}/gu)
  const letters = count(text, /\p{L}/gu)
  if (letters === 0) return 'other'
  if ((kana + han) / letters >= MIN_JAPANESE_SHARE) {
    return kana / (kana + han) >= MIN_KANA_SHARE ? 'ja' : 'other'
  }
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const common = words.filter((word) => ENGLISH_WORDS.has(word)).length
  return common / words.length >= MIN_COMMON_SHARE ? 'en' : 'other'
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
