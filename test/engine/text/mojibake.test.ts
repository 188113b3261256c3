import { describe, expect, it } from 'vitest'

import { mojibakeShare, unreadableCharacters } from '../../../src/engine/text/index.ts'
import { encoded } from '../documents/encoded.ts'

const JAPANESE =
  '経費精算書は毎月25日までに総務部へ提出してください。\nサーバー室の入室には許可が必要です。テストの結果を報告します。\nplain line\n'

describe('mojibakeShare', () => {
  it('sees what was read in another encoding than it was written in', () => {
    const readings = [
      ['UTF8', 'windows-1252'],
      ['UTF8', 'shift_jis'],
      ['EUCJP', 'shift_jis'],
      ['EUCJP', 'windows-1252'],
      ['EUCJP', 'utf-8'],
      ['SJIS', 'windows-1252'],
      ['SJIS', 'utf-8'],
    ] as const
    for (const [written, read] of readings) {
      const text = new TextDecoder(read).decode(encoded(JAPANESE, written))
      expect([written, read, mojibakeShare(text)]).toEqual([written, read, 1])
    }
    const french = new TextEncoder().encode(
      'Été à la forêt : élève né près de là, où ça a été très « gênant ».',
    )
    expect(mojibakeShare(new TextDecoder('windows-1252').decode(french))).toBe(1)
  })

  it('leaves real text alone', () => {
    const texts = [
      JAPANESE,
      '・コーヒー・サンドイッチ・テスト・ノート・ペン、ア、イ、ウ',
      'ｶﾌﾞｼｷｶﾞｲｼｬ､ﾃｽﾄ･ｶｲｼｬ､ｷﾖｳﾄ･ﾎﾝｼｬ､ﾐﾀﾞ',
      'Größe über Maße – “très” élémentaire',
      'Été à la forêt: où êtes-vous né, élève français? « Noël » très préféré',
      'Über größere Äpfel, süße Öfen und müßte ‚Übung‘ gönnen – für schöne Mädchen ‚über‘',
      'Tiếng Việt được viết bằng chữ Quốc ngữ và các dấu',
      'Ελληνική γλώσσα και αλφάβητο',
      '繝 is one kanji',
      '文字化けした一字�を含む日本語の文章です',
    ]
    expect(texts.filter((text) => mojibakeShare(text) > 0)).toEqual([])
  })

  it('is the share of the lines that say something', () => {
    const garbled = new TextDecoder('windows-1252').decode(encoded('経費精算書は総務部へ', 'UTF8'))
    expect(
      mojibakeShare(
        `${garbled}\nこれは普通の日本語の行です\nplain\né\nこれも普通の日本語の行です\n${garbled}`,
      ),
    ).toBe(0.5)
    expect(mojibakeShare('')).toBe(0)
  })
})

describe('unreadableCharacters', () => {
  it('counts what nobody can read, once each', () => {
    expect(unreadableCharacters('経費①㈱é😀 神\n\t')).toBe(0)
    expect(
      unreadableCharacters('\ufffd|\ue000|\u{f0000}|\u0378|\ufdd0|\u{1fffe}|\ud800|(cid:12)(cid:7)|(cid:)'),
    ).toBe(9)
  })
})
