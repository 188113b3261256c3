/**
 * CJK radicals (U+2E80–2EF3) that look like a whole ideograph, and that ideograph (Unicode's
 * EquivalentUnifiedIdeograph.txt). Components such as ⺅ and ⺾ stay: they are written where the radical is meant.
 */
const RADICALS = new Map(
  Array.from(
    (
      '⺒巳 ⺛旡 ⺜日 ⺝月 ⺟母 ⺠民 ⺩王 ⺬示 ⺻聿 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻑長 ⻓长 ⻔门 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ' +
      '⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟'
    ).split(' '),
    (pair) => [pair.charAt(0), pair.charAt(1)] as const,
  ),
)

/**
 * Vertical presentation forms (U+FE10–FE19, U+FE30–FE48) and what is written horizontally in East Asian text, that
 * is, full-width brackets and points where NFKC would give ASCII.
 */
const VERTICAL_FORMS = new Map(
  Array.from(
    '︐， ︑、 ︒。 ︓： ︔； ︕！ ︖？ ︗〖 ︘〗 ︙… ︰‥ ︱— ︲– ︳＿ ︵（ ︶） ︷｛ ︸｝ ︹〔 ︺〕 ︻【 ︼】 ︽《 ︾》 ︿〈 ﹀〉 ﹁「 ﹂」 ﹃『 ﹄』 ﹇［ ﹈］'.split(
      ' ',
    ),
    (pair) => [pair.charAt(0), pair.charAt(1)] as const,
  ),
)

/**
 * Puts letters and the marks behind them together (NFC): が in two parts, as macOS and PDF files have it. Of Latin,
 * Greek, Cyrillic and kana only: canonical composition replaces 神 (U+FA19) and other ideographs of persons' names.
 * Letters with more than 30 marks stay as they are: beyond the Stream-Safe Text Format (UAX #15 §13) sorting the marks
 * takes squared time.
 */
export function composeLetters(text: string): string {
  return text.replace(
    /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hiragana}\p{Script=Katakana}]\p{Mn}{1,30}(?!\p{Mn})/gu,
    (letter) => letter.normalize('NFC'),
  )
}

/**
 * Folds those compatibility characters that are traces of fonts and old systems, not of what the writer meant:
 * - Kangxi and CJK radicals, which PDF fonts give in place of the ideographs they look like;
 * - Latin ligatures (ﬁ), which typesetting put in;
 * - half-width katakana and punctuation of JIS X 0201, with their voiced marks, from host and bank systems;
 * - vertical presentation forms, since the text is no longer vertical.
 *
 * All else that NFKC folds stays: it is what the company writes (①, ㈱, ㎡, ½, ™, full-width letters and spaces,
 * …, ～) or a distinction (²; compatibility ideographs in names).
 */
export function foldCompatibilityCharacters(text: string): string {
  const folded = text
    .replace(/[\u2f00-\u2fd5\ufb00-\ufb06]/g, (character) => character.normalize('NFKC'))
    .replace(/[\u2e80-\u2ef3]/g, (radical) => RADICALS.get(radical) ?? radical)
    .replace(/[\ufe10-\ufe19\ufe30-\ufe48]/g, (form) => VERTICAL_FORMS.get(form) ?? form)
    // A voiced mark may follow a full-width letter; one that follows no letter takes the spacing form.
    .replace(/[ぁ-ゖァ-ヺゝヽ]?[\uff61-\uff9f]+/g, (kana) =>
      kana.normalize('NFKC').replaceAll('\u3099', '゛').replaceAll('\u309a', '゜'),
    )
  return folded === text ? text : composeLetters(folded)
}
