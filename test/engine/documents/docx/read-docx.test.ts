import { describe, expect, it } from 'vitest'

import { readDocx } from '../../../../src/engine/documents/docx/read-docx.ts'
import type { ReadLimits } from '../../../../src/engine/documents/document.ts'
import type { Extracted } from '../../../../src/engine/documents/format-reader.ts'
import { fixture, readerInput, refusal } from '../zip/reader-input.ts'
import { zipBytes } from '../zip/zip-bytes.ts'
import { docxBytes, namespaces, paragraph, type Parts, run, STRICT } from './docx-bytes.ts'

function read(bytes: Uint8Array, limits: Partial<ReadLimits> = {}): Extracted {
  const extracted = readDocx(readerInput(bytes, limits))
  if (extracted instanceof Promise) throw new Error('readDocx is synchronous')
  return extracted
}

/** The lines that a reader sees of a body. */
function lines(body: string, parts: Parts = {}, linked: Parts = {}): readonly string[] {
  return (read(docxBytes(body, parts, linked)).text ?? '').split('\n')
}

describe('documents by LibreOffice', () => {
  it('reads a Japanese document whole', () => {
    expect(read(fixture('docx/kitei.docx'))).toEqual({
      text: [
        '業務委託に関する規程',
        '稟議書の決裁は、部門長が行うものとする。',
        '変更履歴の前と後。',
        '見える文だけを読む。',
        '改行',
        'の後、タブ\tの後、   空白三つ。ハイフン‑固定。',
        '第1条 目的',
        '1.1 この規程は基準を定める。',
        '1.2 範囲は別表による。',
        '（ア） 本社',
        '（イ） 支社',
        '第2条 定義',
        '番号の形式',
        '① 丸の一',
        '② 丸の二',
        // LibreOffice writes this list with decimal numbers.
        '一、 漢数字の一',
        '二、 漢数字の二',
        'ｲ いろはの一',
        'ﾛ いろはの二',
        'I ローマ一',
        'II ローマ二',
        '•箇条書き',
        '本文の脚注1と文末脚注iがある。',
        '区分\t金額（千円）',
        '\t当期\t前期',
        '売上高 （連結）\t1,234',
        '利益\t\t△56',
        '図の前の段落。',
        'テキスト枠の文',
        '意見を求める。',
        '参照はこちらの資料にある。',
        '',
        '以上<終>&🈁𠮷野家',
        '1脚注の文。',
        'i文末脚注の文。',
        '確認をお願いします。',
      ].join('\n'),
      steps: ['ruby-readings', 'deleted-text', 'hidden-text', 'page-furniture'],
      health: { macros: false },
    })
  })

  it('reads an English document whole', () => {
    expect(read(fixture('docx/procedure.docx'))).toEqual({
      text: [
        'Operating Procedure',
        'This procedure describes how requests are approved.',
        '1. Purpose',
        '1.1 Scope of the rules',
        '1.2 Definitions',
        '(a) the company',
        '(b) the supplier',
        '2. Approval',
        'I. Roman one',
        'II. Roman two',
        'A. Letter A',
        '•A bullet',
        'A note1 and another2.',
        'Item\tPrice',
        'Paper & pens\t12.50',
        'It’s “quoted” – naïve café, £100.',
        '1The first note.',
        '2The second note.',
      ].join('\n'),
      steps: ['page-furniture'],
      health: { macros: false },
    })
  })
})

