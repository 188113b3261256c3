import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { CFB } from 'xlsx'

import { formatOfContent } from '../../../../src/engine/documents/sniff/format-of-content.ts'
import { encoded } from '../encoded.ts'

const SET = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'documents', 'set')

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const utf8 = (text: string): Uint8Array => encoded(text, 'UTF8')

/** What the content is, or the code and parameters with which it is refused. */
function found(bytes: Uint8Array, name: string): unknown {
  try {
    return formatOfContent(bytes, name)
  } catch (error) {
    const { code, params } = error as { code: string; params: object }
    return { code, ...params }
  }
}
const refused = (code: string, name: string, rest: object = {}) => ({
  code: `documents/${code}`,
  name,
  ...rest,
})

/** An Office Open XML file with one main part. */
const office = (contentType: string) =>
  zipSync({
    '[Content_Types].xml': strToU8(
      `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/><Override PartName="/main.xml" ContentType="${contentType}"/></Types>`,
    ),
    'main.xml': strToU8('<x/>'),
  })

/** A compound file with empty-looking streams of these paths. */
function compound(...paths: string[]): Uint8Array {
  const file = CFB.utils.cfb_new()
  for (const path of paths) CFB.utils.cfb_add(file, path, Buffer.from('content'))
  return Uint8Array.from(CFB.write(file, { type: 'buffer' }) as Buffer)
}

describe('formatOfContent of real files', async () => {
  const manifest = JSON.parse(await readFile(join(SET, 'manifest.json'), 'utf8')) as {
    file: string
    format: string
  }[]
  const named = new Set(['text', 'markdown', 'csv', 'tsv'])

  it.each(manifest)('$file', async ({ file, format }) => {
    const bytes = await readFile(join(SET, file))
    expect(found(bytes, file)).toBe(format)
    // By content, not by name.
    expect(found(bytes, 'mails/a.eml/attachment')).toBe(named.has(format) ? 'text' : format)
    if (!named.has(format)) expect(found(bytes, 'wrong.txt')).toBe(format)
  })
})

describe('formatOfContent of texts', () => {
  it('goes by the name where nothing else tells', () => {
    const text = utf8('a,b\n経費,1\n')
    const names = ['a.txt', 'a.MD', 'a.csv', 'a.tsv', 'b/README', 'a.py', 'a.docx', 'a.pdf', 'a.html']
    expect(names.map((name) => found(text, name))).toEqual([
      'text',
      'markdown',
      'csv',
      'tsv',
      'text',
      'text',
      'text',
      'text',
      'text',
    ])
  })

  it('knows pages by their beginning, or by their name and tags', () => {
    expect(found(utf8('\ufeff \n<!-- a\n-->\n<!DOCTYPE  html>\n<p>a'), 'a.txt')).toBe('html')
    expect(found(utf8('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'), 'a')).toBe(
      'html',
    )
    expect(found(encoded('\ufeff<html><body>経費', 'UTF16LE'), 'a.doc')).toBe('html')
    expect(found(utf8('<table><tr><td>1</table>'), 'a.xls')).toBe('html')
    expect(found(utf8('本文<br>次'), 'a.htm')).toBe('html')
    expect(found(utf8('<p align="center">Title</p>\n\n# Title\n'), 'README.md')).toBe('markdown')
    expect(found(utf8('a < b and b > c'), 'a.txt')).toBe('text')
  })

  it('knows mails by their header, and memoranda from them', () => {
    const mail = 'Received: from a\r\n\tby b\r\nSubject: =?utf-8?B?44GC?=\r\n\r\n本文'
    expect(found(utf8(mail), 'a.txt')).toBe('eml')
    expect(found(utf8(`From taro@example.jp Mon Jan  6 10:00:00 2025\n${mail}`), 'inbox')).toBe('eml')
    expect(
      found(utf8('MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary="x"\n\n--x'), 'a.mht'),
    ).toBe('eml')
    const memorandum = 'To: 全社員\nFrom: 総務部\nDate: 2025-01-06\n\n本文'
    expect(found(utf8(memorandum), 'a.txt')).toBe('text')
    expect(found(utf8(memorandum), 'a.eml')).toBe('eml')
    expect(found(utf8('Subject: 一つだけ\n\n本文'), 'a')).toBe('text')
    expect(found(utf8('時刻: 10:00\n場所: 会議室\n'), 'a')).toBe('text')
  })

  it('refuses XML that is no document for people, naming what to save instead', () => {
    const xml = '<?xml version="1.0" encoding="UTF-8"?>\n'
    const word = `${xml}<?mso-application progid="Word.Document"?>\n<w:wordDocument/>`
    expect(found(utf8(word), 'a.xml')).toEqual(
      refused('legacy-format', 'a.xml', { type: 'Word 2003 XML', wanted: 'DOCX' }),
    )
    expect(found(utf8(`${xml}<office:document office:version="1.2">`), 'a.fodt')).toEqual(
      refused('legacy-format', 'a.fodt', { type: 'Flat ODF', wanted: 'ODT, ODS, ODP' }),
    )
    expect(found(utf8(`${xml}<svg xmlns="http://www.w3.org/2000/svg"/>`), 'a.svg')).toEqual(
      refused('unsupported-type', 'a.svg', { type: 'SVG' }),
    )
    expect(found(utf8(`${xml}<feed/>`), 'a.txt')).toEqual(
      refused('unsupported-type', 'a.txt', { type: 'XML' }),
    )
  })

  it('reads RTF and PDF behind a mark or a line, and texts about them as texts', () => {
    expect(found(utf8('\ufeff{\\rtf1\\ansi a}'), 'a.doc')).toBe('rtf')
    expect(
      found(latin1('HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj'), 'a'),
    ).toBe('pdf')
    expect(found(utf8('The header of a file is %PDF-1.7 and then some.'), 'a.txt')).toBe('text')
    expect(found(utf8('MZ世代の働き方'), 'a.txt')).toBe('text')
    expect(found(utf8('BM25 ranks documents by their words.'), 'a.txt')).toBe('text')
    expect(found(utf8('ID3 tags, RIFF and OTTO are words'), 'a.txt')).toBe('text')
  })

  it('refuses what is empty or no text', () => {
    expect(found(new Uint8Array(0), 'a.docx')).toEqual(refused('empty', 'a.docx'))
    expect(found(new Uint8Array(3000), 'a.docx')).toEqual(refused('not-text', 'a.docx', { type: 'binary' }))
    const noise = Uint8Array.from(
      { length: 5000 },
      (_, index) => (index * 7919 + (index >> 3) * 104_729) % 256,
    )
    expect(found(noise, 'a.txt')).toEqual(refused('not-text', 'a.txt', { type: 'binary' }))
  })
})

