import type {
  Deletion,
  DocumentEntry,
  DocumentsOverview,
  DocumentText,
} from '../../../src/shared/contract/documents.ts'
import type { RunEntry } from '../../../src/shared/contract/runs.ts'
import type { CorpusSettings, DocumentFormat } from '../../../src/shared/documents.ts'

const HEALTHY: NonNullable<DocumentEntry['health']> = {
  unreadable: 0,
  mojibake: 0,
  pagesWithoutText: 0,
  ocr: null,
  formulasWithoutResult: 0,
  macros: false,
  sensitive: [],
}

/** Of each format some, as a company has them. */
const KINDS: readonly (readonly [DocumentFormat, string, string])[] = [
  ['pdf', 'manuals/取扱説明書', 'pdf'],
  ['docx', 'minutes/品質会議議事録', 'docx'],
  ['xlsx', 'quality/測定結果', 'xlsx'],
  ['pptx', 'meetings/月次報告', 'pptx'],
  ['eml', 'mails/問い合わせ回答', 'eml'],
  ['text', 'regulations/購買規程', 'txt'],
  ['html', 'faq/よくある質問', 'html'],
  ['odt', 'regulations/就業規則', 'odt'],
  ['csv', 'quality/不良集計', 'csv'],
  ['msg', 'mails/納期調整', 'msg'],
  ['rtf', 'contracts/秘密保持契約', 'rtf'],
  ['xls', 'quality/旧-検査表', 'xls'],
]
const PAGED: ReadonlySet<DocumentFormat> = new Set(['pdf', 'pptx', 'xlsx', 'xls', 'docx'])
const TEXTUAL: ReadonlySet<DocumentFormat> = new Set(['text', 'csv', 'html', 'eml'])

function ready(index: number): DocumentEntry {
  const [format, title, extension] = KINDS[index % KINDS.length] ?? ['pdf', 'manuals/取扱説明書', 'pdf']
  const isEnglish = index % 9 === 4
  const month = String((index % 12) + 1).padStart(2, '0')
  const name = `${isEnglish ? 'reports/weekly-report' : title}-2025-${month}-${index}.${extension}`
  return {
    name,
    file: name,
    state: 'ready',
    format,
    encoding: TEXTUAL.has(format) ? (index % 4 === 1 ? 'shift_jis' : 'utf-8') : null,
    bytes: 13_200 + index * 4_111,
    characters: 1300 + index * 163,
    pages: PAGED.has(format) ? 3 : null,
    language: isEnglish ? 'en' : 'ja',
    duplicateOf: null,
    nearDuplicate: null,
    health: HEALTHY,
    steps: format === 'pdf' ? ['page-furniture', 'line-joins', 'line-ends'] : ['line-ends'],
    problem: null,
  }
}

const of = (name: string, change: Partial<DocumentEntry>): DocumentEntry => ({
  ...ready(5),
  name,
  file: name,
  ...change,
})
const health = (change: Partial<typeof HEALTHY>): Pick<DocumentEntry, 'health'> => ({
  health: { ...HEALTHY, ...change },
})

const SKIPPED: Partial<DocumentEntry> = {
  state: 'skipped',
  format: null,
  encoding: null,
  characters: null,
  pages: null,
  language: null,
  health: null,
  steps: [],
}

const ENTRIES: readonly DocumentEntry[] = [
  ...Array.from({ length: 34 }, (_, index) => ready(index)),
  of('contracts/旧-秘密保持契約.txt', {
    state: 'damaged',
    encoding: 'shift_jis',
    ...health({ unreadable: 12, mojibake: 0.04 }),
  }),
  of('contracts/契約書一式.zip/注文請書.docx', {
    file: 'contracts/契約書一式.zip',
    format: 'docx',
    encoding: null,
    ...health({ sensitive: [{ kind: 'telephone', count: 3 }] }),
  }),
  of('mails/顧客問い合わせ.eml/図面.pdf', {
    file: 'mails/顧客問い合わせ.eml',
    format: 'pdf',
    encoding: null,
    pages: 3,
    ...health({ pagesWithoutText: 2 }),
  }),
  of('manuals/油圧ユニット取扱説明書（スキャン）.pdf', {
    format: 'pdf',
    encoding: null,
    pages: 3,
    steps: ['ocr', 'line-joins', 'compatibility-characters', 'trailing-spaces'],
    ...health({ ocr: { pages: 3, confidence: 0.92 } }),
  }),
  of('quality/現場写真.png', {
    format: 'image',
    encoding: null,
    steps: ['ocr'],
    ...health({ ocr: { pages: 1, confidence: 0.71 } }),
  }),
  of('quality/原価計算.xlsx', { format: 'xlsx', encoding: null, pages: 3, ...health({ macros: true }) }),
  of('faq/社内システム手順.txt', {
    ...health({
      sensitive: [
        { kind: 'mail-address', count: 4 },
        { kind: 'my-number', count: 1 },
        { kind: 'password', count: 2 },
      ],
    }),
  }),
  of('minutes/品質会議-2025-05(コピー).txt', { state: 'duplicate', duplicateOf: ready(5).name }),
  of('regulations/購買規程（改訂案）.docx', {
    state: 'near-duplicate',
    format: 'docx',
    encoding: null,
    nearDuplicate: { of: ready(5).name, similarity: 0.94 },
  }),
  of('manuals/組立図.dwg', {
    ...SKIPPED,
    problem: { code: 'documents/unsupported-type', params: { name: 'manuals/組立図.dwg', type: '.dwg' } },
  }),
  of('contracts/価格表.xlsx', {
    ...SKIPPED,
    format: 'xlsx',
    problem: { code: 'documents/encrypted', params: { name: 'contracts/価格表.xlsx', type: 'XLSX' } },
  }),
  of('quality/測定ログ.csv', {
    ...SKIPPED,
    bytes: 734_003_200,
    format: 'csv',
    problem: { code: 'documents/timeout', params: { name: 'quality/測定ログ.csv', seconds: 120 } },
  }),
].toSorted((a, b) => (a.name < b.name ? -1 : 1))