describe('runs', () => {
  it('show tabs, breaks, hyphens and signs of symbol fonts', () => {
    const inner =
      '<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br w:type="page"/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/>' +
      '<w:t>e</w:t><w:softHyphen/><w:t>f</w:t><w:sym w:font="Wingdings" w:char="F0FC"/>' +
      '<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F02B"/>'
    expect(lines(paragraph(`<w:r>${inner}</w:r>`, '<w:tabs><w:tab w:val="left"/></w:tabs>'))).toEqual([
      'a\tb',
      'c',
      'd\u2011ef✓α',
    ])
    const symbols = run('\uf0b3\uf061 \uf0e6', '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
    expect(lines(paragraph(symbols))).toEqual(['≥α \uf0e6'])
  })

  it('keep spaces at their ends only where they are preserved', () => {
    expect(
      lines(paragraph('<w:r><w:t> \n a\nb </w:t></w:r><w:r><w:t xml:space="preserve"> c </w:t></w:r>')),
    ).toEqual(['a b c '])
  })

  it('hide text by themselves or by their styles', () => {
    const style = (id: string, type: string, inner: string): string =>
      `<w:style w:type="${type}" w:styleId="${id}">${inner}</w:style>`
    const styles =
      style('h', 'character', '<w:rPr><w:vanish/></w:rPr>') +
      style('i', 'character', '<w:basedOn w:val="h"/>') +
      style('loop', 'character', '<w:basedOn w:val="loop"/>')
    const body = paragraph(
      run('a') +
        run('b', '<w:vanish/>') +
        run('c', '<w:rStyle w:val="i"/>') +
        run('d', '<w:rStyle w:val="i"/><w:vanish w:val="0"/>') +
        run('e', '<w:rStyle w:val="loop"/>'),
    )
    const extracted = read(docxBytes(body, { styles }))
    expect(extracted).toMatchObject({ text: 'ade', steps: ['hidden-text'] })
  })

  it('show the base of ruby, also of old fields, and enclosed characters', () => {
    const ruby = `<w:r><w:ruby><w:rubyPr/><w:rt>${run('りんぎ')}</w:rt><w:rubyBase>${run('稟議')}</w:rubyBase></w:ruby></w:r>`
    const eq = (instruction: string): string =>
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' +
      `<w:r><w:instrText>${instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
    const body = paragraph(
      ruby +
        eq('EQ \\* jc2 \\* "Font:ＭＳ 明朝" \\* hps10 \\o\\ad(\\s\\up 9(しょ),書)') +
        eq('eq \\o\\ac(○,12)') +
        eq('eq \\o\\ac(○,印)') +
        eq('SYMBOL 252 \\f "Wingdings"') +
        eq('PAGE'),
    )
    expect(read(docxBytes(body))).toMatchObject({ text: '稟議書⑫印✓', steps: ['ruby-readings'] })
  })

  it('show equations with the signs that are no text', () => {
    const e = (inner: string): string => `<m:e><m:r><m:t>${inner}</m:t></m:r></m:e>`
    const math =
      '<m:oMath><m:r><m:t>f</m:t></m:r><m:d>' +
      e('x') +
      e('y') +
      '</m:d><m:r><m:t> = </m:t></m:r>' +
      '<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>' +
      '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>' +
      e('n') +
      '</m:nary>' +
      '<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>' +
      e('z') +
      '</m:d><m:rad>' +
      e('3') +
      '</m:rad></m:oMath>'
    expect(lines(paragraph(math))).toEqual(['f(x|y) = 1/2∑n[z]√3'])
  })
})

describe('fields', () => {
  const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`

  it('show their results and never their instructions', () => {
    const inner = mark('begin') + run('inner') + mark('separate') + run('result') + mark('end')
    const body =
      paragraph(
        run('a') +
          mark('begin') +
          `<w:r><w:instrText>IF ${'x'}</w:instrText></w:r>` +
          inner +
          mark('separate'),
      ) + paragraph(run('b') + mark('end') + '<w:fldSimple w:instr="DATE">' + run('c') + '</w:fldSimple>')
    expect(lines(body)).toEqual(['a', 'bc'])
  })

  it('that never come to an end are damage where they swallow text', () => {
    const body = paragraph(mark('begin') + run('lost'))
    expect(refusal(() => read(docxBytes(body)))).toEqual({
      code: 'documents/damaged',
      params: { name: 'file', type: 'DOCX', part: 'word/document.xml: w:fldChar' },
    })
    expect(lines(paragraph(run('a') + mark('begin')))).toEqual(['a'])
  })

  it.each([
    ['FORMCHECKBOX', '<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked/></w:checkBox>', '☒ 同意'],
    ['FORMCHECKBOX', '<w:checkBox><w:sizeAuto/><w:default w:val="1"/></w:checkBox>', '☒ 同意'],
    ['FORMCHECKBOX', '<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', '☐ 同意'],
    [
      'FORMDROPDOWN',
      '<w:ddList><w:result w:val="1"/><w:listEntry w:val="本社"/><w:listEntry w:val="支社"/></w:ddList>',
      '支社 同意',
    ],
    [
      'FORMDROPDOWN',
      '<w:ddList><w:listEntry w:val="本社"/><w:listEntry w:val="支社"/></w:ddList>',
      '本社 同意',
    ],
    ['FORMTEXT', '<w:textInput><w:default w:val="氏名"/></w:textInput>', ' 同意'],
  ])('show what was chosen in a form: %s %s', (instruction, properties, shown) => {
    const form = `<w:ffData><w:name w:val="f"/><w:enabled/>${properties}</w:ffData>`
    const begin = `<w:r><w:fldChar w:fldCharType="begin">${form}</w:fldChar></w:r>`
    const field = `${begin}<w:r><w:instrText> ${instruction} </w:instrText></w:r>${mark('end')}`
    expect(lines(paragraph(field + run(' 同意')))).toEqual([shown])
  })
})

describe('changes', () => {
  it('show what is inserted or moved here, not what is deleted or moved away', () => {
    const body = paragraph(
      `<w:ins>${run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>` +
        `<w:moveFrom>${run('元')}</w:moveFrom><w:moveTo>${run('先')}</w:moveTo>`,
      '<w:pStyle w:val="a"/><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>',
    )
    expect(read(docxBytes(body))).toMatchObject({ text: '新先', steps: ['deleted-text'] })
  })

  it('join paragraphs whose end is deleted, and drop deleted rows', () => {
    const row = (text: string, properties: string): string =>
      `<w:tr><w:trPr>${properties}</w:trPr><w:tc>${paragraph(run(text))}</w:tc><w:tc>${paragraph(run('x'))}</w:tc></w:tr>`
    const body =
      paragraph(run('前'), '<w:rPr><w:del/></w:rPr>') +
      paragraph(run('後')) +
      `<w:tbl>${row('残', '')}${row('消', '<w:del/>')}</w:tbl>` +
      paragraph(run('末'), '<w:rPr><w:del/></w:rPr>')
    expect(lines(body)).toEqual(['前後', '残\tx', '末'])
  })
})

describe('tables', () => {
  const cell = (inner: string, properties = ''): string =>
    `<w:tc><w:tcPr>${properties}</w:tcPr>${inner}</w:tc>`
  const text = (words: string): string => paragraph(run(words))

  it('are a line a row, with empty cells where cells are merged', () => {
    const body =
      `<w:tbl><w:tblPr/><w:tr>${cell(text('a') + text('b'))}${cell(text('c'), '<w:gridSpan w:val="2"/>')}${cell(text('d'))}</w:tr>` +
      `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell(text('gone'), '<w:vMerge/>')}${cell(text('e'), '<w:vMerge w:val="restart"/>')}</w:tr>` +
      `<w:tr>${cell(text(''))}${cell(text(''))}</w:tr></w:tbl>`
    expect(lines(body)).toEqual(['a b\tc\t\td', '\t\te'])
  })

  it('of one cell are paragraphs, and tables within cells belong to their cells', () => {
    const inner = `<w:tbl><w:tr>${cell(text('x'))}${cell(text('y'))}</w:tr></w:tbl>`
    const frame = `<w:tbl><w:tr>${cell(text('first') + inner + text('last'))}</w:tr></w:tbl>`
    const nested = `<w:tbl><w:tr>${cell(text('k') + inner)}${cell(text('v'))}</w:tr></w:tbl>`
    expect(lines(frame + nested)).toEqual(['first', 'x\ty', 'last', 'k x y\tv'])
  })
})

describe('boxes, diagrams and charts', () => {
  const box = `<w:txbxContent>${paragraph(run('箱の一'))}${paragraph(run('箱の二'))}</w:txbxContent>`

  it('come after their paragraph, once', () => {
    const both =
      `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice>` +
      `<mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`
    expect(lines(paragraph(run('前') + `<w:r>${both}</w:r>` + run('後')))).toEqual([
      '前後',
      '箱の一',
      '箱の二',
    ])
    const vml = `<w:r><w:pict><v:shape><v:textpath string="社外秘"/></v:shape><v:textbox>${box}</v:textbox></w:pict></w:r>`
    expect(lines(paragraph(vml))).toEqual(['', '社外秘', '箱の一', '箱の二'])
  })

  it('are hidden with the run that holds them', () => {
    const hidden = `<w:r><w:rPr><w:vanish/></w:rPr><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></w:r>`
    expect(read(docxBytes(paragraph(run('a') + hidden)))).toMatchObject({ text: 'a', steps: ['hidden-text'] })
  })

  it('give the words of diagrams as a tree and of charts as titles and names', () => {
    const point = (id: string, words: string): string =>
      `<dgm:pt modelId="${id}"><dgm:t><a:p><a:r><a:t>${words}</a:t></a:r></a:p></dgm:t></dgm:pt>`
    const diagram =
      `<dgm:dataModel ${namespaces()}><dgm:ptLst><dgm:pt modelId="0" type="doc"/>${point('3', '三')}${point('2', '一の二')}${point('1', '一')}</dgm:ptLst>` +
      '<dgm:cxnLst><dgm:cxn srcId="0" destId="3" srcOrd="1"/><dgm:cxn srcId="0" destId="1" srcOrd="0"/><dgm:cxn srcId="1" destId="2" srcOrd="0"/>' +
      '<dgm:cxn type="presOf" srcId="3" destId="9" srcOrd="0"/></dgm:cxnLst></dgm:dataModel>'
    const cache = (words: readonly string[]): string =>
      `<c:strRef><c:f>A1</c:f><c:strCache>${words.map((word) => `<c:pt><c:v>${word}</c:v></c:pt>`).join('')}</c:strCache></c:strRef>`
    const chart =
      `<c:chartSpace ${namespaces()}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>売上</a:t></a:r><a:r><a:t>の推移</a:t></a:r></a:p></c:rich></c:tx></c:title>` +
      `<c:ser><c:tx>${cache(['当期'])}</c:tx><c:cat>${cache(['春', '夏'])}</c:cat><c:val><c:numRef><c:numCache><c:pt><c:v>5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>` +
      `<c:ser><c:tx>${cache(['前期'])}</c:tx><c:cat>${cache(['春', '夏'])}</c:cat></c:ser></c:chart></c:chartSpace>`
    const drawn = (inner: string): string => `<w:r><w:drawing>${inner}</w:drawing></w:r>`
    const body = paragraph(run('図') + drawn('<dgm:relIds r:dm="d1"/>') + drawn('<c:chart r:id="c1"/>'))
    expect(lines(body, {}, { 'd1 diagramData data1.xml': diagram, 'c1 chart chart1.xml': chart })).toEqual([
      '図',
      '一',
      '一の二',
      '三',
      '売上の推移',
      '当期\t前期',
      '春\t夏',
    ])
  })
})

describe('notes, comments, headers', () => {
  const note = (kind: string, id: number, words: string): string =>
    `<w:${kind} w:id="${id}">${paragraph(`<w:r><w:${kind}Ref/></w:r>` + run(` ${words}`))}</w:${kind}>`
  const refer = (kind: string, id: number, rest = ''): string =>
    `<w:r><w:${kind}Reference w:id="${id}" ${rest}/></w:r>`

  it('stand at the end with their marks, in the order of the text', () => {
    const body =
      paragraph(
        run('a') + refer('footnote', 5) + refer('footnote', 4, 'w:customMarkFollows="1"') + run('*'),
      ) + paragraph(run('b') + refer('footnote', 3) + refer('endnote', 1))
    const parts = {
      footnotes:
        `<w:footnote w:type="separator" w:id="-1">${paragraph(run('---'))}</w:footnote>` +
        note('footnote', 3, 'third') +
        `<w:footnote w:id="4">${paragraph(run('* starred'))}</w:footnote>` +
        note('footnote', 5, 'fifth') +
        note('footnote', 6, 'never referred to'),
      endnotes: note('endnote', 1, 'end'),
      comments: `<w:comment w:id="0">${paragraph(run('remark'))}</w:comment>`,
    }
    expect(lines(body, parts)).toEqual(['a1*', 'b2i', '1 fifth', '* starred', '2 third', 'i end', 'remark'])
  })

  it('are numbered as settings and sections say', () => {
    const format = (kind: string, inner: string): string => `<w:${kind}Pr>${inner}</w:${kind}Pr>`
    const section = `<w:sectPr>${format('footnote', '<w:numFmt w:val="decimalEnclosedCircle"/>')}</w:sectPr>`
    const body =
      paragraph(run('a') + refer('footnote', 1), section) +
      paragraph(run('b') + refer('footnote', 2) + refer('endnote', 1)) +
      `<w:sectPr>${format('footnote', '<w:numRestart w:val="eachSect"/><w:numStart w:val="7"/>')}</w:sectPr>`
    const parts = {
      footnotes: note('footnote', 1, 'x') + note('footnote', 2, 'y'),
      endnotes: note('endnote', 1, 'z'),
      settings: format('endnote', '<w:numFmt w:val="japaneseCounting"/>'),
    }
    expect(lines(body, parts)).toEqual(['a①', 'b7一', '① x', '7 y', '一 z'])
  })

  it('leave page furniture out unless there is nothing else', () => {
    const parts = { header: paragraph(run('社外秘')), footer: paragraph(run('1')) }
    expect(read(docxBytes(paragraph(run('本文')), parts))).toMatchObject({
      text: '本文',
      steps: ['page-furniture'],
    })
    expect(read(docxBytes(paragraph(''), parts))).toMatchObject({ text: '社外秘\n1', steps: [] })
  })
})

describe('kinds of documents', () => {
  it('may be Strict', () => {
    const styles = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    const body = `<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>${paragraph(run('厳密') + run('隠', '<w:rStyle w:val="h"/>'))}</w:sdtContent></w:sdt>`
    expect(read(docxBytes(body, { styles }, {}, STRICT)).text).toBe('厳密')
  })

  it('may hold macros, which are told of', () => {
    const bytes = docxBytes(paragraph(run('a')), {}, { 'm vbaProject vbaProject.bin': new Uint8Array(8) })
    expect(read(bytes)).toEqual({ text: 'a', steps: [], health: { macros: true } })
  })
})

describe('hostile documents', () => {
  it('that draw in another document are refused rather than read by half', () => {
    expect(refusal(() => read(docxBytes('<w:altChunk r:id="x"/>')))).toEqual({
      code: 'documents/damaged',
      params: { name: 'file', type: 'DOCX', part: 'word/document.xml: w:altChunk' },
    })
  })

  it('without a body or a main part are damaged', () => {
    expect(refusal(() => read(zipBytes([{ name: 'word/document.xml', content: '<a/>' }])))).toEqual({
      code: 'documents/damaged',
      params: { name: 'file', type: 'DOCX', part: '_rels/.rels' },
    })
  })

  it('with too much text are refused', () => {
    expect(refusal(() => read(docxBytes(paragraph(run('12345') + run('678'))), { characters: 7 }))).toEqual({
      code: 'documents/too-long',
      params: { name: 'file', characters: 8, limit: 7 },
    })
  })

  it('with elements nested too deeply or a DTD are refused', () => {
    const deep = paragraph('<w:ins>'.repeat(100_000) + '</w:ins>'.repeat(100_000))
    expect(refusal(() => read(docxBytes(deep))).code).toBe('documents/too-deep')
    const styles = new TextEncoder().encode(
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    )
    expect(refusal(() => read(docxBytes(paragraph(''), { styles })))).toEqual({
      code: 'documents/dtd',
      params: { name: 'file', part: 'word/styles.xml' },
    })
  })

  it('that unpack to too much are refused', () => {
    const bytes = docxBytes(paragraph(run('あ'.repeat(2 ** 20))))
    expect(refusal(() => read(bytes, { unpackedBytes: 2 ** 20 })).code).toBe('documents/unpacked-too-large')
  })

  it('that are cut off are damaged', () => {
    const bytes = fixture('docx/kitei.docx')
    for (let part = 0; part < 64; part++) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 64))
      expect(refusal(() => read(cut)).code).toBe('documents/damaged')
    }
  })
})
