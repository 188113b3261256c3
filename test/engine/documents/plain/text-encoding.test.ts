import { describe, expect, it } from 'vitest'

import { countBroken, decodeText } from '../../../../src/engine/documents/plain/text-encoding.ts'
import { encoded, windows1252 } from '../encoded.ts'

const SAMPLES = {
  tiny: '経費精算書',
  prose:
    '出張旅費規程　第1条（目的）この規程は、従業員が業務のため出張する場合の旅費を定める。\r\n以上。\r\n',
  halfWidth: 'ｶﾌﾞｼｷｶﾞｲｼｬ ｻﾝﾌﾟﾙ ｷｶｸﾌﾞ',
  table: 'id,name,amount\n1,Tanaka,100\n2,Suzuki,200\n3,佐藤,300\n',
  katakana: 'サーバー,データベース,ネットワーク',
  names: '髙橋 﨑田 ①②Ⅲ ㈱山田 ㎡',
  short: '株式会社サンプル 総務部',
  kanjiOnly: '議事録\n出席者 佐藤 鈴木\n次回 一月六日',
  hiragana: 'おわり',
  english: 'Quarterly report: 5% up.\n',
  lateJapanese: `${'x'.repeat(100_000)}\n末尾だけ日本語です。`,
}

const ENCODINGS = [
  ['UTF8', 'utf-8'],
  ['SJIS', 'shift_jis'],
  ['EUCJP', 'euc-jp'],
  ['JIS', 'iso-2022-jp'],
] as const

