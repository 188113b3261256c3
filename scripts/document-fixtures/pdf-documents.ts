/** PDF by other makers than a word processor: a browser, hands, a scanner. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import Encoding from 'encoding-japanese'

import { readableText, type Block } from '../office/blocks.ts'
import { flatText } from '../office/flat-text.ts'
import { MAX_CER, type Fixture, type Workshop } from './fixture.ts'
import { rawJapanesePdf, scannedPdf } from './raw-pdf.ts'
import { webPage } from './web-page.ts'
import { sourceBlocks, type SourceName } from './word-documents.ts'

/** Chromium's, of pages that we write. */
export function printedPages({ folder }: Workshop): Fixture[] {
  const pages = [
    {
      stem: 'shrine-notice-web-vertical',
      source: 'shrine-notice.ja',
      style:
        'html { writing-mode: vertical-rl } h1 { text-align: start } body { font-size: 13pt; line-height: 2.1 }',
      features: ['vertical writing', 'ruby'],
    },
    { stem: 'quality-meeting-web', source: 'quality-meeting.ja', style: '', features: ['table', 'lists'] },
    {
      stem: 'travel-rules-web-columns',
      source: 'travel-rules.ja',
      style: 'main { column-count: 2; column-gap: 10mm } body { font-size: 9.5pt } table { font-size: 7pt }',
      features: ['two columns', 'ruby', 'table'],
    },
    {
      stem: 'maintenance-web',
      source: 'maintenance.en',
      style: 'p, li { text-align: justify; hyphens: auto } body { font-family: "Liberation Serif" }',
      features: ['justified', 'table', 'lists'],
    },
  ] as const
  return pages.map(({ stem, source, style, features }) => {
    // A browser has no footnotes; pages are as long as they come.
    const blocks = sourceBlocks(source)
      .filter((block) => block.kind !== 'page-break')
      .map(withoutFootnotes)
    const page = path.join(folder, `${stem}.html`)
    const pdf = path.join(folder, `${stem}.pdf`)
    writeFileSync(page, webPage(blocks, { language: languageOf(source), style }))
    const profile = path.join(folder, 'chromium')
    mkdirSync(profile, { recursive: true })
    const options = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-pdf-header-footer',
      `--user-data-dir=${profile}`,
    ]
    execFileSync('chromium', [...options, `--print-to-pdf=${pdf}`, pathToFileURL(page).href], {
      stdio: 'ignore',
    })
    const maxCer = features.some((feature) => feature === 'vertical writing')
      ? MAX_CER.vertical
      : MAX_CER.usual
    return {
      file: `${stem}.pdf`,
      format: 'pdf',
      language: languageOf(source),
      features,
      madeBy: 'Chromium 150',
      maxCer,
      text: readableText(blocks),
      bytes: readFileSync(pdf),
    }
  })
}

/** Written by hand, with Japanese fonts that are not embedded. */
export function rawPdfs(): Fixture[] {
  const text = [
    '御見積書',
    '東雲建機株式会社　御中',
    '件名：油圧バルブKV-350-4C　交換部品一式',
    '発行日：令和7年6月20日　有効期限：発行日から30日',
    '下記のとおり御見積り申し上げます。ご用命を賜りますようお願い申し上げます。',
    'お支払いは、月末締め翌月末日の銀行振込みとさせていただきます。部品の在庫は長野県の本社工場にございますので、正午までのご注文は、当日に発送いたします。',
    '交換の作業は、1台あたり約1時間30分を要します。作業の間は機械を止め、作動油の温度が40℃以下に下がっていることをお確かめください。',
    '担当：営業部　長峰 一樹　電話　06-0000-1280',
  ].join('\n')
  const utf16be = (line: string): Uint8Array => Buffer.from(line, 'utf16le').swap16()
  const shared = { format: 'pdf', language: 'ja', madeBy: 'by hand', text: `${text}\n` } as const
  const verticalText = readableText(sourceBlocks('shrine-notice.ja')).trimEnd()
  return [
    {
      ...shared,
      file: 'quotation-utf16.pdf',
      features: ['font not embedded', 'UniJIS-UTF16-H', 'lines broken by hand'],
      maxCer: MAX_CER.usual,
      bytes: rawJapanesePdf(text, 'horizontal', utf16be),
    },
    {
      ...shared,
      file: 'quotation-shift-jis.pdf',
      features: ['font not embedded', '90ms-RKSJ-H', 'lines broken by hand'],
      maxCer: MAX_CER.usual,
      bytes: rawJapanesePdf(text, 'shiftJis', shiftJis),
    },
    {
      ...shared,
      file: 'shrine-notice-raw-vertical.pdf',
      features: ['vertical writing', 'font not embedded', 'UniJIS-UTF16-V'],
      maxCer: MAX_CER.vertical,
      text: `${verticalText}\n`,
      bytes: rawJapanesePdf(verticalText, 'vertical', utf16be),
    },
  ]
}

/** Pictures at 200 dpi of pages that LibreOffice printed. */
export function scans({ folder, office }: Workshop): Fixture[] {
  const sources = [
    { stem: 'scan-quality-meeting', source: 'quality-meeting.ja', picture: 'png' },
    { stem: 'scan-test-report', source: 'test-report.ja', picture: 'jpeg' },
    { stem: 'scan-offer-letter', source: 'offer-letter.en', picture: 'png' },
    { stem: 'scan-maintenance', source: 'maintenance.en', picture: 'jpeg' },
  ] as const
  return sources.flatMap(({ stem, source, picture }): Fixture[] => {
    const language = languageOf(source)
    // Prose: recognising tables is another art.
    const blocks = sourceBlocks(source)
      .filter((block) => block.kind !== 'table')
      .map(withoutFootnotes)
    const flat = path.join(folder, `${stem}.fodt`)
    writeFileSync(flat, flatText(blocks, { title: stem, language, font: 'serif', size: 11 }))
    office.convert([flat], 'pdf', folder)
    // Grey in a PDF or JPEG, as copiers make it; black and white in a PNG, as telefax does.
    const base = path.join(folder, stem)
    const render = (...options: readonly string[]): void => {
      execFileSync('pdftoppm', ['-r', '200', '-singlefile', ...options, `${base}.pdf`, base])
    }
    render('-gray', '-jpeg', '-jpegopt', 'quality=40')
    render('-mono', '-png')
    const shared = {
      language,
      features: ['200 dpi', 'no text layer'],
      madeBy: 'LibreOffice 7.4, Poppler 22.12',
      maxCer: MAX_CER.recognised,
      text: readableText(blocks),
    }
    const ending = picture === 'png' ? 'png' : 'jpg'
    return [
      { ...shared, file: `${stem}.pdf`, format: 'pdf', bytes: scannedPdf([readFileSync(`${base}.jpg`)]) },
      { ...shared, file: `${stem}.${ending}`, format: 'image', bytes: readFileSync(`${base}.${ending}`) },
    ]
  })
}

function shiftJis(text: string): Uint8Array {
  return Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), { to: 'SJIS', from: 'UNICODE' }))
}

function languageOf(source: SourceName): 'ja' | 'en' {
  return source.endsWith('.ja') ? 'ja' : 'en'
}

function withoutFootnotes(block: Block): Block {
  if (!('content' in block)) return block
  return { ...block, content: block.content.filter((inline) => inline.kind !== 'footnote') }
}
