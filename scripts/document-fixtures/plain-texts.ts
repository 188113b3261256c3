/** Texts and tables in the encodings that companies have, by iconv; pages and rich text written by hand. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

import { readableText } from '../office/blocks.ts'
import { MAX_CER, type Fixture } from './fixture.ts'
import { webPage } from './web-page.ts'
import { sourceBlocks } from './word-documents.ts'

/** By glibc's iconv, so that no library of the product decides what an encoding is. */
export function encode(text: string, encoding: string): Uint8Array {
  return execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: text })
}

const NOTICE = readFileSync(new URL('sources/notice.ja.txt', import.meta.url), 'utf8')

const HOLIDAY = `To all suppliers,

Our receiving dock in Kitamigawa will be closed from 27 December 2025 to 4 January 2026 – the
annual inspection of the switchgear takes place on the 28th. Goods that arrive at the forwarder’s
warehouse before 3 p.m. on the 25th will still be booked in this year’s accounts.

Please note:
• Drawings marked “obsolete” must be returned or destroyed before the holidays.
• Certificates (EN 10204, type 3.1) travel with the goods; a PDF afterwards isn’t enough.
• Prices in euros (€) remain valid until 31 March; for zinc-coated parts we’ll ask again in January.

Señor Peña, Frau Größer and M. Benoît will answer questions about São Paulo, Würzburg and Orléans.
`

const PARTS = [
  ['品番', '品名', '材質', '数量', '単価', '備考'],
  ['350-1001A', 'ボディ鋳物', 'FCD450', '120', '4,850', '鋳巣なきこと。受入検査は13個抜取り'],
  ['350-2014B', 'スプール', 'SCM415', '120', '3,120', '浸炭焼入れ、HRC58以上'],
  ['P-22', 'Oリング', 'フッ素ゴム', '6,000', '38', '10月20日組立分から代替品'],
  ['KV-SOL-24', 'ソレノイド\n（DC24V）', '―', '240', '2,760', '「赤」の結線に注意'],
  ['350-3009', 'キャップ', 'S45C', '240', '415', '溝深さ 1.40mm +0.05/0'],
]

export function plainTexts(): Fixture[] {
  const text = (file: string, source: string, encoding: string, features: readonly string[]): Fixture => ({
    file,
    format: file.endsWith('.md') ? 'markdown' : 'text',
    language: source === HOLIDAY ? 'en' : 'ja',
    features,
    madeBy: encoding === 'UTF-8' ? 'by hand' : 'iconv 2.36',
    maxCer: MAX_CER.usual,
    text: source,
    bytes: encode(features.includes('byte order mark') ? `\ufeff${source}` : source, encoding),
  })
  const notice = '# 年末年始の休業のお知らせ\n\n' + NOTICE.replaceAll('\n\n', '\n\n---\n\n')
  return [
    text('notice-utf-8.txt', NOTICE, 'UTF-8', ['UTF-8']),
    text('notice-utf-8-windows.txt', NOTICE.replaceAll('\n', '\r\n'), 'UTF-8', ['byte order mark', 'CRLF']),
    text('notice-utf-16le.txt', NOTICE, 'UTF-16LE', ['UTF-16LE', 'byte order mark']),
    text('notice-utf-16be.txt', NOTICE, 'UTF-16BE', ['UTF-16BE', 'byte order mark']),
    text('notice-shift-jis.txt', NOTICE.replaceAll('\n', '\r\n'), 'CP932', ['Shift_JIS', 'CRLF']),
    text('notice-euc-jp.txt', NOTICE, 'EUC-JP', ['EUC-JP']),
    text('notice-iso-2022-jp.txt', NOTICE, 'ISO-2022-JP', ['ISO-2022-JP']),
    text('holiday-windows-1252.txt', HOLIDAY, 'WINDOWS-1252', ['windows-1252', 'typographic quotes']),
    text('holiday-utf-8.md', HOLIDAY, 'UTF-8', ['UTF-8', 'kept as it is written']),
    text('notice.md', notice, 'UTF-8', ['UTF-8', 'kept as it is written']),
    text('notice-shift-jis.md', notice, 'CP932', ['Shift_JIS', 'kept as it is written']),
  ].map((fixture) => ({ ...fixture, text: fixture.text.replaceAll('\r\n', '\n') }))
}