describe('formatOfContent of packages', () => {
  it('goes by the main part', () => {
    const main = {
      'application/vnd.ms-word.document.macroEnabled.main+xml': 'docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml': 'docx',
      'application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml': 'pptx',
      'application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml': 'pptx',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml': 'xlsx',
      'application/vnd.ms-excel.sheet.macroEnabled.main+xml': 'xlsx',
    }
    for (const [type, format] of Object.entries(main)) expect(found(office(type), 'a.zip')).toBe(format)
    expect(found(office('application/vnd.ms-excel.sheet.binary.macroEnabled.main'), 'a.xlsb')).toEqual(
      refused('legacy-format', 'a.xlsb', { type: 'XLSB', wanted: 'XLSX' }),
    )
    expect(found(office('application/vnd.ms-visio.drawing.main+xml'), 'a.vsdx')).toEqual(
      refused('unsupported-type', 'a.vsdx', { type: 'Visio' }),
    )
  })

  it('goes by the media type', () => {
    const typed = (mediaType: string) => zipSync({ mimetype: [strToU8(mediaType), { level: 0 }] })
    const open = 'application/vnd.oasis.opendocument'
    expect(found(typed(`${open}.text-template`), 'a')).toBe('odt')
    expect(found(typed(`${open}.spreadsheet`), 'a')).toBe('ods')
    expect(found(typed(`${open}.presentation`), 'a')).toBe('odp')
    expect(found(typed(`${open}.graphics`), 'a.odg')).toEqual(
      refused('unsupported-type', 'a.odg', { type: 'OpenDocument graphics' }),
    )
    expect(found(typed('application/epub+zip'), 'a.epub')).toEqual(
      refused('unsupported-type', 'a.epub', { type: 'EPUB' }),
    )
    const manifest = `<manifest:file-entry manifest:full-path="/" manifest:media-type="${open}.text"/>`
    expect(found(zipSync({ 'META-INF/manifest.xml': strToU8(manifest) }), 'a')).toBe('odt')
    expect(found(zipSync({ 'META-INF/MANIFEST.MF': strToU8('Manifest-Version: 1.0') }), 'a.jar')).toEqual(
      refused('unsupported-type', 'a.jar', { type: 'JAR' }),
    )
    expect(found(zipSync({ '規程/a.txt': strToU8('a') }), 'a.docx')).toBe('zip')
    expect(found(gzipSync('a'), 'a.txt')).toBe('gzip')
  })

  it('names what is damaged as its name does', () => {
    const whole = office('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml')
    expect(found(whole.subarray(0, whole.length - 30), 'a.docx')).toMatchObject(
      refused('damaged', 'a.docx', { type: 'DOCX' }),
    )
    expect(found(whole.subarray(0, whole.length - 30), 'a')).toMatchObject(
      refused('damaged', 'a', { type: 'ZIP' }),
    )
    const workbook = compound('/Workbook')
    expect(found(workbook.subarray(0, 600), 'a.xls')).toMatchObject(
      refused('damaged', 'a.xls', { type: 'XLS' }),
    )
    expect(found(workbook.subarray(0, 100), 'a')).toMatchObject(refused('damaged', 'a', { type: 'OLE' }))
  })
})

