import { describe, expect, it } from 'vitest'

import { decodeDocument } from '../../../../src/engine/documents/plain/decode-document.ts'
import { readCsv, readTsv } from '../../../../src/engine/documents/plain/read-csv.ts'
import { declaredHtmlEncoding, readHtml } from '../../../../src/engine/documents/plain/read-html.ts'
import { readText } from '../../../../src/engine/documents/plain/read-text.ts'
import { encoded, windows1252 } from '../encoded.ts'
import { readerInput } from './reader-input.ts'

const refused = (code: string, params: object): Error => expect.objectContaining({ code, params }) as Error

describe('readText', () => {
  it('gives a text as it stands, with its encoding', () => {
    const bytes = encoded('# 規程\r\n\r\n  第1条\t目的\n', 'SJIS')
    expect(readText(readerInput('規程.md', bytes))).toEqual({
      text: '# 規程\r\n\r\n  第1条\t目的\n',
      encoding: 'shift_jis',
    })
  })

  it('refuses what is no text', () => {
    const binary = Uint8Array.from({ length: 2000 }, (_, index) => (index * 167 + 13) % 251)
    expect(() => readText(readerInput('a.txt', binary))).toThrow(
      refused('documents/not-text', { name: 'a.txt', type: 'binary' }),
    )
    const controls = encoded(`${'ab'.repeat(40)}\u0001\u0002\u0003`, 'UTF8')
    expect(() => readText(readerInput('b.txt', controls))).toThrow(
      refused('documents/not-text', { name: 'b.txt', type: 'binary' }),
    )
  })

  it('refuses a text that was garbled before it was saved', () => {
    const prose = encoded(
      '経費精算書は総務部へ提出してください。\nサーバー室の入室には許可が必要です。\n',
      'UTF8',
    )
    const garbled = encoded(new TextDecoder('windows-1252').decode(prose), 'UTF8')
    expect(() => readText(readerInput('a.txt', garbled))).toThrow(
      refused('documents/mojibake', { name: 'a.txt' }),
    )
  })

  it('reads UTF-8 of which a few bytes are lost', () => {
    const prose = '第一条 この規程は、従業員の出張旅費の取扱いを定める。\n'
    for (const [lines, lost] of [
      [1, 1],
      [4, 4],
      [12, 4],
    ] as const) {
      const bytes = encoded(prose.repeat(lines), 'UTF8')
      // The last byte of a character in every line but for what follows.
      for (let index = 0; index < lost; index++) bytes[8 + (index * bytes.length) / lines] = 0xff
      const { text, encoding } = decodeDocument(readerInput('a.txt', bytes))
      expect(encoding).toBe('utf-8')
      expect(text.match(/\ufffd/g)?.length).toBeLessThanOrEqual(2 * lost)
      expect(text.replaceAll(/第一\ufffd+/g, '第一条')).toBe(prose.repeat(lines))
    }
  })

  it('refuses a text of which much is broken', () => {
    const text = `${'経費精算書'.repeat(10)}${'\ufffd'.repeat(6)}`
    expect(() => readText(readerInput('a.txt', encoded(text, 'UTF8')))).toThrow(
      refused('documents/broken-text', { name: 'a.txt', broken: 6, characters: 56, encoding: 'utf-8' }),
    )
  })
})

describe('readCsv and readTsv', () => {
  it('read tables in the encodings of spreadsheet programs', () => {
    expect(readCsv(readerInput('a.csv', encoded('氏名,額\r\n佐藤,"1,000"\r\n', 'SJIS')))).toEqual({
      text: '氏名\t額\n佐藤\t1,000',
      encoding: 'shift_jis',
    })
    const wide = Uint8Array.of(0xff, 0xfe, ...encoded('氏名\t額\r\n佐藤\t1,000\r\n', 'UTF16LE'))
    expect(readTsv(readerInput('a.txt', wide))).toEqual({
      text: '氏名\t額\n佐藤\t1,000',
      encoding: 'utf-16le',
    })
  })
})

describe('readHtml', () => {
  it('follows the declared encoding', () => {
    const html = '<meta charset="windows-1252"><p>Größe &gt; 5 €<p hidden>x'
    expect(readHtml(readerInput('a.html', windows1252(html)))).toEqual({
      text: 'Größe > 5 €',
      encoding: 'windows-1252',
      steps: ['hidden-text'],
    })
  })

  it('finds the declared encoding', () => {
    const declared = (head: string) => declaredHtmlEncoding(encoded(head, 'UTF8'))
    expect(declared('<html><meta charset="Shift_JIS">')).toBe('Shift_JIS')
    expect(declared('<META http-equiv=Content-Type content="text/html; charset=euc-jp">')).toBe('euc-jp')
    expect(declared('<?xml version="1.0" encoding="Shift_JIS"?><html>')).toBe('Shift_JIS')
    expect(declared('<p>charset=euc-jp</p>')).toBeUndefined()
  })
})