export function tables(): Fixture[] {
  const quoted = (cell: string, separator: string): string =>
    cell.includes(separator) || cell.includes('\n') ? `"${cell}"` : cell
  const written = (separator: string, lineEnd: string): string =>
    PARTS.map((row) => row.map((cell) => quoted(cell, separator)).join(separator) + lineEnd).join('')
  const shared = {
    language: 'ja',
    madeBy: 'iconv 2.36',
    maxCer: MAX_CER.usual,
    text: PARTS.map((row) => row.map((cell) => cell.replaceAll('\n', ' ')).join('\t')).join('\n') + '\n',
  } as const
  const features = ['quoted commas', 'line break in a cell']
  return [
    {
      ...shared,
      file: 'parts-shift-jis.csv',
      format: 'csv',
      features: [...features, 'Shift_JIS'],
      bytes: encode(written(',', '\r\n'), 'CP932'),
    },
    {
      ...shared,
      file: 'parts-utf-8.csv',
      format: 'csv',
      features: [...features, 'byte order mark'],
      bytes: encode(`\ufeff${written(',', '\r\n')}`, 'UTF-8'),
    },
    {
      ...shared,
      file: 'parts-euc-jp.csv',
      format: 'csv',
      features: [...features, 'EUC-JP'],
      bytes: encode(written(',', '\n'), 'EUC-JP'),
    },
    {
      ...shared,
      file: 'parts-utf-16le.tsv',
      format: 'tsv',
      features: ['UTF-16LE', 'byte order mark'],
      bytes: encode(`\ufeff${written('\t', '\r\n')}`, 'UTF-16LE'),
    },
    {
      ...shared,
      file: 'parts-utf-8.tsv',
      format: 'tsv',
      features: ['UTF-8'],
      bytes: encode(written('\t', '\n'), 'UTF-8'),
    },
  ]
}

export function pages(): Fixture[] {
  const page = (
    stem: string,
    source: Parameters<typeof sourceBlocks>[0],
    look: { readonly charset: string; readonly encoding: string; readonly features: readonly string[] },
  ): Fixture => {
    const language = source.endsWith('.ja') ? 'ja' : 'en'
    const blocks = sourceBlocks(source).filter((block) => block.kind !== 'page-break')
    const plain = blocks.map((block) =>
      'content' in block
        ? { ...block, content: block.content.filter((inline) => inline.kind !== 'footnote') }
        : block,
    )
    return {
      file: `${stem}.html`,
      format: 'html',
      language,
      features: look.features,
      madeBy: 'by hand',
      maxCer: MAX_CER.usual,
      text: readableText(plain),
      bytes: encode(webPage(plain, { language, charset: look.charset }), look.encoding),
    }
  }
  return [
    page('travel-rules', 'travel-rules.ja', {
      charset: 'utf-8',
      encoding: 'UTF-8',
      features: ['ruby', 'table'],
    }),
    page('quality-meeting-shift-jis', 'quality-meeting.ja', {
      charset: 'Shift_JIS',
      encoding: 'CP932',
      features: ['Shift_JIS', 'table'],
    }),
    page('shrine-notice-euc-jp', 'shrine-notice.ja', {
      charset: 'EUC-JP',
      encoding: 'EUC-JP',
      features: ['EUC-JP', 'ruby'],
    }),
    page('maintenance', 'maintenance.en', { charset: 'utf-8', encoding: 'UTF-8', features: ['table'] }),
  ]
}

/** Rich text as Japanese programs of the 1990s write it: bytes of code page 932 as `\'hh` (RTF 1.9.1). */
export function richText(): Fixture[] {
  const lines = NOTICE.trimEnd().split('\n')
  const escaped = (line: string): string =>
    [...encode(line, 'CP932')]
      .map((byte) => {
        if (byte >= 0x80) return `\\'${byte.toString(16)}`
        const character = String.fromCharCode(byte)
        return '\\{}'.includes(character) ? `\\${character}` : character
      })
      .join('')
  const body = lines.map((line) => `\\pard ${escaped(line)}\\par\r\n`).join('')
  const fonts =
    "{\\fonttbl{\\f0\\fmodern\\fprq1\\fcharset128 \\'82\\'6c\\'82\\'72 \\'83\\'53\\'83\\'56\\'83\\'62\\'83\\'4e;}}"
  return [
    {
      file: 'notice-cp932.rtf',
      format: 'rtf',
      language: 'ja',
      features: ['code page 932', 'information and style groups to be skipped'],
      madeBy: 'by hand',
      maxCer: MAX_CER.usual,
      text: NOTICE,
      bytes: Buffer.from(
        `{\\rtf1\\ansi\\ansicpg932\\deff0\\deflang1041${fonts}\r\n{\\info{\\author Wakamatsu}{\\title notice}}` +
          `{\\*\\generator Riched20 5.50;}\\viewkind4\\uc2\\lang1041\\f0\\fs21\r\n${body}}\r\n`,
        'latin1',
      ),
    },
  ]
}
