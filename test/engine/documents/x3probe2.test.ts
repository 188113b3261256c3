import { it } from 'vitest'
import { readPdf } from '../../../src/engine/documents/pdf/read-pdf.ts'
import { readDocx } from '../../../src/engine/documents/docx/read-docx.ts'
import { readXlsx } from '../../../src/engine/documents/xlsx/read-xlsx.ts'
import { readPptx } from '../../../src/engine/documents/pptx/read-pptx.ts'
import { readRtf } from '../../../src/engine/documents/rtf/read-rtf.ts'
import { readerInput } from './zip/reader-input.ts'
import { rawPdf, stream } from './pdf/raw-pdf.ts'
import { docxBytes, namespaces, relationships } from './docx/docx-bytes.ts'
import { workbookBytes } from './xlsx/workbook-parts.ts'
import { zipBytes } from './zip/zip-bytes.ts'
import { appendFileSync, writeFileSync } from 'node:fs'
const out = (...a: unknown[]) => appendFileSync('/tmp/x3/out2.txt', a.map((x) => typeof x === 'string' ? x : JSON.stringify(x)).join(' ') + '\n')
writeFileSync('/tmp/x3/out2.txt', '')
async function probe(name: string, reader: (i: any) => any, bytes: Uint8Array) {
  try { const r = await reader(readerInput(bytes)); out(name, JSON.stringify(r.text), r.steps ?? '', r.health ?? '') }
  catch (e) { out(name, 'ERR', (e as {code: string}).code ?? String(e), (e as {params: unknown}).params ?? '') }
}
const cid = (extra: string, ordering = 'Identity') => ['<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+X /Encoding /Identity-H /DescendantFonts [21 0 R] ' + extra + '>>',
 `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+X /DW 1000 /FontDescriptor 7 0 R /CIDToGIDMap /Identity /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 0 >> >>`]
