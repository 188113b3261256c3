import { describe, expect, it } from 'vitest'

import { declaredHtmlEncoding, htmlText } from '../../../src/engine/documents/html-text.ts'
import { isMojibake } from '../../../src/engine/documents/mojibake.ts'
import { tableText } from '../../../src/engine/documents/table-text.ts'
import { encoded } from './encoded.ts'

describe('htmlText', () => {
  it('gives the readable text and nothing else', () => {
    const html = `<html lang=ja><head><title>題</title><style>p{}</style><script>alert(1)</script></head><body>
      <h1>経費 rule</h1><p><ruby>稟議<rp>(</rp><rt>りんぎ</rt><rp>)</rp></ruby>が<b>必要</b>。&yen;1,000&#x3000;全角<br>改行
      <a href="http://x.invalid/">規程</a><img src="http://x.invalid/a.png" alt="図"></p>
      <ul><li>項目一<li>項目二</ul><p>&lt;b&gt; &#x3042;</p></body></html>`
    expect(htmlText(html)).toBe(
      '経費 rule\n\n稟議が必要。¥1,000\u3000全角\n改行 規程\n\n * 項目一\n * 項目二\n\n<b> あ',
    )
  })

  it('puts a table row on a line, its cells apart by tabs', () => {
    const html =
      '<table><thead><tr><th>等級</th><th>額</th></tr></thead><tr><td>一級</td><td>100</td></tr></table>'
    expect(htmlText(html)).toBe('等級\t額\n一級\t100')
  })

  it('reads deep nesting whole or not at all, and never overflows', () => {
    expect(htmlText(`${'<div>'.repeat(400)}深い`)).toBe('深い')
    expect(htmlText(`${'<div>'.repeat(600)}深い`)).toBeNull()
    expect(htmlText(`${'<div>'.repeat(20_000)}深い`)).toBeNull()
  })

  it('finds the declared encoding', () => {
    expect(declaredHtmlEncoding(encoded('<html><meta charset="Shift_JIS">', 'UTF8'))).toBe('Shift_JIS')
    expect(
      declaredHtmlEncoding(
        encoded('<META http-equiv=Content-Type content="text/html; charset=euc-jp">', 'UTF8'),
      ),
    ).toBe('euc-jp')
    expect(declaredHtmlEncoding(encoded('<p>charset=euc-jp</p>', 'UTF8'))).toBeUndefined()
  })
})

describe('tableText', () => {
  it('puts a record on a line, its fields apart by tabs', () => {
    const csv = 'id,氏名,備考\r\n1,"佐藤, 太郎","一行目\n二行目"\r\n\r\n2,"鈴木 ""次郎""",\r\n3,短い\r\n'
    expect(tableText(csv, 'a.csv')).toBe(
      'id\t氏名\t備考\n1\t佐藤, 太郎\t一行目 二行目\n2\t鈴木 "次郎"\t\n3\t短い',
    )
  })

  it('finds out the delimiter, unless it is given', () => {
    expect(tableText('a;b\n1,5;2\n', 'a.csv')).toBe('a\tb\n1,5\t2')
    expect(tableText('a\tb\n1,5\t2\n', 'a.csv')).toBe('a\tb\n1,5\t2')
    expect(tableText('a,b,c\td\n', 'a.tsv', '\t')).toBe('a,b,c\td')
  })

  it('tolerates a stray quotation mark and names the line where a table breaks off', () => {
    expect(tableText('a,5" disk\n', 'a.csv')).toBe('a\t5" disk')
    expect(() => tableText('a,b\n1,"open\n2,3\n', '一覧.csv')).toThrow(
      expect.objectContaining({
        code: 'documents/malformed',
        params: { name: '一覧.csv', line: 3 },
      }) as Error,
    )
  })
})

describe('isMojibake', () => {
  const text = '経費精算書は総務部へ提出してください。\nサーバー室の入室には許可が必要です。\nplain line\n'
  const bytes = encoded(text, 'UTF8')

  it('sees UTF-8 that was read as something else', () => {
    expect(isMojibake(new TextDecoder('windows-1252').decode(bytes))).toBe(true)
    expect(isMojibake(new TextDecoder('shift_jis').decode(bytes))).toBe(true)
  })

  it('leaves real text alone', () => {
    expect(isMojibake(text)).toBe(false)
    expect(isMojibake('Größe über Maße – “très” élémentaire\n'.repeat(5))).toBe(false)
    expect(isMojibake('繝 is one kanji')).toBe(false)
  })
})
