/** What a word processor writes: the same texts as DOCX, ODT, DOC, RTF and PDF. */
import { readFileSync } from 'node:fs'

import { readableText, type Block } from '../office/blocks.ts'
import { flatText } from '../office/flat-text.ts'
import { parseMarkdown } from '../office/markdown.ts'
import type { TextLayout } from '../office/text-styles.ts'
import { MAX_CER, type OfficeSource } from './fixture.ts'

export type SourceName =
  | 'travel-rules.ja'
  | 'quality-meeting.ja'
  | 'shrine-notice.ja'
  | 'maintenance.en'
  | 'offer-letter.en'
  | 'test-report.ja'

export function sourceBlocks(name: SourceName): Block[] {
  return parseMarkdown(readFileSync(new URL(`sources/${name}.md`, import.meta.url), 'utf8'))
}

type WordFormat = 'docx' | 'odt' | 'doc' | 'rtf' | 'pdf'
const EDITABLE: readonly WordFormat[] = ['docx', 'odt', 'doc', 'rtf']

interface WordDocument {
  readonly source: SourceName
  readonly stem: string
  readonly layout: TextLayout
  readonly features: readonly string[]
  readonly formats: readonly WordFormat[]
  /** Whether the pages are enough to tell what stands on each of them. */
  readonly repeats?: true
}

const DOCUMENTS: readonly WordDocument[] = [
  {
    source: 'travel-rules.ja',
    stem: 'travel-rules',
    layout: {
      title: '出張旅費規程',
      language: 'ja',
      font: 'serif',
      header: 'KS-総-012 第16版　社外秘',
      footer: '北見川精機株式会社',
    },
    features: [
      'automatic clause numbers',
      'ruby',
      'footnotes',
      'table',
      'text box',
      'header and footer',
      'three pages',
    ],
    repeats: true,
    formats: [...EDITABLE, 'pdf'],
  },
  {
    source: 'quality-meeting.ja',
    stem: 'quality-meeting',
    layout: { title: '月次品質会議 議事録', language: 'ja', font: 'sans', footer: 'QM-2025-06' },
    features: ['table', 'lists', 'footer'],
    formats: [...EDITABLE, 'pdf'],
  },
  {
    source: 'test-report.ja',
    stem: 'test-report',
    layout: { title: '低温応答試験報告書', language: 'ja', font: 'sans', header: 'T-2025-118' },
    features: ['tables', 'symbols and units', 'Latin words among Japanese', 'header'],
    formats: [...EDITABLE, 'pdf'],
  },
  {
    source: 'maintenance.en',
    stem: 'maintenance',
    layout: {
      title: 'HPU-12 maintenance',
      language: 'en',
      font: 'serif',
      header: 'MM-HPU12-E',
      footer: 'Page',
    },
    features: ['footnotes', 'table', 'lists', 'hyphenation', 'header and footer'],
    formats: [...EDITABLE, 'pdf'],
  },
  {
    source: 'maintenance.en',
    stem: 'maintenance-columns',
    layout: { title: 'HPU-12 maintenance', language: 'en', font: 'serif', columns: 2, size: 9.5 },
    features: ['two columns', 'hyphenation', 'footnotes', 'table'],
    formats: ['pdf'],
  },
  {
    source: 'offer-letter.en',
    stem: 'offer-letter',
    layout: { title: 'Quotation', language: 'en', font: 'sans' },
    features: ['typographic quotes', 'accents', 'table'],
    formats: [...EDITABLE, 'pdf'],
  },
  {
    source: 'shrine-notice.ja',
    stem: 'shrine-notice-vertical',
    layout: { title: '安全祈願祭のご案内', language: 'ja', font: 'serif', vertical: true, size: 12 },
    features: ['vertical writing', 'ruby'],
    formats: ['docx', 'odt', 'pdf'],
  },
]

export function wordDocuments(): OfficeSource[] {
  return DOCUMENTS.flatMap((document) => {
    const editable = document.formats.filter((format) => format !== 'pdf')
    return [
      ...(editable.length > 0 ? [sourceOf(document, document.stem, editable)] : []),
      ...(document.formats.includes('pdf') ? [printedSource(document)] : []),
    ]
  })
}

/** On one page nothing shows what is header and what is text, so it has none. */
function printedSource(document: WordDocument): OfficeSource {
  const { header: _, footer: __, ...bare } = document.layout
  const layout = document.repeats ? document.layout : bare
  const features = document.features.filter((feature) => document.repeats || !/header|footer/.test(feature))
  return sourceOf({ ...document, layout, features }, `${document.stem}-printed`, ['pdf'])
}

function sourceOf(
  { source, layout, features }: WordDocument,
  stem: string,
  formats: readonly WordFormat[],
): OfficeSource {
  const blocks = sourceBlocks(source)
  return {
    stem,
    flat: flatText(blocks, layout),
    flatEnding: 'fodt',
    fixtures: formats.map((format) => ({
      format,
      language: layout.language,
      features,
      maxCer: format === 'pdf' && layout.vertical ? MAX_CER.vertical : MAX_CER.usual,
      text: readableText(blocks, format === 'pdf' ? 'page' : 'document'),
      ...(format === 'rtf' ? { filter: 'rtf:Rich Text Format' } : {}),
    })),
  }
}
