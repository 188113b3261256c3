/** Which characters lay themselves out how: what the spaces, joins and folds of PDF text are decided by. */

const VERTICAL_FORMS: ReadonlyMap<string, string> = new Map(
  Array.from('︐︑︒︓︔︕︖︗︘︙︰︱︲︳︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈', (form, index) => [
    form,
    Array.from('，、。：；！？〖〗…‥—–＿（）｛｝〔〕【】《》〈〉「」『』［］')[index] ?? form,
  ]),
)
const VERTICAL_FORM = /[\ufe10-\ufe19\ufe30-\ufe33\ufe35-\ufe44\ufe47\ufe48]/g

/**
 * Characters that share a glyph with a common one in Japanese fonts (CJK Radicals Supplement and others, by the `cmap`
 * of Source Han); a PDF made from glyphs (Skia) names the first one. Compatibility normalisation knows few of them, and
 * makes U+2F3E another kanji; it is right for all other Kangxi radicals.
 */
const SHARED_GLYPHS: ReadonlyMap<string, string> = new Map(
  Array.from('⺎⺐⺒⺓⺔⺙⺛⺠⻄⻑⻘⻨⻩⻫⻭⻯⻲⼾‧', (rare, index) => [
    rare,
    Array.from('兀尢巳幺彑攵旡民西長青麦黄斉歯竜亀戸・')[index] ?? rare,
  ]),
)
const SHARED_GLYPH = /[\u2027\u2e80-\u2fd5]/g

const WIDE =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u2e80-\u2fdf\u3000-\u303f\u30fc\u3200-\u33ff\ufe10-\ufe4f\uff01-\uff60\uffe0-\uffe6]/u
const LETTER_OR_DIGIT = /^[\p{L}\p{N}]/u
const CLOSING = /^[、。，．：；！？」』）】〕〉》｝］・…‥ー]/
const OPENING = /^[「『（【〔〈《｛［・]/
const HAN = /^\p{sc=Han}/u
const SENTENCE_END = /[。．.!?！？」』）)\]:：]$/
const KANA_ONLY = /^[\u3041-\u3096\u309d\u309e\u30a1-\u30fe\s]+$/
const LIST_MARK =
  /^(?:[•‣◦●○■□◆◇▶►▪▫※★☆→⇒✓✔➢]|[・･\-–—−－*＊]\s?(?=\S)|[①-⓿❶-❿]|[（(](?:\d{1,3}|[a-zA-Zア-ンｱ-ﾝ一二三四五六七八九十ivx]{1,4})[)）]|(?:\d{1,3}|[a-zA-Z])[.)．）](?:\s|\u3000|(?=[^\d\s.,]))|[1-9]\d{0,2}\.(?:\d{1,3}\.){0,4}\d{0,3}\s|(?:[０-９]{1,3}|[一二三四五六七八九十]{1,4}|[アイウエオカキクケコロハニホヘトチリヌ])\u3000|第[ \u3000]?[\d０-９一二三四五六七八九十百]{1,5}[ \u3000]?[章条節項編部款号])/u

/** A mark or number of a list on its own. */
const LONE_MARK =
  /^(?:[•‣◦●○■□◆◇▶►▪▫※★☆→⇒✓✔➢・･\-–—*]|[①-⓿❶-❿]|[（(]?(?:\d{1,3}|[a-zA-Zア-ンｱ-ﾝ一二三四五六七八九十])[)）.．])$/u
/** `場所：` and the like. */
const LABEL = /^[\p{L}\p{N}・]{1,8}：/u

/** Punctuation as it is drawn in vertical lines back to ordinary punctuation (Unicode: Vertical Forms, CJK Compatibility Forms). */
export function foldVerticalForms(text: string): string {
  return text.replace(VERTICAL_FORM, (form) => VERTICAL_FORMS.get(form) ?? form)
}

/** Common characters for the rare ones that look the same. */
export function foldSharedGlyphs(text: string): string {
  return text.replace(SHARED_GLYPH, (rare) => SHARED_GLYPHS.get(rare) ?? rare.normalize('NFKC'))
}

/** Whether a text begins with a character as wide as high: kanji, kana and their punctuation. */
export function isWide(text: string): boolean {
  return WIDE.test(text)
}

export function isHan(text: string): boolean {
  return HAN.test(text)
}

export function isOpening(character: string): boolean {
  return OPENING.test(character)
}

export function isLetterOrDigit(text: string): boolean {
  return LETTER_OR_DIGIT.test(text)
}

export function isKanaOnly(text: string): boolean {
  return KANA_ONLY.test(text)
}

/** Whether a line begins like an item of a list or a numbered clause. */
export function beginsItem(line: string): boolean {
  return LIST_MARK.test(line) || LABEL.test(line)
}

export function isListMark(text: string): boolean {
  return LONE_MARK.test(text)
}

export function endsSentence(line: string): boolean {
  return SENTENCE_END.test(line)
}

/** Whether Latin punctuation, which asks for a space there, stands at the border of two texts. */
export function hasLatinPunctuation(before: string, after: string): boolean {
  return /^[,.;:!?)\]]$/.test(before) || /^[([]/.test(after)
}

/** Whether the blank half of a bracket, comma or full stop lies between two characters. */
export function hasOwnBlank(before: string, after: string): boolean {
  return CLOSING.test(before) || OPENING.test(after)
}

/** The last character, with its surrogate. */
export function lastCharacter(text: string): string {
  const last = text.at(-1) ?? ''
  return last >= '\udc00' && last <= '\udfff' ? text.slice(-2) : last
}
