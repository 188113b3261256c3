import { readFile } from 'node:fs/promises'

import Encoding from 'encoding-japanese'
import { describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS, type ReadLimits } from '../../../../src/engine/documents/document.ts'
import { readPdf } from '../../../../src/engine/documents/pdf/read-pdf.ts'
import { UnpackBudget } from '../../../../src/engine/documents/unpack-budget.ts'
import { deflatedStream, hex, line, rawPdf, stream, utf16 } from './raw-pdf.ts'

const FIXTURES = new URL('../../../fixtures/documents/pdf/', import.meta.url)

async function read(bytes: Uint8Array, limits: Partial<ReadLimits> = {}) {
  const all = { ...DEFAULT_LIMITS, ...limits }
  const budget = new UnpackBudget(all.unpackedBytes)
  return await readPdf({ bytes, name: 'test.pdf', limits: all, budget, ocr: false })
}

async function fixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(name, FIXTURES)))
}

async function source(name: string): Promise<string> {
  return (await readFile(new URL(name, FIXTURES), 'utf8')).trimEnd()
}

/** The sources know no pages. */
function withoutPages(text: string | null): string | undefined {
  return text?.replaceAll('\f', '\n')
}

describe('documents made by LibreOffice', () => {
  it.each([
    ['horizontal.pdf', 'horizontal.txt', ['page-furniture', 'line-joins']],
    ['columns.pdf', 'horizontal.txt', ['page-furniture', 'line-joins', 'hyphenation']],
    ['vertical.pdf', 'horizontal.txt', ['page-furniture', 'line-joins', 'vertical-text']],
    ['ruby.pdf', 'ruby.txt', ['line-joins', 'ruby-readings']],
    ['ruby-vertical.pdf', 'ruby.txt', ['line-joins', 'ruby-readings', 'vertical-text']],
    ['english.pdf', 'english.txt', ['line-joins', 'hyphenation']],
    ['table.pdf', 'table.txt', ['line-joins']],
  ])('%s gives its source word for word', async (name, text, steps) => {
    const extracted = await read(await fixture(name))
    expect(withoutPages(extracted.text)).toBe(await source(text))
    expect(extracted.steps).toEqual(steps)
    expect(extracted.hasPages).toBe(true)
    expect(extracted.health).toEqual({ pagesWithoutText: 0, ocr: null })
  })
})

describe('protection', () => {
  it('reads what the empty password opens', async () => {
    const extracted = await read(await fixture('permissions.pdf'))
    expect(extracted.text).toBe(await source('table.txt'))
  })

  it('says that a password is needed', async () => {
    await expect(read(await fixture('encrypted.pdf'))).rejects.toMatchObject({
      code: 'documents/encrypted',
      params: { name: 'test.pdf', type: 'PDF' },
    })
  })
})

