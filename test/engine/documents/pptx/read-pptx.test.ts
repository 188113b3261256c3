import { describe, expect, it } from 'vitest'

import type { ReadLimits } from '../../../../src/engine/documents/document.ts'
import type { Extracted } from '../../../../src/engine/documents/format-reader.ts'
import { readPptx } from '../../../../src/engine/documents/pptx/read-pptx.ts'
import { namespaces, relationships, STRICT, TRANSITIONAL } from '../docx/docx-bytes.ts'
import { fixture, readerInput, refusal } from '../zip/reader-input.ts'
import { zipBytes } from '../zip/zip-bytes.ts'

function read(bytes: Uint8Array, limits: Partial<ReadLimits> = {}): Extracted {
  const extracted = readPptx(readerInput(bytes, limits))
  if (extracted instanceof Promise) throw new Error('readPptx is synchronous')
  return extracted
}

interface Slide {
  readonly shapes: string
  readonly attributes?: string
  /** Other parts by `id type target`. */
  readonly linked?: Readonly<Record<string, string | Uint8Array>>
}

/** A presentation, written by hand; its slides lie in the file in the opposite order. */
function pptxBytes(slides: readonly Slide[], root = TRANSITIONAL): Uint8Array {
  const ids = slides.map((_, index) => `s${index}`)
  const parts = slides.flatMap(({ shapes, attributes = '', linked = {} }, index) => {
    const targets = Object.keys(linked).map((link) => link.split(' '))
    const slide = `<p:sld ${namespaces(root)} ${attributes}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`
    return [
      { name: `ppt/slides/slide${index}.xml`, content: slide },
      {
        name: `ppt/slides/_rels/slide${index}.xml.rels`,
        content: relationships(
          Object.fromEntries(targets.map(([id, type, target]) => [id, `${type} ../${target}`])),
          root,
        ),
      },
      ...Object.entries(linked).map(([link, content]) => ({ name: `ppt/${link.split(' ')[2]}`, content })),
    ]
  })
  const list = ids.map((id, index) => `<p:sldId id="${256 + index}" r:id="${id}"/>`).join('')
  return zipBytes([
    ...parts.toReversed(),
    { name: '_rels/.rels', content: relationships({ a: 'officeDocument ppt/presentation.xml' }, root) },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      content: relationships(
        Object.fromEntries(ids.map((id, index) => [id, `slide slides/slide${index}.xml`])),
        root,
      ),
    },
    {
      name: 'ppt/presentation.xml',
      content: `<p:presentation ${namespaces(root)}><p:sldIdLst>${list}</p:sldIdLst></p:presentation>`,
    },
  ])
}

