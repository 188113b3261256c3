import { describe, expect, it } from 'vitest'

import { readOdp } from '../../../../src/engine/documents/odf/read-odp.ts'
import { readOds } from '../../../../src/engine/documents/odf/read-ods.ts'
import { readOdt } from '../../../../src/engine/documents/odf/read-odt.ts'
import { salesText } from '../xlsx/sales-text.ts'
import { fixture, readerInput, refusal } from '../zip/reader-input.ts'
import { zipBytes } from '../zip/zip-bytes.ts'

const NAMESPACES = ['office', 'style', 'text', 'table', 'presentation']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')

const part = (root: string, content: string): string =>
  `<office:${root} ${NAMESPACES} xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">${content}</office:${root}>`

/** A package written by hand. */
function packageBytes(
  body: string,
  automaticStyles = '',
  more: readonly { readonly name: string; readonly content: string }[] = [],
): Uint8Array {
  const content = part(
    'document-content',
    `<office:automatic-styles>${automaticStyles}</office:automatic-styles><office:body>${body}</office:body>`,
  )
  return zipBytes([{ name: 'content.xml', content }, ...more])
}

const odt = (text: string, automaticStyles?: string): string | null =>
  readOdt(readerInput(packageBytes(`<office:text>${text}</office:text>`, automaticStyles))).text

const ods = (table: string): string | null =>
  readOds(readerInput(packageBytes(`<office:spreadsheet>${table}</office:spreadsheet>`))).text

const CONTRACT = [
  '第1章 業務委託契約書',
  '甲と乙は、次のとおり契約する1。',
  '1.1 目的',
  '1. 業務の範囲',
  '(a) 設計',
  '(b) 製造',
  '5. 報酬',
  '途中の段落。',
  '6. 納期',
  '一、 第一の条件',
  '（ア） 細目その一',
  '（イ） 細目その二',
  '二、 第二の条件',
  '・ 箇条書き',
  '1.2 金額',
  '品名と数量\t\t金額',
  '鉛筆 （HB）\t12\t1,440円',
  '空白   三つ\tタブ',
  '改行です。',
  '枠のある段落',
  '枠の中の文',
  '第2章 Appendix',
  'English text with several spaces in the source.',
  '1 契約日は令和7年6月1日とする。',
  '金額を確認してください。',
].join('\n')

