import { deflateSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { line, rawPdf, stream } from '../pdf/raw-pdf.ts'
import { blankBomb, zlibStream } from './bombs.ts'
import { codesOf, surveyHostile } from './hostile-survey.ts'

const BOMB = Buffer.from(zlibStream(blankBomb(1024))).toString('latin1')
const PAGE = { content: line('Inspection record', 50, 700) }
const FONT = '/Type /Font /Subtype /Type0 /BaseFont /Bomb /Encoding /Identity-H /DescendantFonts [22 0 R]'

/** A PDF whose first page draws with a further object, number 20. */
const pdf = (objects: readonly string[], entries = '', content = PAGE.content): Uint8Array =>
  rawPdf([{ content, entries }], objects)

const bombStream = (dictionary: string): string => stream(`${dictionary} /Filter /FlateDecode`, BOMB)
/** Replaces a stretch of a hand-written file by one of the same length, so that no offset moves. */
const replaced = (file: Uint8Array, from: string, to: string): Uint8Array => {
  const text = Buffer.from(file).toString('latin1')
  if (!text.includes(from) || to.length > from.length) throw new Error(`${from} cannot become ${to}`)
  return Buffer.from(text.replace(from, to.padEnd(from.length)), 'latin1')
}

/** A PDF whose page is drawn by the given object. */
const withContent = (object: string): Uint8Array =>
  replaced(pdf([object]), '/Contents 101 0 R', '/Contents 20 0 R')

describe('a stream of 1 GiB in a PDF, with the limits of the product', () => {
  it('stops early, whatever the stream is', async () => {
    const twice = deflateSync(Buffer.from(BOMB, 'latin1')).toString('latin1')
    const outcomes = await codesOf({
      'content.pdf': withContent(bombStream('')),
      'objects.pdf': pdf([bombStream('/Type /ObjStm /N 100000 /First 800000')]),
      'unicode.pdf': pdf(
        [`<< ${FONT} /ToUnicode 21 0 R >>`, bombStream(''), '<< /Type /Font /Subtype /CIDFontType2 >>'],
        '/Resources << /Font << /F1 20 0 R >> >>',
      ),
      'font.pdf': pdf([bombStream('/Length1 1073741824'), '<< /Type /FontDescriptor /FontFile2 20 0 R >>']),
      'twice.pdf': withContent(stream('/Filter [/FlateDecode /FlateDecode]', twice)),
      'abbreviated.pdf': withContent(stream('/Filter /Fl', BOMB)),
    })
    expect(outcomes).toEqual({
      'content.pdf': 'documents/unpacked-too-large',
      'objects.pdf': 'documents/unpacked-too-large',
      'unicode.pdf': 'documents/unpacked-too-large',
      'font.pdf': 'documents/unpacked-too-large',
      'twice.pdf': 'documents/unpacked-too-large',
      'abbreviated.pdf': 'documents/unpacked-too-large',
    })
  })

  it('costs nothing where nobody asks for it: a picture', async () => {
    const picture =
      '/Type /XObject /Subtype /Image /Width 32768 /Height 32768 /ColorSpace /DeviceGray /BitsPerComponent 8'
    const drawn = { content: `${PAGE.content} q 100 0 0 100 50 50 cm /Im2 Do Q` }
    const resources = '/Resources << /Font << /F1 3 0 R >> /XObject << /Im2 20 0 R >> >>'
    const outcomes = await surveyHostile({
      'picture.pdf': rawPdf([{ ...drawn, entries: resources }], [bombStream(picture)]),
    })
    expect(outcomes).toEqual({ 'picture.pdf': { text: 'Inspection record' } })
  })
})

describe('structures of a PDF that run in circles or without end', () => {
  it('ends with an error or with the text that there is', async () => {
    const sound = rawPdf([PAGE])
    const outcomes = await codesOf(
      {
        'kids.pdf': replaced(sound, '/Kids [100 0 R] /Count 1', '/Kids [2 0 R] /Count 1'),
        'parent.pdf': replaced(sound, '/Kids [100 0 R]', '/Kids [1 0 R]'),
        'arrays.pdf': rawPdf([PAGE], ['['.repeat(100_000) + ']'.repeat(100_000)], '/Names 20 0 R'),
        'dictionaries.pdf': rawPdf(
          [PAGE],
          [`${'<</A'.repeat(100_000)} 1 ${'>>'.repeat(100_000)}`],
          '/AA 20 0 R',
        ),
        'outline.pdf': rawPdf([PAGE], ['<< /First 20 0 R /Next 20 0 R /Title (A) >>'], '/Outlines 20 0 R'),
        'length.pdf': rawPdf([PAGE], ['<< /Length 20 0 R >>\nstream\nabc\nendstream'], '/Metadata 20 0 R'),
      },
      { milliseconds: 30_000 },
    )
    for (const [name, code] of Object.entries(outcomes)) {
      expect([name, code]).toEqual([
        name,
        expect.stringMatching(/^(?:read|documents\/(?:damaged|empty|too-deep))$/) as string,
      ])
    }
    expect(Object.keys(outcomes)).toHaveLength(6)
  })

  it('ends where tables of objects refer to each other', async () => {
    const text = Buffer.from(rawPdf([PAGE])).toString('latin1')
    const table = /startxref\n(\d+)/.exec(text)?.[1] ?? ''
    const looping = text.replace('/Root 1 0 R >>', `/Root 1 0 R /Prev ${table} >>`)
    expect(await surveyHostile({ 'prev.pdf': Buffer.from(looping, 'latin1') })).toEqual({
      'prev.pdf': { text: 'Inspection record' },
    })
  })

  it('does not read one page a million times', async () => {
    const text = Buffer.from(rawPdf([PAGE])).toString('latin1')
    const kids = Array.from({ length: 1_000_000 }, () => '100 0 R').join(' ')
    const repeated = text.replace('/Kids [100 0 R] /Count 1', `/Kids [${kids}] /Count 1000000`)
    const outcomes = await surveyHostile(
      { 'pages.pdf': Buffer.from(repeated, 'latin1') },
      { milliseconds: 30_000 },
    )
    expect(outcomes).toEqual({
      'pages.pdf': {
        code: 'documents/damaged',
        params: { type: 'PDF', part: 'Pages tree contains circular reference.' },
      },
    })
  })
})