const paragraphs = (...texts: readonly string[]): string =>
  texts.map((text) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`).join('')
const shape = (body: string, placeholder = '', attributes = ''): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="2" name="" ${attributes}/><p:cNvSpPr/><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:txBody><a:bodyPr/>${body}</p:txBody></p:sp>`

describe('presentations by LibreOffice', () => {
  it('reads a Japanese presentation whole', () => {
    expect(read(fixture('pptx/keikaku.pptx'))).toEqual({
      text: [
        ['中期経営計画', '売上高を伸ばす', '利益率を高める', '発表者メモ：数字は確定値。'],
        ['業績', '区分\t当期', '売上高\t1,234', 'グループの中一', 'グループの中二', '矢印の文', '二行目'],
        ['まとめ', '以上です。'],
      ]
        .map((slide) => slide.join('\n'))
        .join('\f'),
      hasPages: true,
      steps: ['hidden-text'],
      health: { macros: false },
    })
  })

  it('reads an English presentation whole', () => {
    expect(read(fixture('pptx/review.pptx'))).toEqual({
      text: 'Quarterly Review\nRevenue grew\nCosts fell\nSpeak slowly.\fOutlook\nItem\tValue\nSales\t10\nThe end.',
      hasPages: true,
      steps: [],
      health: { macros: false },
    })
  })
})

describe('slides', () => {
  it('give their title first and leave out what is empty or repeats', () => {
    const number = '<a:p><a:r><a:t>頁</a:t></a:r><a:fld type="slidenum"><a:t>1</a:t></a:fld></a:p>'
    const shapes =
      shape(paragraphs('本文')) +
      shape(paragraphs('題名'), '<p:ph type="ctrTitle"/>') +
      shape('<a:p/>', '<p:ph type="body"/>') +
      shape('<a:p><a:r><a:t>一行</a:t></a:r><a:br/><a:r><a:t>二行</a:t></a:r></a:p>') +
      shape(paragraphs('社外秘'), '<p:ph type="ftr"/>') +
      shape(number, '<p:ph type="sldNum"/>') +
      shape(number)
    expect(read(pptxBytes([{ shapes }]))).toMatchObject({
      text: '題名\n本文\n一行\n二行\n頁',
      steps: ['page-furniture'],
    })
  })

  it('leave out hidden slides and shapes, also those in hidden groups', () => {
    const group = `<p:grpSp><p:nvGrpSpPr><p:cNvPr id="1" name="" hidden="1"/></p:nvGrpSpPr>${shape(paragraphs('c'))}</p:grpSp>`
    const slides = [
      { shapes: shape(paragraphs('a')) + shape(paragraphs('b'), '', 'hidden="true"') + group },
      { shapes: shape(paragraphs('d')), attributes: 'show="0"' },
      { shapes: shape(paragraphs('e')) },
    ]
    expect(read(pptxBytes(slides))).toMatchObject({ text: 'a\fe', hasPages: true, steps: ['hidden-text'] })
  })

  it('give the automatic numbers of paragraphs, each shape for itself', () => {
    const item = (text: string, scheme: string, attributes = ''): string =>
      `<a:p><a:pPr ${attributes}><a:buAutoNum ${scheme}/></a:pPr><a:r><a:t>${text}</a:t></a:r></a:p>`
    const body =
      item('a', 'type="arabicPeriod"') +
      item('b', 'type="circleNumDbPlain"', 'lvl="1"') +
      item('c', 'type="circleNumDbPlain"', 'lvl="1"') +
      item('d', 'type="arabicPeriod"') +
      item('', 'type="arabicPeriod"') +
      item('e', 'type="circleNumDbPlain"', 'lvl="1"') +
      paragraphs('f') +
      item('g', 'type="ea1JpnKorPeriod" startAt="3"') +
      item('h', 'type="alphaLcParenBoth"')
    const shapes = shape(body) + shape(item('i', 'type="arabicPeriod"') + item('j', 'type="romanUcParenR"'))
    expect(read(pptxBytes([{ shapes }])).text?.split('\n')).toEqual([
      '1. a',
      '① b',
      '② c',
      '2. d',
      '① e',
      'f',
      '三. g',
      '(a) h',
      '1. i',
      'I) j',
    ])
  })

  it('give tables as rows, with merged cells empty', () => {
    const cell = (text: string, attributes = ''): string =>
      `<a:tc ${attributes}><a:txBody>${paragraphs(...text.split('|'))}</a:txBody></a:tc>`
    const table =
      `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>${cell('a', 'gridSpan="2"')}${cell('x', 'hMerge="1"')}${cell('b|c')}</a:tr>` +
      `<a:tr>${cell('x', 'vMerge="1"')}${cell('d')}${cell('')}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
    expect(read(pptxBytes([{ shapes: table }])).text).toBe('a\t\tb c\n\td')
  })

  it('give equations, of which older programs see a picture', () => {
    const math =
      '<a:p><a14:m><m:oMath><m:rad><m:e><m:r><m:t>2</m:t></m:r></m:e></m:rad></m:oMath></a14:m></a:p>'
    const shapes = `<mc:AlternateContent><mc:Choice Requires="a14">${shape(math)}</mc:Choice><mc:Fallback>${shape(paragraphs('picture'))}</mc:Fallback></mc:AlternateContent>`
    expect(read(pptxBytes([{ shapes }])).text).toBe('√2')
  })

  it('give diagrams where they stand, then notes, then comments old and new', () => {
    const diagram = `<dgm:dataModel ${namespaces()}><dgm:ptLst><dgm:pt modelId="1"><dgm:t>${paragraphs('図の語')}</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`
    const notes = `<p:notes ${namespaces()}>${shape(paragraphs('メモ'), '<p:ph type="body"/>')}${shape(paragraphs('7'), '<p:ph type="sldNum"/>')}</p:notes>`
    const old = `<p:cmLst ${namespaces()}><p:cm><p:pos x="1" y="1"/><p:text>旧コメント</p:text></p:cm></p:cmLst>`
    const modern = `<p188:cmLst ${namespaces()}><p188:cm><p188:replyLst><p188:reply><p188:txBody>${paragraphs('返信')}</p188:txBody></p188:reply></p188:replyLst><p188:txBody>${paragraphs('新コメント')}</p188:txBody></p188:cm></p188:cmLst>`
    const frame =
      '<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds r:dm="d"/></a:graphicData></a:graphic></p:graphicFrame>'
    const linked = {
      'o comments comments/c1.xml': old,
      'm comments comments/c2.xml': modern,
      'n notesSlide notesSlides/n1.xml': notes,
      'd diagramData diagrams/data1.xml': diagram,
      'v vbaProject vbaProject.bin': new Uint8Array(4),
    }
    expect(read(pptxBytes([{ shapes: frame + shape(paragraphs('後')), linked }]))).toEqual({
      text: '図の語\n後\nメモ\n旧コメント\n返信\n新コメント',
      hasPages: true,
      steps: ['page-furniture'],
      health: { macros: true },
    })
  })

  it('may be Strict', () => {
    expect(read(pptxBytes([{ shapes: shape(paragraphs('厳密')) }], STRICT)).text).toBe('厳密')
  })
})

describe('hostile presentations', () => {
  const slide = { shapes: shape(paragraphs('12345')) }

  it('whose slides are missing are damaged', () => {
    const whole = Buffer.from(pptxBytes([slide])).toString('latin1')
    const bytes = Uint8Array.from(
      Buffer.from(whole.replaceAll('ppt/slides/slide0.xml', 'ppt/slides/slideX.xml'), 'latin1'),
    )
    expect(refusal(() => read(bytes))).toEqual({
      code: 'documents/damaged',
      params: { name: 'file', type: 'PPTX', part: 'ppt/slides/slide0.xml' },
    })
  })

  it('with too much text, depth or unpacked size are refused', () => {
    const deep = { shapes: '<p:grpSp>'.repeat(100_000) + '</p:grpSp>'.repeat(100_000) }
    expect(refusal(() => read(pptxBytes([slide, slide]), { characters: 9 })).code).toBe('documents/too-long')
    expect(refusal(() => read(pptxBytes([deep]))).code).toBe('documents/too-deep')
    expect(refusal(() => read(pptxBytes([slide]), { unpackedBytes: 100 })).code).toBe(
      'documents/unpacked-too-large',
    )
  })

  it('that are cut off are damaged', () => {
    const bytes = fixture('pptx/review.pptx')
    for (let part = 0; part < 64; part++) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 64))
      expect(refusal(() => read(cut)).code).toBe('documents/damaged')
    }
  })
})