describe('files written by hand', () => {
  it('decodes Shift_JIS text of a font that is not embedded', async () => {
    const bytes = Encoding.convert(Encoding.stringToCode('請求書の合計金額'), { to: 'SJIS', from: 'UNICODE' })
    const file = rawPdf([{ content: `BT /F2 12 Tf 72 700 Td ${hex(bytes)} Tj ET` }])
    expect((await read(file)).text).toBe('請求書の合計金額')
  })

  it('reads columns of a vertical font from right to left', async () => {
    const content =
      `BT /F3 12 Tf 1 0 0 1 500 780 Tm ${utf16('縦書きの一行目は、')} Tj ET\n` +
      `BT /F3 12 Tf 1 0 0 1 480 780 Tm ${utf16('二行目です。')} Tj ET`
    const extracted = await read(rawPdf([{ content }]))
    expect(extracted.text?.replace('\n', '')).toBe('縦書きの一行目は、二行目です。')
    expect(extracted.steps).toContain('vertical-text')
  })

  it('takes the invisible text of a recognised scan', async () => {
    const content = `q 500 0 0 700 50 50 cm /Im1 Do Q\nBT 3 Tr /F1 12 Tf 72 700 Td (Recognised before) Tj ET`
    const extracted = await read(rawPdf([{ content }]))
    expect(extracted.text).toBe('Recognised before')
    expect(extracted.health?.pagesWithoutText).toBe(0)
  })

  it('follows the rotation of the page', async () => {
    // Shown turned clockwise, the text that runs upwards in the file runs to the right.
    const content =
      'BT /F1 12 Tf 0 1 -1 0 100 100 Tm (First line of the turned page) Tj ET\n' +
      'BT /F1 12 Tf 0 1 -1 0 140 100 Tm (Second line) Tj ET'
    const extracted = await read(rawPdf([{ content, entries: '/Rotate 90' }]))
    expect(extracted.text).toBe('First line of the turned page\nSecond line')
    expect(extracted.steps).toEqual([])
  })

  it('drops text drawn twice for boldness, and text outside of the page', async () => {
    const content = line('Bold title', 72, 700) + line('Bold title', 72.3, 700) + line('Outside', 72, 900)
    expect((await read(rawPdf([{ content }]))).text).toBe('Bold title')
  })

  it('puts words that stand in no order into reading order', async () => {
    const lines = Array.from({ length: 12 }, (_, index) =>
      line(`line number ${index + 1}`, 72, 760 - 40 * index),
    )
    const content = lines.toReversed().join('')
    const expected = Array.from({ length: 12 }, (_, index) => `line number ${index + 1}`).join('\n')
    expect((await read(rawPdf([{ content }]))).text).toBe(expected)
  })

  it('keeps a cell of several lines together', async () => {
    const content =
      line('Long name of', 72, 700) +
      line('one article', 72, 686) +
      line('12', 300, 700) +
      line('3,400', 400, 700)
    expect((await read(rawPdf([{ content }]))).text).toBe('Long name of one article\t12\t3,400')
  })

  it('takes page numbers away but not figures that do not count up', async () => {
    const pages = [4, 5, 6, 7].map((number, index) => ({
      content:
        line(`Part ${index}`, 72, 820, 9) +
        line(`Body text number ${'ABCD'[index]}`, 72, 500) +
        line(String([310, 27, 4100, 88][index]), 72, 60) +
        line(`- ${number} -`, 290, 30, 9),
    }))
    const extracted = await read(rawPdf(pages))
    expect(extracted.text).toBe(
      'Body text number A\n310\fBody text number B\n27\fBody text number C\n4100\fBody text number D\n88',
    )
    expect(extracted.steps).toEqual(['page-furniture'])
  })

  it('leaves out what two pages have in the same place apart from their text', async () => {
    const pages = [1, 2].map((number) => ({
      content:
        line('Rules 4711', 72, 812, 9) +
        line(`Body text ${number === 1 ? 'begins' : 'ends'}`, 72, 700) +
        line('Signed', 72, 600) +
        line(`Company ${number}`, 290, 30, 9),
    }))
    const extracted = await read(rawPdf(pages))
    expect(extracted.text).toBe('Body text begins\nSigned\fBody text ends\nSigned')
    expect(extracted.steps).toEqual(['page-furniture'])
  })

  it('keeps lines of two pages that only look alike', async () => {
    const pages = [
      line('Chapter 1', 72, 800) + line('goes on below', 72, 784) + line('Total 300', 72, 60),
      line('Chapter 2', 72, 800) + line('goes on as well', 72, 784) + line('Total 450', 72, 60),
    ].map((content) => ({ content }))
    const { text } = await read(rawPdf(pages))
    expect(text).toBe('Chapter 1\ngoes on below\nTotal 300\fChapter 2\ngoes on as well\nTotal 450')
  })

  it('keeps the running lines of a single page', async () => {
    const content = line('Head', 72, 812, 9) + line('Body', 72, 700) + line('1', 290, 30, 9)
    expect((await read(rawPdf([{ content }]))).text).toBe('Head\nBody\n1')
  })

  it('puts a text box that was drawn first where it stands', async () => {
    const content =
      line('In the box', 72, 600) + line('First', 72, 720) + line('Second', 72, 660) + line('Last', 72, 500)
    expect((await read(rawPdf([{ content }]))).text).toBe('First\nSecond\nIn the box\nLast')
  })

  it.each([
    ['no space for the blank that programs put between kanji and figures', '第', '12', '版', 0.25, '第12版'],
    ['spaces for gaps that nobody gets by chance', '第', '12', '版', 0.5, '第 12 版'],
    ['a full-width space for a gap of that width', '総', '則', '。', 1, '総　則。'],
  ])('sees %s', async (_name, first, second, third, gap, text) => {
    const sjis = (part: string): string =>
      hex(Encoding.convert(Encoding.stringToCode(part), { to: 'SJIS', from: 'UNICODE' }))
    // Every glyph of the font is as wide as high.
    const step = (part: string): number => 12 * (part.length + (third === '。' && part === second ? 0 : gap))
    const content =
      `BT /F2 12 Tf 72 700 Td ${sjis(first)} Tj ${step(first)} 0 Td ${sjis(second)} Tj ` +
      `${step(second)} 0 Td ${sjis(third)} Tj ET`
    expect((await read(rawPdf([{ content }]))).text).toBe(text)
  })

  it('keeps the spaces that are drawn, also between kanji', async () => {
    const sjis = hex(
      Encoding.convert(Encoding.stringToCode('村井 直樹　ABC 課長'), { to: 'SJIS', from: 'UNICODE' }),
    )
    const { text } = await read(rawPdf([{ content: `BT /F2 12 Tf 72 700 Td ${sjis} Tj ET` }]))
    expect(text).toBe('村井 直樹　ABC 課長')
  })

  it('follows the text state through forms, scaling, leading and spacing', async () => {
    const form = 'BT /F1 10 Tf 1 0 0 1 72 650 Tm (in a form) Tj ET'
    const content =
      'q 2 0 0 2 0 0 cm BT /F1 6 Tf 14 TL 36 350 Td (scaled) Tj ET Q\n' +
      'BT /F1 12 Tf 14 TL 72 686 Td (next) \' 3 0 (spaced words) " ET\n/Fm1 Do'
    const resources = '/Resources << /Font << /F1 3 0 R >> /XObject << /Fm1 20 0 R >> >>'
    const file = rawPdf(
      [{ content, resources }],
      [stream(`/Type /XObject /Subtype /Form /BBox [0 0 595 842] ${resources}`, form)],
    )
    expect((await read(file)).text).toBe('scaled\nnext\nspaced words\nin a form')
  })

  it('leaves out hidden layers', async () => {
    const content = `/OC /Shown BDC ${line('On', 72, 700)} EMC /OC /Hidden BDC ${line('Off', 72, 600)} EMC`
    const resources = '/Resources << /Font << /F1 3 0 R >> /Properties << /Shown 20 0 R /Hidden 21 0 R >> >>'
    const file = rawPdf(
      [{ content, resources }],
      ['<< /Type /OCG /Name (Shown) >>', '<< /Type /OCG /Name (Hidden) >>'],
      '/OCProperties << /OCGs [20 0 R 21 0 R] /D << /ON [20 0 R] /OFF [21 0 R] >> >>',
    )
    expect((await read(file)).text).toBe('On')
  })

  it('leaves two pages as they are', async () => {
    const pages = [1, 2].map((number) => ({
      content: line('Same head', 72, 820) + line(`- ${number} -`, 290, 30),
    }))
    expect((await read(rawPdf(pages))).text).toBe('Same head\n- 1 -\fSame head\n- 2 -')
  })

  it('goes on with a paragraph over the page break', async () => {
    const page = (lines: readonly string[]): { content: string } => ({
      content: lines.map((text, index) => line(text, 72, 700 - 14 * index)).join(''),
    })
    const full = 'A line of text that reaches as far to the right as the others of it'
    const extracted = await read(rawPdf([page([full, full]), page(['which ends here.'])]))
    expect(extracted.text).toBe(`${full} ${full} which ends here.\f`)
  })

  it('adds what was filled into form fields and put on as text boxes', async () => {
    const file = rawPdf(
      [{ content: line('Name', 72, 700), entries: '/Annots [20 0 R 21 0 R]' }],
      [
        '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Yamada) /Rect [120 690 300 710] /DA (/Helv 12 Tf 0 g) >>',
        '<< /Type /Annot /Subtype /FreeText /Contents (Approved) /Rect [120 600 300 620] /DA (/Helv 12 Tf 0 g) >>',
      ],
      '/AcroForm << /Fields [20 0 R] >>',
    )
    expect((await read(file)).text).toBe('Name\nYamada\nApproved')
  })

  it('hands over attached files', async () => {
    const file = rawPdf(
      [{ content: line('See the attachment', 72, 700) }],
      [
        '<< /Type /Filespec /F (figures.csv) /UF (figures.csv) /EF << /F 21 0 R >> >>',
        stream('/Type /EmbeddedFile', 'a,b\n1,2'),
      ],
      '/Names << /EmbeddedFiles << /Names [(figures.csv) 20 0 R] >> >>',
    )
    const { embedded = [] } = await read(file)
    expect([...embedded].map((part) => [part.name, Buffer.from(part.read()).toString()])).toEqual([
      ['figures.csv', 'a,b\n1,2'],
    ])
  })
})