const isCounted = ({ state }: DocumentEntry): boolean => state === 'ready' || state === 'damaged'

/** Some dozens of documents of all formats: most of them fine, the others each with something of their own. */
export function documentsOverview(
  folder: string,
  { excluded, nearDuplicates }: Pick<CorpusSettings, 'excluded' | 'nearDuplicates'>,
  deleted: ReadonlySet<string>,
): DocumentsOverview {
  const documents = ENTRIES.filter(({ name }) => !deleted.has(name)).map((entry): DocumentEntry => {
    if (excluded.includes(entry.name)) return { ...entry, state: 'excluded' }
    return entry.state === 'near-duplicate' && nearDuplicates === 'keep'
      ? { ...entry, state: 'ready' }
      : entry
  })
  const characters = documents.filter(isCounted).reduce((sum, { characters: each }) => sum + (each ?? 0), 0)
  return { folder, documents, characters, sha256: '9f2c'.padEnd(64, '41d7') }
}

/** Those whose files lie in the project's own folder are deleted; what lies in the same file goes with them. */
export function deletionOf(
  { folder, documents }: DocumentsOverview,
  names: readonly string[],
  runs: readonly RunEntry[],
): Deletion {
  const files = new Set(documents.filter(({ name }) => names.includes(name)).map(({ file }) => file))
  const paths = [...files].map((file) => `${folder}/${file}`)
  const isOwn = folder.endsWith('/documents')
  return {
    files: isOwn ? paths : [],
    originalsKept: isOwn ? [] : paths,
    alongside: documents
      .filter(({ name, file }) => files.has(file) && !names.includes(name))
      .map(({ name }) => name),
    runs: runs.filter(({ state }) => state === 'done').map(({ id }) => id),
  }
}

const PASSAGE = [
  '1.4月度の品質実績の報告(佐々木)',
  '本社工場の不良は60台で、内訳はスプール傷が27台、油漏れが18台、ねじ部打痕が9台、その他が6台であった。',
  'スプール傷が3月の14台からほぼ倍増しており、増加分の大半は4月14日から18日の週に集中している。',
  'この週は研磨盤の砥石を新しい銘柄に切り替えた時期と重なる。',
  '【決定事項】砥石・切削油・洗浄剤の3品目は、購買課が銘柄変更を把握した時点で、変更の届け出を起票する。',
].join('\n')
const CONTACT = '問い合わせ先: 佐々木 03-1234-5678、sasaki@example.co.jp'

/** Three pages for formats that have some, each with somebody's telephone number and mail address. */
export function documentText(name: string): DocumentText {
  const entry = ENTRIES.find((each) => each.name === name)
  const page = `${Array<string>(4).fill(PASSAGE).join('\n\n')}\n${CONTACT}\n`
  const text = `${page}\n${page}\n${page}`
  const starts = [0, page.length + 1, 2 * (page.length + 1)]
  const sensitive = starts.flatMap((start) =>
    (
      [
        ['telephone', '03-1234-5678'],
        ['mail-address', 'sasaki@example.co.jp'],
      ] as const
    ).map(([kind, found]) => {
      const from = text.indexOf(found, start)
      return { kind, from, to: from + found.length }
    }),
  )
  return {
    name,
    text,
    pageStarts: (entry?.pages ?? null) === null ? [] : starts,
    sensitive: (entry?.health?.sensitive.length ?? 0) > 0 ? sensitive : [],
  }
}
