import { describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import { htmlText } from '../../../../src/engine/documents/plain/html-text.ts'

const read = (html: string) => htmlText(html, { name: '頁.html', limits: DEFAULT_LIMITS })
const textOf = (html: string): string => read(html).text

describe('htmlText', () => {
  it('gives the readable text and nothing else', () => {
    const html = `<!doctype html><html lang=ja><head><title>題</title><style>p{}</style><script>alert("<p>1")</script></head><body>
      <!-- 覚え書き --><h1>経費 rule</h1><p><ruby>稟議<rp>(</rp><rt>りんぎ</rt><rp>)</rp></ruby>が<b>必要</b>。&yen;1,000&#x3000;全角<br>改行
      <a href="http://x.invalid/">規程</a><img src="http://x.invalid/a.png" alt="図"></p><noscript>古い</noscript>
      <ul><li>項目一<li>項目二</ul><p>&lt;b&gt; &#x3042; &hellip; &unknown;</p><iframe>枠</iframe></body></html>`
    expect(read(html)).toEqual({
      text: '経費 rule\n稟議が必要。¥1,000\u3000全角\n改行規程\n項目一\n項目二\n<b> あ … &unknown;',
      steps: ['ruby-readings'],
    })
  })

  it('collapses white space, and line breaks of the source between full-width characters altogether', () => {
    expect(textOf('<p>\n 日本\n  語の\r\n文。 \n「次」 の\n<b>\n行</b>\nABC\ndef\n한국\n어\n</p>')).toBe(
      '日本語の文。「次」 の行 ABC def 한국 어',
    )
    expect(textOf('𠮷\n野家 &nbsp; 本店')).toBe('𠮷野家 \u00a0 本店')
  })

  it('keeps preformatted text as it stands', () => {
    expect(textOf('<p>例</p><pre>\n  if (a)\n\n    <b>b</b>\n</pre><textarea>\r\n x  y</textarea>')).toBe(
      '例\n  if (a)\n\n    b\n x  y',
    )
  })

  it('gives empty lines for line breaks in a row', () => {
    expect(textOf('<div>一<br><br>二<br></div><div><br></div><div>三</div><br>')).toBe('一\n\n二\n\n三')
  })

  it('leaves out what is hidden, and says so', () => {
    const html =
      '<p>見える</p><p hidden>隠し一</p><div style="color:red; DISPLAY : none">隠し二<p>隠し三</p></div><span style="visibility:hidden">隠し四</span><span style="mso-hide:all">隠し五</span><p aria-hidden="true">これも</p>'
    expect(read(html)).toEqual({ text: '見える\nこれも', steps: ['hidden-text'] })
    expect(read('<p>a<span hidden> </span></p>')).toEqual({ text: 'a', steps: [] })
    expect(textOf('<p style="x-display:none;font-family:display">a</p>')).toBe('a')
  })

  it('reads ruby whose end tags are left out', () => {
    expect(read('<ruby><rb>経<rt>けい<rb>費<rt>ひ</ruby>精算')).toEqual({
      text: '経費精算',
      steps: ['ruby-readings'],
    })
  })

  it('puts a table row on a line, its cells apart by tabs', () => {
    const html = `<table><caption>表一</caption><thead><tr><th>等級<th>額<th>備考</thead>
      <tr><td><p>一級</p></td><td></td><td><p>上限</p><p>なし</p></td></tr>
      <tr><td>二級</td><td>100</td><td> </td></tr></table>後`
    expect(textOf(html)).toBe('表一\n等級\t額\t備考\n一級\t\t上限 なし\n二級\t100\n後')
  })

  it('stacks the cells of a row that arranges the page', () => {
    const html = `<table><tr><td><ul><li>目次<li>索引</ul></td><td><h1>規程</h1><p>本文</p>
      <table><tr><td>等級</td><td>額</td></tr></table></td></tr><tr><td><p>一段落</p><p>二段落</p></td></tr></table>`
    expect(textOf(html)).toBe('目次\n索引\n規程\n本文\n等級\t額\n一段落\n二段落')
  })

  it('survives tables without order', () => {
    expect(textOf('<td>a<tr>b<td>c</table><table><tr><td>d<td>e')).toBe('a\nb\nc\nd\te')
  })

  it('takes self-closing elements of XHTML at their word', () => {
    const body = '<script src="a.js"/><p>本文</p>'
    expect(textOf(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">${body}</html>`)).toBe(
      '本文',
    )
    expect(textOf(body)).toBe('')
  })

  it('reads deep nesting whole or not at all, and never overflows', () => {
    expect(textOf(`${'<div>'.repeat(400)}深い`)).toBe('深い')
    const tooDeep = expect.objectContaining({
      code: 'documents/too-deep',
      params: { name: '頁.html', limit: 500 },
    }) as Error
    expect(() => read(`${'<div>'.repeat(501)}深い`)).toThrow(tooDeep)
    expect(() => read(`${'<div>'.repeat(100_000)}深い`)).toThrow(tooDeep)
    expect(() => read(`${'<div hidden>'.repeat(100_000)}深い`)).toThrow(tooDeep)
  })

  it('reads large pages, pictures in them costing nothing', () => {
    const picture = `<img src="data:image/png;base64,${'A'.repeat(20_000_000)}">`
    expect(textOf(`<p>前${picture}後</p>`)).toBe('前後')
    expect(textOf('<p>行\n'.repeat(200_000)).length).toBe(399_999)
    expect(textOf(`<p>${'語\n'.repeat(500_000)}</p>`).length).toBe(500_000)
    expect(textOf(`${'</div>'.repeat(300_000)}${'&amp;'.repeat(300_000)}`).length).toBe(300_000)
  })
})