describe('readOdt', () => {
  it('reads a contract of LibreOffice whole, with the numbers of its lists and headings', () => {
    const { text, steps, health } = readOdt(readerInput(fixture('odf/contract.odt')))
    expect(text).toBe(CONTRACT)
    expect(steps).toEqual(['deleted-text', 'ruby-readings', 'hidden-text', 'page-furniture'])
    expect(health).toEqual({ macros: false })
  })

  it('counts each list anew unless it goes on', () => {
    const style =
      '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="i" style:num-suffix=")" text:start-value="3"/></text:list-style>'
    const list = (attributes: string, text: string): string =>
      `<text:list text:style-name="L" ${attributes}><text:list-header><text:p>見出し</text:p></text:list-header><text:list-item><text:p>${text}</text:p><text:p>続き</text:p></text:list-item></text:list>`
    const text = list('xml:id="a"', 'あ') + list('', 'い') + list('text:continue-list="a"', 'う')
    expect(odt(text, style)).toBe('見出し\niii) あ\n続き\n見出し\niii) い\n続き\n見出し\niv) う\n続き')
  })

  it.each([
    // As LibreOffice shows them.
    ['A', '', 28, 'AB'],
    ['A', 'true', 28, 'BB'],
    ['A', '', 703, 'AAA'],
    ['a', '', 53, 'ba'],
    ['1st', '', 23, '23rd'],
    ['001, 002, 003, ...', '', 7, '007'],
    ['01, 02, 03, ...', '', 7, '07'],
    ['*, †, ‡, §, **, ††, ...', '', 6, '††'],
    ['一, 二, 三, ...', '', 23, '二十三'],
    ['壹, 貳, 參, ...', '', 23, '貳拾參'],
    ['壹, 贰, 叁, ...', '', 23, '贰拾叁'],
    ['하나, 둘, 셋, ...', '', 23, '스물셋'],
    ['一, 二, 三, ... (ko)', '', 10, '一零'],
    ['일, 이, 삼, ... (ko-x-digital)', '', 10, '일영'],
    // As other programs shorten them (ODF 1.3 part 3 §19.506).
    ['一', '', 2, '二'],
    ['イ', '', 2, 'ロ'],
    ['ア', '', 2, 'イ'],
    ['①', '', 2, '②'],
    ['what nobody knows', '', 2, '2'],
  ])('numbers items with the format %s %s', (format, sync, start, shown) => {
    const level = `<text:list-level-style-number text:level="1" style:num-format="${format}" style:num-letter-sync="${sync}"/>`
    const list = `<text:list text:style-name="L"><text:list-item text:start-value="${start}"><text:p>x</text:p></text:list-item></text:list>`
    expect(odt(list, `<text:list-style style:name="L">${level}</text:list-style>`)).toBe(`${shown} x`)
  })

  it('keeps a table within a cell on the line of that cell', () => {
    const cell = (content: string): string => `<table:table-cell>${content}</table:table-cell>`
    const table = (cells: string): string =>
      `<table:table><table:table-row>${cells}</table:table-row></table:table>`
    const inner = table(cell('<text:p>内1</text:p>') + cell('<text:p>内2</text:p>'))
    expect(odt(table(cell(`<text:p>外</text:p>${inner}`) + cell('<text:p>右</text:p>')))).toBe(
      '外 内1 内2\t右',
    )
  })

  it('reads headers and footers where there is nothing else', () => {
    const styles = part(
      'document-styles',
      '<office:master-styles><style:master-page><style:header><text:p>社外秘</text:p></style:header></style:master-page></office:master-styles>',
    )
    const more = [{ name: 'styles.xml', content: styles }]
    const bytes = packageBytes('<office:text><text:p/></office:text>', '', more)
    expect(readOdt(readerInput(bytes))).toEqual({ text: '社外秘', steps: [], health: { macros: false } })
  })

  it.each([
    ['Basic/Standard/Module1.xml', true],
    ['Scripts/python/a.py', true],
    ['Basic/Standard/script-lb.xml', false],
  ])('tells of %s whether it is a macro: %s', (name, macros) => {
    const bytes = packageBytes('<office:text><text:p>a</text:p></office:text>', '', [{ name, content: 'x' }])
    expect(readOdt(readerInput(bytes)).health).toEqual({ macros })
  })

  it('refuses what is encrypted, truncated, too long or something else', () => {
    const manifest =
      '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    const encrypted = zipBytes([{ name: 'META-INF/manifest.xml', content: manifest }])
    expect(refusal(() => readOdt(readerInput(encrypted)))).toEqual({
      code: 'documents/encrypted',
      params: { name: 'file', type: 'ODF' },
    })
    expect(refusal(() => readOdt(readerInput(fixture('odf/contract.odt').subarray(0, 9000))))).toMatchObject({
      code: 'documents/damaged',
    })
    expect(refusal(() => readOdt(readerInput(fixture('odf/sales.ods'))))).toEqual({
      code: 'documents/damaged',
      params: { name: 'file', type: 'ODT', part: 'content.xml: office:text' },
    })
    const spaces = '<text:p><text:s text:c="1000"/></text:p>'.repeat(20)
    const long = packageBytes(`<office:text>${spaces}</office:text>`)
    expect(refusal(() => readOdt(readerInput(long, { characters: 5000 })))).toMatchObject({
      code: 'documents/too-long',
    })
  })
})