describe('pages without text', () => {
  const picture = { content: 'q 500 0 0 700 50 50 cm /Im1 Do Q' }

  it('says that a document of pictures needs recognition', async () => {
    const unrestored = { content: '500 0 0 700 50 50 cm /Im1 Do' }
    await expect(read(rawPdf([picture, unrestored]))).rejects.toMatchObject({
      code: 'documents/scan',
      params: { name: 'test.pdf', pages: 2 },
    })
  })

  it.each([
    ['in strips', [400, 300].map((y) => `q 500 0 0 100 50 ${y} cm /Im1 Do Q`).join('\n')],
    ['placed by an outer transformation', 'q 500 0 0 700 50 50 cm q /Im1 Do Q Q'],
    ['with a page number stamped on it', `q 590 0 0 800 0 0 cm /Im1 Do Q ${line('- 12 -', 290, 30)}`],
    ['of outlines', Array.from({ length: 60 }, (_, x) => `${x} 0 m ${x} 9 l S`).join('\n')],
  ])('knows a page that is a picture %s', async (_name, content) => {
    await expect(read(rawPdf([{ content }]))).rejects.toMatchObject({
      code: 'documents/scan',
      params: { name: 'test.pdf', pages: 1 },
    })
  })

  it('takes a short text beside a picture for the text of the page', async () => {
    const content = `q 100 0 0 100 50 50 cm /Im1 Do Q ${line('Fig. 1', 72, 700)}`
    const extracted = await read(rawPdf([{ content }]))
    expect(extracted.text).toBe('Fig. 1')
    expect(extracted.health?.pagesWithoutText).toBe(0)
  })

  it('counts pages of pictures among others, but no blank ones', async () => {
    const extracted = await read(rawPdf([{ content: line('Text', 72, 700) }, picture, { content: '' }]))
    expect(extracted.text).toBe('Text\f\f')
    expect(extracted.health?.pagesWithoutText).toBe(1)
  })
})

