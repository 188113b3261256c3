import { describe, expect, it } from 'vitest'

import { parseXml } from '../../../../src/engine/documents/xml/parse-xml.ts'
import { mainPart, readRelationships } from '../../../../src/engine/documents/xml/relationships.ts'
import { ZipArchive } from '../../../../src/engine/documents/zip/zip-archive.ts'
import { readerInput, refusal } from '../zip/reader-input.ts'
import { zipBytes } from '../zip/zip-bytes.ts'

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const STRICT_W = 'http://purl.oclc.org/ooxml/wordprocessingml/main'
const MC = 'http://schemas.openxmlformats.org/markup-compatibility/2006'
const WPS = 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape'

/** What a handler is told, a line an event. */
function events(xml: string | Uint8Array): string[] {
  const input = readerInput(zipBytes([{ name: 'part.xml', content: xml }]))
  const told: string[] = []
  parseXml(
    ZipArchive.open(input, 'DOCX'),
    'part.xml',
    {
      open: (name, attributes) => told.push(`<${name} ${JSON.stringify({ ...attributes })}`),
      close: (name) => told.push(`>${name}`),
      text: (text) => told.push(text),
    },
    { input, type: 'DOCX' },
  )
  return told
}

const damagedBy = (reason: string): object => ({
  code: 'documents/damaged',
  params: { name: 'file', type: 'DOCX', part: `part.xml: ${reason}` },
})

describe('parts that unpack to many times their size', () => {
  /** An entry that says to unpack to so much, and does not. */
  const partOf = (bytes: number, ratio: number): (() => void) => {
    const packed = Buffer.alloc(Math.ceil(bytes / ratio), 0xff)
    const input = readerInput(zipBytes([{ name: 'part.xml', content: '', packed, declaredBytes: bytes }]))
    return () => parseXml(ZipArchive.open(input, 'DOCX'), 'part.xml', {}, { input, type: 'DOCX' })
  }
  const MEBIBYTE = 2 ** 20

  it('are refused before anything is unpacked', () => {
    expect(refusal(partOf(65 * MEBIBYTE, 600))).toEqual({
      code: 'documents/markup-bomb',
      params: { name: 'file', part: 'part.xml', ratio: 599 },
    })
  })

  it.each([
    ['equal rows without numbers', 400 * MEBIBYTE, 340],
    ['a few empty paragraphs', 63 * MEBIBYTE, 1000],
  ])('are looked into where a writer may have written them: %s', (_, bytes, ratio) => {
    expect(refusal(partOf(bytes, ratio)).code).toBe('documents/damaged')
  })
})

describe('names', () => {
  it.each([W, STRICT_W])('are the same whatever the prefix, in %s', (uri) => {
    expect(events(`<q:a xmlns:q="${uri}" q:val="1" plain="2"><b xmlns="${uri}"/></q:a>`)).toEqual([
      '<w:a {"w:val":"1","plain":"2"}',
      '<w:b {}',
      '>w:b',
      '>w:a',
    ])
  })

  it('change with the bindings of prefixes and back again', () => {
    const xml = `<w:a xmlns:w="${W}"><w:b xmlns:w="urn:other" w:c="1"><w:d/></w:b><w:e/><f xml:space="preserve"/></w:a>`
    expect(events(xml)).toEqual([
      '<w:a {}',
      '<?:b {"?:c":"1"}',
      '<?:d {}',
      '>?:d',
      '>?:b',
      '<w:e {}',
      '>w:e',
      '<f {"xml:space":"preserve"}',
      '>f',
      '>w:a',
    ])
  })

  it('need their prefixes bound', () => {
    expect(refusal(() => events('<w:a/>'))).toEqual(damagedBy('unbound prefix of w:a'))
  })
})

describe('alternate content', () => {
  const alternatives = (requires: string): string[] =>
    events(
      `<a xmlns:mc="${MC}" xmlns:s="${WPS}" xmlns:new="urn:new"><mc:AlternateContent>` +
        `<mc:Choice Requires="${requires}"><b/>x</mc:Choice><mc:Choice Requires="s"><c/></mc:Choice>` +
        `<mc:Fallback><d/>y</mc:Fallback></mc:AlternateContent></a>`,
    )

  it('is the first choice that is known, and only that', () => {
    expect(alternatives('s')).toEqual(['<a {}', '<b {}', '>b', 'x', '>a'])
    expect(alternatives('s new')).toEqual(['<a {}', '<c {}', '>c', '>a'])
  })

  it('is the fallback where no choice is known', () => {
    const xml = `<a xmlns:mc="${MC}" xmlns:new="urn:new"><mc:AlternateContent><mc:Choice Requires="new"><b/></mc:Choice><mc:Fallback><d/></mc:Fallback></mc:AlternateContent></a>`
    expect(events(xml)).toEqual(['<a {}', '<d {}', '>d', '>a'])
  })
})

