const JAPANESE = String.raw`\p{Han}\p{Hiragana}\p{Katakana}`

/**
 * How text is cut before byte pairs are merged, for Japanese and English together: English contractions, runs of
 * kanji, of hiragana, of katakana (full or half width, with the long vowel mark), words of any other script with
 * the space before them, at most three digits, punctuation with the line ends after it, white space. Every
 * character falls into exactly one piece. Only constructs that Oniguruma (Hugging Face tokenizers) and JavaScript
 * read alike are used.
 */
export const BILINGUAL_PATTERN = [
  String.raw`'(?:[sStTmMdD]|[rR][eE]|[vV][eE]|[lL][lL])(?![\p{L}\p{M}])`,
  String.raw`[\p{Han}〆]+`,
  String.raw`[\p{Hiragana}ー\x{3099}\x{309A}]+`,
  String.raw`[\p{Katakana}ー\x{FF70}\x{FF9E}\x{FF9F}\x{3099}\x{309A}]+`,
  String.raw` ?(?:(?![${JAPANESE}])[\p{L}\p{M}])+`,
  String.raw`\p{N}{1,3}`,
  String.raw` ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*`,
  String.raw`\s*[\r\n]+`,
  String.raw`\s+(?!\S)`,
  String.raw`\s+`,
].join('|')
