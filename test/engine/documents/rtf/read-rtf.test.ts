import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import { readRtf } from '../../../../src/engine/documents/rtf/read-rtf.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { readerInput } from '../plain/reader-input.ts'
import { rulesText } from './rules-text.ts'

const FONTS = String.raw`{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fmodern\fcharset128 \'82\'6c\'82\'72 Mincho;}{\f2\fcharset2 Symbol;}{\f3\fcharset134 SimSun;}{\f4\fcharset204 Arial Cyr;}}`
const HEAD = String.raw`{\rtf1\ansi\ansicpg932\deff1` + FONTS

async function textOf(rtf: string): Promise<string | null> {
  return (await readRtf(readerInput('a.rtf', Buffer.from(rtf, 'latin1')))).text
}

const bodyText = async (body: string): Promise<string | null> => await textOf(`${HEAD}${body}}`)

describe('readRtf', () => {
  it('reads a document of LibreOffice whole', async () => {
    const bytes = await readFile('test/fixtures/documents/rtf/rules.rtf')
    const { text, steps } = await readRtf(readerInput('rules.rtf', bytes))
    expect(text).toBe(rulesText(['1.\t領収書を添付する', '2.\t上長の承認を得る']))
    expect(steps).toEqual(['ruby-readings', 'hidden-text', 'deleted-text', 'page-furniture'])
  })

  it.each([
    [
      'bytes of the character set of the font',
      String.raw`\f1 \'8c\'6f\'94\'ef\f3 \'d6\'d0\f4 \'cf`,
      '経費中П',
    ],
    ['a second byte that stands as ASCII', String.raw`\f1 \'83A\'83\\\'95\\`, 'アソ表'],
    ['half-width katakana and extensions', String.raw`\f1 \'b6\'dc\'87\'40\'fb\'fc`, 'ｶﾜ①髙'],
    [
      'the kind of text that Word names',
      String.raw`\loch\af0\hich\af0\dbch\f1 \'82\'a0\loch\f0 caf\'e9`,
      'あcafé',
    ],
    ['fonts that are called Western by mistake', String.raw`\f0 \'82\'a0\'82\'a2 {caf\'e9}`, 'あい café'],
    [
      'kanji alone in them',
      String.raw`\f0 \'8c\'6f\'94\'ef Excel{\'8c\'6f\'94\'efExcel}{\'8a\'94}{\'96@\'90l}`,
      '経費 Excel経費Excel株法人',
    ],
    [
      'Western text beside them',
      String.raw`\f0 don\'92t r\'e9sum\'e9s {\'93yes\'94\'97then} {\'e9t\'e9s} d\'e9cor {\'92tis}\'85`,
      'don’t résumés “yes”—then étés décor ’tis…',
    ],
    ['an undefined font', String.raw`\f9 \'82\'a0`, 'あ'],
    ['signs of symbol fonts', String.raw`\f2 \'b7\f1 \u-3913 ?`, '••'],
    ['Greek letters of the Symbol font', String.raw`\f2 alq\u-3987 ?\'b3`, 'αλθμ≥'],
    [
      'signs of Wingdings',
      String.raw`{\fonttbl{\f5\fnil\fcharset2{\*\panose 05}{\*\falt Symbol}Wingdings;}}\f5 ln\u-3844 ?\'e8`,
      '●■✓➔',
    ],
    ['Unicode with substitutes', String.raw`\uc2\u12354\'82\'a0\u12356 ??\uc0\u12358 e`, 'あいうe'],
    ['Unicode beyond the first plane', String.raw`\u-10179?\u-8647?`, '😹'],
    ['Unicode whose substitute is a control word', String.raw`\u8212\emdash x`, '—x'],
    ['a substitute that a group cuts short', String.raw`{\uc4\u12354 a}bc`, 'あbc'],
    ['both halves of \\upr', String.raw`{\upr{\'82\'a0}{\*\ud{\u12354?}}}`, 'あ'],
    [
      'characters that are words',
      String.raw`a\emdash b\~c\_d\lquote e\rquote\bullet`,
      'a—b\u00a0c\u2011d‘e’•',
    ],
    ['escaped braces', String.raw`\{a\}\\`, '{a}\\'],
    [
      'paragraphs, lines and sections',
      String.raw`a\par b\line c\page d\sect e\
f`,
      'a\nb\nc\nd\ne\nf',
    ],
    ['binary data', `a{\\pict\\bin5 }}}}}b}c`, 'ac'],
    ['binary data within a substitute', `\\u12354\\bin3 }}}b`, 'あb'],
  ])('decodes %s', async (_, body, expected) => {
    expect(await bodyText(body)).toBe(expected)
  })

  it.each([
    [
      'pictures and objects',
      String.raw`a{\pict\pngblip 89504e47}{\object{\*\objdata 0105}{\result b}}c`,
      'abc',
    ],
    ['unknown starred groups', String.raw`a{\*\unknown b{\field c}}d`, 'ad'],
    ['properties of the document', String.raw`{\info{\title T}{\author A}}a`, 'a'],
    ['styles and lists', String.raw`{\stylesheet{\s0 Normal;}}{\*\listtable{\list x}}a`, 'a'],
    ['field instructions', String.raw`{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt b}}`, 'b'],
    ['index entries', String.raw`a{\xe b}c`, 'ac'],
    [
      'the fallback of a shape',
      String.raw`{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt c\par}}{\shprslt c}}`,
      'c',
    ],
  ])('leaves out %s', async (_, body, expected) => {
    expect(await bodyText(body)).toBe(expected)
  })

  it('keeps the base of a ruby that Word writes as a field', async () => {
    const ruby = String.raw`{\field{\*\fldinst {EQ \\* jc2 \\* "Font:MS Mincho" \\* hps10 \\o\\ad(\\s\\up 9(\'82\'a0\'82\'a2),\'8c\'6f\'94\'ef)}}{\fldrslt }}\'82\'cd`
    expect(await bodyText(String.raw`\f1 ` + ruby)).toBe('経費は')
  })

  it.each([
    [String.raw`SYMBOL 252 \\f "Wingdings" \\s 11`, '', '✓'],
    [String.raw`SYMBOL 252 \\f "Wingdings" \\s 11`, String.raw`\f9 \'fc`, '✓'],
    [String.raw`symbol 0xF0B7 \\f Symbol`, '', '•'],
    [String.raw`SYMBOL 9745 \\u`, '', '☑'],
    [String.raw`SYMBOL 33440 \\j`, '', 'あ'],
    [String.raw`SYMBOL 169`, '', '©'],
    [String.raw`SYMBOL 1114112 \\u`, '', ''],
    [String.raw`eq \\o\\ac(\u9675 ?,12)`, '', '⑫'],
    [String.raw`PAGE`, '', ''],
  ])('shows the sign of the field %s with the result "%s" once', async (instruction, result, sign) => {
    const field = String.raw`{\field{\*\fldinst {` + instruction + String.raw`}}{\fldrslt{` + result + '}}}'
    const fonts = String.raw`{\fonttbl{\f9\fcharset2 Wingdings;}}`
    expect(await bodyText(`${fonts}a${field}b`)).toBe(`a${sign}b`)
  })

  it('puts cells of nested tables and cells of several paragraphs on one line', async () => {
    const table = String.raw`\trowd\intbl a\par b\cell\cell {\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}}\cell\row\pard z`
    expect(await bodyText(table)).toBe('a b\t\tx\ty\nz')
  })

  it('takes headers where there is no body', async () => {
    expect(await bodyText(String.raw`{\header h\par}{\footer f\par}`)).toBe('h\nf')
  })

  it('reads on after a byte order mark', async () => {
    expect(await textOf('\xef\xbb\xbf \r\n{\\rtf1 a}')).toBe('a')
  })

  it('numbers footnotes and endnotes apart', async () => {
    const note = (word: string, text: string): string =>
      `{\\super\\chftn {\\footnote${word}{\\super\\chftn} ${text}}}`
    const body = `a${note('', 'n1')}b${note('\\ftnalt', 'e1')}c${note('', 'n2')}`
    expect(await bodyText(body)).toBe('a1b1c2\n1 n1\n2 n2\n1 e1')
  })

  it.each([
    ['an end before the last brace', `${HEAD}a`, '}'],
    ['binary data that are not there', `${HEAD}\\bin99 a}`, '\\bin'],
    ['another beginning', '{\\html a}', '\\rtf'],
    ['nothing', '', '\\rtf'],
  ])('refuses %s', async (_, rtf, part) => {
    expect(await failureOf(async () => await textOf(rtf))).toEqual({
      code: 'documents/damaged',
      params: { name: 'a.rtf', type: 'RTF', part },
    })
  })

  it('refuses a document cut anywhere', async () => {
    const bytes = await readFile('test/fixtures/documents/rtf/rules.rtf')
    const end = bytes.lastIndexOf('}')
    for (let length = 0; length <= end; length += 997) {
      const failure = await failureOf(async () => await readRtf(readerInput('a', bytes.subarray(0, length))))
      expect(failure.code).toBe('documents/damaged')
    }
  })

  it('refuses groups nested too deeply, but not many in a row', async () => {
    expect(await failureOf(async () => await textOf(`${HEAD}${'{'.repeat(1_000_000)}`))).toEqual({
      code: 'documents/too-deep',
      params: { name: 'a.rtf', limit: DEFAULT_LIMITS.elementDepth },
    })
    expect(await bodyText('{a}'.repeat(100_000))).toBe('a'.repeat(100_000))
  })
})