describe('characters', () => {
  const xml = '<?xml version="1.0" encoding="UTF-16"?><a>稟議&#x1F201;&amp;&#12354;<![CDATA[<b>]]></a>'
  const told = ['<a {}', '稟議🈁&あ', '<b>', '>a']

  it('are read in UTF-16 of either order and in UTF-8', () => {
    const little = Buffer.from(`\ufeff${xml}`, 'utf16le')
    expect(events(new Uint8Array(little))).toEqual(told)
    expect(events(new Uint8Array(Buffer.from(little).swap16()))).toEqual(told)
    expect(events(xml)).toEqual(told)
    expect(events(`\ufeff${xml}`)).toEqual(told)
  })

  it('that are not in the encoding are damage', () => {
    expect(refusal(() => events(new Uint8Array([0x3c, 0x61, 0x3e, 0xff])))).toEqual(damagedBy('not utf-8'))
    expect(refusal(() => events('<?xml version="1.0" encoding="x-none"?><a/>'))).toEqual(
      damagedBy('not x-none'),
    )
  })

  it('that XML does not allow are damage', () => {
    expect(refusal(() => events('<a>\u0001</a>'))).toEqual(damagedBy('disallowed character'))
    expect(refusal(() => events('<a>&#0;</a>')).code).toBe('documents/damaged')
    expect(refusal(() => events('<a>&unknown;</a>'))).toEqual(damagedBy('undefined entity'))
  })
})

describe('hostile documents', () => {
  it.each([
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['entities within entities', '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['an external subset', '<!DOCTYPE a SYSTEM "http://example.com/a.dtd"><a/>'],
  ])('with %s are refused', (_, xml) => {
    expect(refusal(() => events(xml))).toEqual({
      code: 'documents/dtd',
      params: { name: 'file', part: 'part.xml' },
    })
  })

  it('with 100,000 elements within one another are refused', () => {
    expect(refusal(() => events('<a>'.repeat(100_000) + '</a>'.repeat(100_000)))).toEqual({
      code: 'documents/too-deep',
      params: { name: 'file', limit: 500 },
    })
    expect(events('<a>'.repeat(500) + '</a>'.repeat(500))).toHaveLength(1000)
  })

  it('that end too early or are not well formed are damaged', () => {
    const codes = ['<a><b></b>', '<a', '<a><b></a></b>', 'text', '', '<a/><a/>'].map(
      (xml) => refusal(() => events(xml)).code,
    )
    expect(new Set(codes)).toEqual(new Set(['documents/damaged']))
  })
})

describe('relationships', () => {
  const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relationships = (part: string, ...rows: readonly string[]): { name: string; content: string } => ({
    name: part,
    content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows.join('')}</Relationships>`,
  })
  const row = (id: string, type: string, target: string, mode = ''): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}" ${mode}/>`
  const input = readerInput(
    zipBytes([
      relationships('_rels/.rels', row('a', 'officeDocument', '/word/document.xml')),
      relationships(
        'word/_rels/document.xml.rels',
        row('b', 'styles', 'styles.xml'),
        row('c', 'image', '../media/%E5%9B%B3.png'),
        row('d', 'hyperlink', 'https://example.com/a', 'TargetMode="External"'),
        row('e', 'header', './../../../word/header1.xml#top'),
      ),
    ]),
  )
  const archive = ZipArchive.open(input, 'DOCX')
  const context = { input, type: 'DOCX' }

  it('lead to parts from the package and from folders', () => {
    expect(mainPart(archive, context)).toBe('word/document.xml')
    expect(Object.fromEntries(readRelationships(archive, 'word/document.xml', context))).toEqual({
      b: { type: 'styles', target: 'word/styles.xml', isExternal: false },
      c: { type: 'image', target: 'media/図.png', isExternal: false },
      d: { type: 'hyperlink', target: 'https://example.com/a', isExternal: true },
      e: { type: 'header', target: 'word/header1.xml', isExternal: false },
    })
    expect(readRelationships(archive, 'word/styles.xml', context).size).toBe(0)
  })
})