describe('readOds', () => {
  it('reads a workbook of LibreOffice whole, as the same one in XLSX', () => {
    const { text, hasPages, steps, health } = readOds(readerInput(fixture('odf/sales.ods')))
    expect(text).toBe(salesText('123456789012'))
    expect({ hasPages, steps, health }).toEqual({
      hasPages: true,
      steps: ['hidden-text'],
      health: { macros: false, formulasWithoutResult: 0 },
    })
  })

  it('takes repeated cells and rows as often as they show something', () => {
    const cell = (text: string, attributes = ''): string =>
      `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`
    const row = (cells: string, attributes = ''): string =>
      `<table:table-row ${attributes}>${cells}</table:table-row>`
    const rows =
      row(cell('a', 'table:number-columns-repeated="2"') + cell('b'), 'table:number-rows-repeated="2"') +
      row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        'table:number-rows-repeated="1000000"',
      ) +
      row(cell('隠す'), 'table:visibility="filter" table:number-rows-repeated="500"') +
      row(cell('c'))
    expect(ods(`<table:table table:name="表">${rows}</table:table>`)).toBe('表\na\ta\tb\na\ta\tb\n\nc')
  })

  it('shows values that have no text, and puts shapes behind the cells', () => {
    const shape = '<draw:rect><text:p>図形</text:p></draw:rect>'
    const cells =
      '<table:table-cell office:value-type="float" office:value="0.5"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/>' +
      `<table:table-cell office:value-type="string" office:string-value="文">${shape}</table:table-cell>`
    const table = `<table:table table:name="S"><table:table-row>${cells}</table:table-row></table:table>`
    expect(ods(table)).toBe('S\n0.5\tTRUE\t文\n図形')
  })

  it('counts the formulas that no result is stored for, but not empty texts and what is hidden', () => {
    const formula = (attributes: string, content = ''): string =>
      `<table:table-cell table:formula="of:=[.A1]" ${attributes}>${content}</table:table-cell>`
    const row = (cells: string, attributes = ''): string =>
      `<table:table-row ${attributes}>${cells}</table:table-row>`
    const columns =
      '<table:table-column table:number-columns-repeated="2"/>' +
      '<table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="2"/>'
    const rows =
      row(formula('office:value-type="float" office:value="7"', '<text:p>7</text:p>') + formula('')) +
      row(formula('office:value-type="string"', '<text:p/>') + formula('office:value-type="percentage"')) +
      row(formula('office:value-type="percentage" office:value="0.125"')) +
      row(formula('table:number-columns-repeated="4"'), 'table:number-rows-repeated="1000"') +
      row(formula(''), 'table:visibility="collapse"') +
      row(formula('office:value-type="string" office:string-value=""'))
    const bytes = packageBytes(
      `<office:spreadsheet><table:table table:name="S">${columns}${rows}</table:table></office:spreadsheet>`,
    )
    const { text, health } = readOds(readerInput(bytes))
    expect({ text, health }).toEqual({
      text: 'S\n7\n\n12.50%',
      health: { macros: false, formulasWithoutResult: 2 + 3 * 1000 },
    })
  })

  it('stops at the limit of characters where a long text is repeated', () => {
    const cells = `<table:table-cell table:number-columns-repeated="16384"><text:p>${'あ'.repeat(1000)}</text:p></table:table-cell>`
    const table = `<table:table table:name="S"><table:table-row>${cells}</table:table-row></table:table>`
    const bytes = packageBytes(`<office:spreadsheet>${table}</office:spreadsheet>`)
    expect(refusal(() => readOds(readerInput(bytes)))).toMatchObject({ code: 'documents/too-long' })
  })
})

describe('readOdp', () => {
  it('reads slides of LibreOffice whole: notes behind their slide, no hidden slides, no prompts', () => {
    expect(readOdp(readerInput(fixture('odf/slides.odp')))).toEqual({
      text: '新製品のご紹介\n1. 軽い\n2. 速い\n図形の文字\nここで実物を見せます。\fPlan\tPrice\nBasic\t$10',
      hasPages: true,
      steps: ['hidden-text'],
      health: { macros: false },
    })
  })
})