describe('formatOfContent of compound files', () => {
  it('goes by the streams below the root', () => {
    expect(found(compound('/WordDocument', '/1Table'), 'a.xls')).toBe('doc')
    expect(found(compound('/Book'), 'a')).toBe('xls')
    expect(found(compound('/__properties_version1.0'), 'a')).toBe('msg')
    expect(found(compound('/ObjectPool/_1/Workbook', '/WordDocument'), 'a')).toBe('doc')
    expect(found(compound('/PowerPoint Document'), 'a.ppt')).toEqual(
      refused('legacy-format', 'a.ppt', { type: 'PPT', wanted: 'PPTX' }),
    )
    expect(found(compound('/DocumentText', '/PageMark'), 'a.jtd')).toEqual(
      refused('unsupported-type', 'a.jtd', { type: 'Ichitaro' }),
    )
    expect(found(compound('/storage/Workbook'), 'a')).toEqual(
      refused('unsupported-type', 'a', { type: 'OLE' }),
    )
  })

  it('knows what one was that is cut short, by its directory or else by its name', async () => {
    const document = compound('/WordDocument', '/1Table')
    expect(found(document.subarray(0, document.length - 512), 'attachment')).toBe('doc')
    // LibreOffice writes the directory last.
    const whole = await readFile(join(SET, 'maintenance.doc'))
    expect(found(whole.subarray(0, whole.length - 1024), 'a.doc')).toMatchObject(
      refused('damaged', 'a.doc', { type: 'DOC' }),
    )
  })

  it('tells passwords from rights management', () => {
    expect(found(compound('/EncryptedPackage', '/EncryptionInfo'), 'a.docx')).toEqual(
      refused('encrypted', 'a.docx', { type: 'Office' }),
    )
    const spaces = '/\x06DataSpaces/DataSpaceInfo/DRMEncryptedDataSpace'
    expect(found(compound('/EncryptedPackage', spaces), 'a.xlsx')).toEqual(
      refused('rights-managed', 'a.xlsx'),
    )
    expect(found(compound('/\x09DRMContent', '/WordDocument'), 'a.doc')).toEqual(
      refused('rights-managed', 'a.doc'),
    )
  })
})

describe('formatOfContent of what cannot be read', () => {
  const at = (offset: number, signature: string) =>
    latin1(`${' '.repeat(offset)}${signature}${'\0'.repeat(600)}`)

  it.each<[string, Uint8Array]>([
    ['xz', latin1('\xfd7zXZ\0')],
    ['7z', latin1('7z\xbc\xaf\x27\x1c')],
    ['RAR', latin1('Rar!\x1a\x07\x01\0')],
    ['LZH', latin1('\x20\x33-lh5-')],
    ['tar', at(257, 'ustar')],
    ['EXE, DLL', latin1(`MZ\x90\0${'\0'.repeat(60)}`)],
    ['ELF', latin1('\x7fELF\x02')],
    ['MP4, MOV', latin1('\0\0\0\x20ftypisom')],
    ['HEIC, AVIF', latin1('\0\0\0\x20ftypheic')],
    ['MP3', latin1('ID3\x04\0')],
    ['WAV', latin1('RIFF\x24\0\0\0WAVEfmt ')],
    ['WOFF', latin1('wOF2\0')],
    ['SQLite', latin1('SQLite format 3\0')],
  ])('%s', (type, bytes) => {
    expect(found(bytes, 'a.txt')).toEqual(refused('unsupported-type', 'a.txt', { type }))
  })

  it('takes pictures of every kind for pictures', () => {
    const bitmap = Buffer.alloc(60)
    bitmap.write('BM')
    bitmap.writeUInt32LE(40, 14)
    const pictures = [
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff\xe0',
      'GIF89a',
      'RIFF\0\0\0\0WEBPVP8 ',
      'II*\0',
      'MM\0*',
    ]
    expect([...pictures.map(latin1), bitmap].map((bytes) => found(bytes, 'a.txt'))).toEqual(
      Array.from({ length: 7 }, () => 'image'),
    )
  })

  it('names the predecessors of formats', () => {
    expect(found(latin1('\x09\x08\x08\0\0\x05'), 'a.xls')).toEqual(
      refused('legacy-format', 'a.xls', { type: 'Excel 5', wanted: 'XLSX' }),
    )
    expect(found(latin1('\xdb\xa5\x2d\0'), 'a.doc')).toEqual(
      refused('legacy-format', 'a.doc', { type: 'Word 2', wanted: 'DOCX' }),
    )
  })
})