describe('broken and hostile files', () => {
  const sound = rawPdf([{ content: line('One', 72, 700) }, { content: line('Two', 72, 700) }])

  it.each([0.2, 0.5, 0.9])('refuses a file cut off at %d of its length', async (share) => {
    await expect(read(sound.slice(0, Math.floor(sound.length * share)))).rejects.toMatchObject({
      code: 'documents/damaged',
      params: { name: 'test.pdf', type: 'PDF' },
    })
  })

  it.each([0.3, 0.6, 0.8, 0.95])(
    'refuses a file of LibreOffice cut off at %d of its length',
    async (share) => {
      const file = await fixture('english.pdf')
      await expect(read(file.slice(0, Math.floor(file.length * share)))).rejects.toMatchObject({
        code: 'documents/damaged',
        params: { name: 'test.pdf', type: 'PDF' },
      })
    },
  )

  it('refuses a file that lost a piece in the middle', async () => {
    const content = Array.from({ length: 30 }, (_, index) =>
      line(`text ${index}`, 72, 800 - 20 * index),
    ).join('')
    const file = Buffer.from(rawPdf([{ content }]))
    const at = file.indexOf('text 10')
    const cut = Buffer.concat([file.subarray(0, at), file.subarray(at + 300)])
    await expect(read(new Uint8Array(cut))).rejects.toMatchObject({ code: 'documents/damaged' })
  })

  it.each([
    ['a line of garbage', Buffer.from('\n<!-- served in 12 ms -->\n')],
    ['10 KiB of zeros', Buffer.alloc(10_240)],
    ['many bytes that mean nothing', Buffer.alloc(50_000, 'x')],
  ])('reads a file with %s after its end', async (_name, tail) => {
    expect((await read(new Uint8Array(Buffer.concat([sound, tail])))).text).toBe('One\fTwo')
  })

  it.each([
    ['a wrong offset of the table of objects', /startxref\n\d+/, 'startxref\n7'],
    ['wrong stream lengths', /\/Length \d+/g, '/Length 3'],
  ])('reads a file with %s', async (_name, pattern, replacement) => {
    const file = Buffer.from(sound).toString('latin1').replace(pattern, replacement)
    expect((await read(new Uint8Array(Buffer.from(file, 'latin1')))).text).toBe('One\fTwo')
  })

  it('reads a file whose metadata are damaged, and streams without checksum', async () => {
    const broken = stream('/Type /Metadata /Subtype /XML /Filter /FlateDecode', 'nothing compressed')
    const file = rawPdf(
      [{ content: line('Text', 72, 700) }],
      [broken, deflatedStream('q Q').replace(/[^]{4}(?=\nendstream)/, '')],
    )
    expect((await read(file)).text).toBe('Text')
  })

  it('refuses a compressed stream that is damaged', async () => {
    const content = Array.from({ length: 200 }, (_, index) => line(`text ${index * 7919}`, 72, 700)).join('')
    const file = rawPdf([{ content: '' }], [deflatedStream(content)])
    const at = Buffer.from(file).indexOf('stream\n', Buffer.from(file).indexOf('FlateDecode')) + 60
    file.fill(0xff, at, at + 40)
    await expect(read(file)).rejects.toMatchObject({
      code: 'documents/damaged',
      params: { part: 'FlateDecode' },
    })
  })

  it('refuses a stream that inflates beyond all measure', async () => {
    const file = rawPdf([{ content: '' }], [deflatedStream(' '.repeat(4_000_000))])
    await expect(read(file, { unpackedBytes: 8_000_000 })).rejects.toMatchObject({
      code: 'documents/unpacked-too-large',
      params: { name: 'test.pdf', limit: 2_000_000 },
    })
  })

  it('stops at the limit of characters', async () => {
    await expect(read(sound, { characters: 4 })).rejects.toMatchObject({
      code: 'documents/too-long',
      params: { name: 'test.pdf', characters: 6, limit: 4 },
    })
  })

  it('refuses what is no PDF', async () => {
    const bytes = new Uint8Array(Buffer.from('%PDF-1.7\nnothing at all\nstartxref\n0\n%%EOF'))
    await expect(read(bytes)).rejects.toMatchObject({ code: 'documents/damaged', params: { type: 'PDF' } })
  })

  it('reads a page of very many pieces', async () => {
    const pieces = Array.from({ length: 20_000 }, (_, index) =>
      line('ab', 20 + ((index * 37) % 500), 20 + ((index * 91) % 800), 4),
    )
    const { text } = await read(rawPdf([{ content: pieces.join('') }]))
    expect(text?.match(/ab/g)).toHaveLength(20_000)
  })
})