describe('decodeText', () => {
  for (const [name, text] of Object.entries(SAMPLES)) {
    for (const [to, encoding] of ENCODINGS) {
      // ISO-2022-JP has no half-width katakana of its own; \u9ad9 and \ufa11 are not of JIS X 0208.
      if (to === 'JIS' && (name === 'halfWidth' || name === 'names')) continue
      // encoding-japanese does not know the extensions of IBM in EUC-JP.
      if (to === 'EUCJP' && name === 'names') continue
      if (to !== 'UTF8' && name === 'english') continue
      it(`reads ${name} in ${encoding}`, () => {
        expect(decodeText(encoded(text, to))).toEqual({ text, encoding })
      })
    }
  }

  it('follows byte order marks and drops them', () => {
    const text = '議事録 2024'
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, ...encoded(text, 'UTF8')))).toEqual({
      text,
      encoding: 'utf-8',
    })
    expect(decodeText(Uint8Array.of(0xff, 0xfe, ...encoded(text, 'UTF16LE')))).toEqual({
      text,
      encoding: 'utf-16le',
    })
    expect(decodeText(Uint8Array.of(0xfe, 0xff, ...encoded(text, 'UTF16BE')))).toEqual({
      text,
      encoding: 'utf-16be',
    })
  })

  it('recognises UTF-16 without a mark', () => {
    for (const text of ['Quarterly report\r\n', SAMPLES.prose, SAMPLES.table]) {
      expect(decodeText(encoded(text, 'UTF16LE'))).toEqual({ text, encoding: 'utf-16le' })
      expect(decodeText(encoded(text, 'UTF16BE'))).toEqual({ text, encoding: 'utf-16be' })
    }
  })

  it('keeps a stray zero byte in UTF-8 from being taken for UTF-16', () => {
    const text = 'report A\0 and a longer rest of the line'
    expect(decodeText(encoded(text, 'UTF8'))).toEqual({ text, encoding: 'utf-8' })
  })

  it("decodes Microsoft's characters in Shift_JIS, wave dash and minus the Windows way", () => {
    // 〜①−㈱髙∥: 8160 8740 817c 878a fbfc 8161
    const bytes = Uint8Array.of(0x81, 0x60, 0x87, 0x40, 0x81, 0x7c, 0x87, 0x8a, 0xfb, 0xfc, 0x81, 0x61)
    expect(decodeText(bytes)).toEqual({ text: '～①－㈱髙∥', encoding: 'shift_jis' })
  })

  it("decodes Microsoft's characters in EUC-JP and ISO-2022-JP (CP51932, CP50221)", () => {
    // ①Ⅲ of NEC's row 13, 髙 of JIS X 0212's successor row, half-width katakana behind 8e.
    expect(decodeText(Uint8Array.of(0xad, 0xa1, 0xad, 0xb7, 0xfc, 0xe2, 0x8e, 0xb6, 0xa4, 0xa2))).toEqual({
      text: '①Ⅲ髙ｶあ',
      encoding: 'euc-jp',
    })
    const kana = [0x1b, 0x28, 0x49, 0x36, 0x40, 0x36, 0x45]
    const kanji = [0x1b, 0x24, 0x42, 0x2d, 0x21, 0x7c, 0x62]
    expect(decodeText(Uint8Array.of(...kana, ...kanji, 0x1b, 0x28, 0x42))).toEqual({
      text: 'ｶﾀｶﾅ①髙',
      encoding: 'iso-2022-jp',
    })
  })

  it('keeps a truncated ISO-2022-JP file, and leaves the escapes of terminals alone', () => {
    const whole = encoded(SAMPLES.prose.repeat(5), 'JIS')
    const cut = decodeText(whole.subarray(0, 398))
    expect(cut?.encoding).toBe('iso-2022-jp')
    expect(countBroken(cut?.text ?? '')).toBe(1)
    expect(decodeText(encoded('\u001b[31mred\u001b[0m', 'UTF8'))).toEqual({
      text: '\u001b[31mred\u001b[0m',
      encoding: 'utf-8',
    })
  })

  it('reads Western European text', () => {
    const texts = [
      'Café',
      'très bien, où êtes-vous ?',
      'Größe über Maße',
      '“Quoted” – it’s 5 €',
      'Le règlement intérieur fixe les modalités d’accès aux bâtiments. '.repeat(200),
    ]
    for (const text of texts) {
      expect(decodeText(windows1252(text))).toEqual({ text, encoding: 'windows-1252' })
    }
  })

  it('follows a declared encoding only where the bytes agree with it', () => {
    const ambiguous = Uint8Array.of(0xb1, 0xb2)
    expect(decodeText(ambiguous, 'EUC-JP')).toEqual({ text: '渦', encoding: 'euc-jp' })
    expect(decodeText(ambiguous, ' shift_jis')).toEqual({ text: 'ｱｲ', encoding: 'shift_jis' })
    expect(decodeText(encoded(SAMPLES.prose, 'UTF8'), 'Shift_JIS')).toEqual({
      text: SAMPLES.prose,
      encoding: 'utf-8',
    })
    expect(decodeText(encoded(SAMPLES.prose, 'SJIS'), 'unheard-of')).toEqual({
      text: SAMPLES.prose,
      encoding: 'shift_jis',
    })
  })

  it('keeps a damaged or truncated UTF-8 file UTF-8', () => {
    const whole = encoded(SAMPLES.prose.repeat(20), 'UTF8')
    const truncated = decodeText(whole.subarray(0, whole.length - 4 - 2))
    expect(truncated?.encoding).toBe('utf-8')
    expect(countBroken(truncated?.text ?? '')).toBe(1)
    const damaged = whole.slice()
    damaged[300] = 0xff
    expect(decodeText(damaged)?.encoding).toBe('utf-8')
  })

  it('keeps a damaged Shift_JIS file Shift_JIS', () => {
    const damaged = encoded(SAMPLES.prose.repeat(20), 'SJIS')
    damaged[301] = 0xff
    const result = decodeText(damaged)
    expect(result?.encoding).toBe('shift_jis')
    expect(result?.text).toContain('従業員が業務のため出張する場合の旅費を定める')
  })

  it('reads an empty file as empty and refuses binary zeros', () => {
    expect(decodeText(new Uint8Array(0))).toEqual({ text: '', encoding: 'utf-8' })
    expect(decodeText(Uint8Array.of(0, 1, 2, 0, 0, 0xff, 0, 0x80))).toBeNull()
  })
})