const res = '/Resources << /Font << /F1 20 0 R /F2 3 0 R >> >>'
it('pdf', async () => {
  await probe('identity no tounicode', readPdf, rawPdf([{ content: 'BT /F1 12 Tf 72 700 Td <00240025002600270ABC0DEF> Tj ET', resources: res }], cid('')))
  await probe('identity Japan1 no tounicode', readPdf, rawPdf([{ content: 'BT /F1 12 Tf 72 700 Td <0354035503560ABC> Tj ET', resources: res }], cid('', 'Japan1')))
  const cm = (s: string) => stream('', `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <ffff> endcodespacerange ${s} endcmap end end`)
  await probe('tounicode range', readPdf, rawPdf([{ content: 'BT /F1 12 Tf 72 700 Td <0024002500260027> Tj ET', resources: res }], [...cid('/ToUnicode 22 0 R'), cm('1 beginbfrange <0024> <0025> <65E5> endbfrange 1 beginbfrange <0026> <0027> [<672C> <D867DE3D>] endbfrange')]))
  await probe('tounicode partial', readPdf, rawPdf([{ content: 'BT /F1 12 Tf 72 700 Td <0024002500260027> Tj ET', resources: res }], [...cid('/ToUnicode 22 0 R'), cm('1 beginbfchar <0024> <65E5> endbfchar')]))
  await probe('tounicode zero', readPdf, rawPdf([{ content: 'BT /F1 12 Tf 72 700 Td <0024002500260027> Tj ET', resources: res }], [...cid('/ToUnicode 22 0 R'), cm('2 beginbfchar <0024> <65E5> <0025> <0000> endbfchar 1 beginbfchar <0026> <fffd> endbfchar')]))
  await probe('actualtext', readPdf, rawPdf([{ content: 'BT /F2 12 Tf 72 700 Td (a) Tj /Span <</ActualText <FEFF65E5672C>>> BDC (xx) Tj EMC (b) Tj ET', resources: res }], cid('')))
  await probe('userunit rotate crop', readPdf, rawPdf([{ content: 'BT /F2 12 Tf 72 700 Td (inside text) Tj ET BT /F2 12 Tf 500 40 Td (outside) Tj ET', entries: '/Rotate 90 /UserUnit 2 /CropBox [50 600 400 800]', resources: res }], cid('')))
  await probe('type3', readPdf, rawPdf([{ content: 'BT /F1 12 Tf 72 700 Td (ab) Tj ET', resources: res }], ['<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /sq 21 0 R /tr 21 0 R >> /Encoding << /Type /Encoding /Differences [97 /sq /tr] >> /FirstChar 97 /LastChar 98 /Widths [1000 1000] /Resources << >> >>', stream('', '1000 0 0 0 750 750 d1 0 0 750 750 re f')]))
  await probe('simple g-names', readPdf, rawPdf([{ content: 'BT /F1 12 Tf 72 700 Td (abc) Tj ET', resources: res }], ['<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Y /FontDescriptor 7 0 R /Encoding << /Type /Encoding /Differences [97 /g12 /g13 /uni65E5] >> /FirstChar 97 /LastChar 99 /Widths [500 500 500] >>']))
})
const W = (t: string) => `<w:r><w:t>${t}</w:t></w:r>`
it('docx', async () => {
  const t = (name: string, body: string, parts = {}, linked = {}) => probe(name, readDocx, docxBytes(body, parts, linked))
  await t('sdt rows', `<w:tbl><w:sdt><w:sdtPr/><w:sdtContent><w:tr><w:tc><w:p>${W('a')}</w:p></w:tc><w:sdt><w:sdtContent><w:tc><w:p>${W('b')}</w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>`)
  await t('customxml smarttag', `<w:customXml w:element="x"><w:customXmlPr><w:attr w:name="q" w:val="r"/></w:customXmlPr><w:p><w:smartTag w:element="d"><w:smartTagPr/>${W('a')}</w:smartTag><w:fldSimple w:instr="PAGE">${W('3')}</w:fldSimple></w:p></w:customXml>`)
  await t('ruby in field', `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>か</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
  await t('tab toc', `<w:p><w:r><w:t>第1章</w:t><w:tab/><w:t>3</w:t></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>x</w:t><w:softHyphen/><w:t>y</w:t></w:r></w:p>`)
  await t('checkbox sdt', `<w:p><w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:sym w:font="MS Gothic" w:char="2612"/></w:r></w:sdtContent></w:sdt>${W('同意')}</w:p>`)
  await t('formtext', `<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="T"/><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>${W('x')}</w:p>`)
  await t('missing rel target', `<w:p>${W('x')}</w:p>`, {}, {})
  await t('ins del', `<w:p><w:ins w:id="1">${W('new')}</w:ins><w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del><w:moveTo w:id="3">${W('mv')}</w:moveTo></w:p>`)
  await t('nested ac', `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:p>${W('box')}</w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p>${W('box')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>${W('t')}</w:p>`)
  await t('field over paras', `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${W('a')}</w:p><w:p>${W('b')}</w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
  await t('field begin unclosed after text', `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>${W('a')}</w:p>`)
  // rels pointing to missing styles and absolute targets, xml BOM
  const bom = '\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  await probe('docx bom, missing styles, abs', readDocx, zipBytes([
    { name: '_rels/.rels', content: bom + relationships({ r: 'officeDocument /word/document.xml' }) },
    { name: 'word/_rels/document.xml.rels', content: relationships({ a: 'styles styles.xml', b: 'settings settings.xml', c: 'numbering /word/numbering.xml', d: 'comments comments.xml', e: 'footnotes footnotes.xml' }) },
    { name: 'word/document.xml', content: `${bom}<w:document ${namespaces()} mc:Ignorable="w14 qq"><w:body><w:p>${W('x')}</w:p></w:body></w:document>\n` } ]))
  await probe('docx header missing', readDocx, zipBytes([
    { name: '_rels/.rels', content: relationships({ r: 'officeDocument /word/document.xml' }) },
    { name: 'word/_rels/document.xml.rels', content: relationships({ a: 'header header1.xml', b: 'footer NULL' }) },
    { name: 'word/document.xml', content: `<w:document ${namespaces()}><w:body><w:p>${W('x')}</w:p></w:body></w:document>\0` } ]))
  await probe('docx leading slash names', readDocx, zipBytes([
    { name: '/_rels/.rels', content: relationships({ r: 'officeDocument word/document.xml' }) },
    { name: '/word/document.xml', content: `<w:document ${namespaces()}><w:body><w:p>${W('x')}</w:p></w:body></w:document>` } ]))
})
it('xlsx', async () => {
  const t = (name: string, xml: string, more = {}, related = [] as any) => probe(name, readXlsx, workbookBytes([{ name: 'S', xml, related }], more))
  await t('inline rich', `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr/><t xml:space="preserve"> b</t></r><rPh sb="0" eb="1"><t>k</t></rPh></is></c><c r="B1" t="str"><f t="shared" si="0" ref="B1:B2">A1</f><v>v_x000D_w</v></c><c r="C1" t="inlineStr"><is><t/></is></c><c t="b"><v>1</v></c></row><row><c><v>5</v></c></row></sheetData>`)
  await t('inline without type', `<sheetData><row r="1"><c r="A1"><is><t>a</t></is></c><c r="B1" t="s"><v> 0 </v></c><c r="C1" t="s"/></row></sheetData>`, { sharedStrings: '<si><t>zero</t></si>' })
  await t('bad shared', `<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData>`)
  await t('date cell', `<sheetData><row r="1"><c r="A1" t="d"><v>2025-04-01T00:00:00Z</v></c><c r="B1" t="d" s="1"><v>2025-04-01</v></c></row></sheetData>`, { styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>' })
  await t('error', `<sheetData><row r="1"><c r="A1" t="e"><v>#N/A</v></c></row></sheetData>`)
  await t('sheetdrawing missing', `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`)
})
it('pptx', async () => {
  const sp = (t: string) => `<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>${t}</a:t></a:r></a:p></p:txBody></p:sp>`
  const tbl = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc gridSpan="2"><a:txBody><a:p><a:r><a:t>A</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge="1"><a:txBody><a:p/></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>C</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
  const slide = (c: string) => zipBytes([
    { name: '_rels/.rels', content: relationships({ r: 'officeDocument ppt/presentation.xml' }) },
    { name: 'ppt/presentation.xml', content: `<p:presentation ${namespaces()}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>` },
    { name: 'ppt/_rels/presentation.xml.rels', content: relationships({ r1: 'slide slides/slide1.xml' }) },
    { name: 'ppt/slides/_rels/slide1.xml.rels', content: relationships({ r1: 'notesSlide ../notesSlides/n.xml' }) },
    { name: 'ppt/slides/slide1.xml', content: `<p:sld ${namespaces()}><p:cSld><p:spTree>${c}</p:spTree></p:cSld></p:sld>` } ])
  await probe('pptx group table, missing notes', readPptx, slide(`<p:grpSp><p:nvGrpSpPr><p:cNvPr id="1" name="g"/></p:nvGrpSpPr>${sp('in group')}${tbl}</p:grpSp>`))
})
it('rtf', async () => {
  const r = (name: string, s: string) => probe(name, readRtf, Buffer.from(s, 'latin1'))
  await r('fromhtml', '{\\rtf1\\ansi\\ansicpg932\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fmodern\\fcharset128 MS PGothic;}}{\\*\\htmltag64 <html>}{\\*\\htmltag96 <p>}\\htmlrtf {\\htmlrtf0 \\f1 \\\'93\\\'fa\\\'96\\\'7b{\\*\\htmltag84 &nbsp;}\\htmlrtf \\\'a0\\htmlrtf0 x{\\*\\htmltag104 </p>}\\htmlrtf }\\par\\htmlrtf0 {\\*\\htmltag116 <br>}\\htmlrtf \\line\\htmlrtf0 y}\0')
  await r('textedit', '{\\rtf1\\ansi\\ansicpg932\\cocoartf2639\n{\\fonttbl\\f0\\fnil\\fcharset128 HiraginoSans-W3;\\f1\\fswiss\\fcharset0 Helvetica;}\n\\pard\\f0\\fs24 \\cf0 \\\'93\\\'fa\\\'96\\\'7b\\\n\\f1 abc \\uc0\\u9312 \\\n}')
  await r('no brace', '{\\rtf1\\ansi abc\\par')
  await r('nul', '{\\rtf1\\ansi abc\\par}\r\n\0\0')
})
