import { isSymbolFont, symbolSign } from '../fonts/symbol-fonts.ts'
import { ANSI_CHARSET, charsetLabel, codePageLabel, SYMBOL_CHARSET } from './code-page.ts'
import { isLetter } from './rtf-scanner.ts'

const KANA = /[\u3041-\u30ff]/
const SHIFT_JIS = 'shift_jis'
/** Of the names of fonts; those of symbol fonts are short. */
const LONGEST_NAME = 32

type Decoder = InstanceType<typeof TextDecoder>

interface Font {
  charset: number | null
  codePage: number | null
  name: string
}

/** The fonts of an RTF file, by which its bytes are decoded. */
export class RtfFonts {
  readonly #fonts = new Map<number, Font>()
  readonly #decoders = new Map<string, Decoder>()
  #documentLabel = codePageLabel(1252)
  /** The font that the font table is about. */
  #defined: Font | undefined

  setDocumentCodePage(codePage: number): void {
    this.#documentLabel = codePageLabel(codePage)
  }

  /** Takes a control word of the font table. */
  define(word: string, parameter: number | null): void {
    if (word === 'f') {
      this.#defined = { charset: null, codePage: null, name: '' }
      this.#fonts.set(parameter ?? 0, this.#defined)
    } else if (this.#defined !== undefined) {
      if (word === 'fcharset') this.#defined.charset = parameter
      else if (word === 'cpg') this.#defined.codePage = parameter
    }
  }

  /** Takes text of the font table: the name of a font with a semicolon, in pieces. */
  addName(bytes: Uint8Array): void {
    if (this.#defined !== undefined && this.#defined.name.length < LONGEST_NAME)
      this.#defined.name += Buffer.from(bytes.subarray(0, LONGEST_NAME)).toString('latin1')
  }

  /** The sign that a code in private use stands for in a font. */
  symbol(code: number, font: number): string {
    const { name = '' } = this.#fonts.get(font) ?? {}
    const shownName = name.split(';', 1)[0]!.trim()
    return symbolSign(isSymbolFont(shownName) ? shownName : '', code)
  }

  /** The text that bytes stand for in a font. */
  decode(bytes: Uint8Array, font: number): string {
    const { charset = null, codePage = null } = this.#fonts.get(font) ?? {}
    if (codePage !== null && codePage !== 0) return this.#decoder(codePageLabel(codePage)).decode(bytes)
    if (charset === SYMBOL_CHARSET) return Array.from(bytes, (byte) => this.symbol(byte, font)).join('')
    if (charset === ANSI_CHARSET) {
      // Some Japanese programs call every font Western.
      const text = this.#decoder(this.#documentLabel).decode(bytes)
      const isJapanese = KANA.test(text) || (this.#documentLabel === SHIFT_JIS && holdsKanji(bytes))
      if (isJapanese && !text.includes('\ufffd')) return text
    }
    return this.#decoder((charset === null ? null : charsetLabel(charset)) ?? this.#documentLabel).decode(
      bytes,
    )
  }

  #decoder(label: string): Decoder {
    const decoder = this.#decoders.get(label) ?? new TextDecoder(label, { ignoreBOM: true })
    this.#decoders.set(label, decoder)
    return decoder
  }
}

/**
 * Whether Shift_JIS bytes hold kanji rather than Western text. There, the bytes that begin most kanji are quotation
 * marks and dashes, and those of rare kanji are letters with accents. Letters beside either make a pair, too: the
 * apostrophe and t of `don't`. Such pairs have an ASCII letter for a second byte, and another one beside them.
 */
function holdsKanji(bytes: Uint8Array): boolean {
  let balance = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!
    if (!isLead(lead)) continue
    const second = bytes[++at]
    const isDoubtful = isLetter(second) && (isLetter(bytes[at - 2]) || isLetter(bytes[at + 1]))
    if (isDoubtful) balance--
    else if (lead < 0xa0) balance++
  }
  return balance > 0
}

/** Whether a byte begins a pair of Shift_JIS. */
function isLead(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc)
}
