import type { DocumentEntry, DocumentsOverview } from '../../../src/shared/contract/documents.ts'

const FOLDERS = ['contracts', 'faq', 'mails', 'manuals', 'minutes', 'quality', 'regulations'] as const
const TITLES = ['議事録', '取扱説明書', '問い合わせ回答', '月次報告', '購買規程'] as const

const PASSAGE = [
  '1.4月度の品質実績の報告(佐々木)',
  '本社工場の不良は60台で、内訳はスプール傷が27台、油漏れが18台、ねじ部打痕が9台、その他が6台であった。',
  'スプール傷が3月の14台からほぼ倍増しており、増加分の大半は4月14日から18日の週に集中している。',
  'この週は研磨盤の砥石を新しい銘柄に切り替えた時期と重なる。',
  '【決定事項】砥石・切削油・洗浄剤の3品目は、購買課が銘柄変更を把握した時点で、変更の届け出を起票する。',
].join('\n')

function ready(index: number): DocumentEntry {
  const folder = FOLDERS[index % FOLDERS.length] ?? 'mails'
  const title = TITLES[index % TITLES.length] ?? '議事録'
  const isEnglish = index % 9 === 4
  return {
    name: `${folder}/${isEnglish ? `weekly-report-${index}` : `${title}-2025-${String((index % 12) + 1).padStart(2, '0')}-${index}`}.${index % 5 === 0 ? 'md' : 'txt'}`,
    state: 'ready',
    format: index % 5 === 0 ? 'markdown' : 'text',
    encoding: index % 4 === 1 ? 'shift_jis' : 'utf-8',
    bytes: 3200 + index * 411,
    characters: 1300 + index * 163,
    language: isEnglish ? 'en' : 'ja',
    brokenCharacters: 0,
    duplicateOf: null,
    problem: null,
  }
}

const odd = (name: string, change: Partial<DocumentEntry>): DocumentEntry => ({
  ...ready(2),
  name,
  ...change,
})

const ENTRIES: readonly DocumentEntry[] = [
  ...Array.from({ length: 34 }, (_, index) => ready(index)),
  odd('contracts/旧-秘密保持契約.txt', { state: 'damaged', encoding: 'shift_jis', brokenCharacters: 12 }),
  odd('mails/白紙.txt', { state: 'blank', characters: 0, language: null }),
  odd('minutes/品質会議-2025-05(コピー).txt', {
    state: 'duplicate',
    duplicateOf: ready(4).name,
  }),
  odd('manuals/組立図.dwg', {
    state: 'skipped',
    format: null,
    encoding: null,
    characters: null,
    language: null,
    problem: { code: 'documents/unsupported-type', params: { name: 'manuals/組立図.dwg', type: '.dwg' } },
  }),
  odd('quality/空の帳票.csv', {
    state: 'skipped',
    bytes: 0,
    format: null,
    encoding: null,
    characters: null,
    language: null,
    problem: { code: 'documents/empty', params: { name: 'quality/空の帳票.csv' } },
  }),
  odd('quality/測定ログ.csv', {
    state: 'skipped',
    bytes: 734_003_200,
    format: 'csv',
    encoding: null,
    characters: null,
    language: null,
    problem: { code: 'documents/timeout', params: { name: 'quality/測定ログ.csv', seconds: 30 } },
  }),
].toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** Forty documents: most of them fine, one damaged, one blank, one duplicate, three that could not be read. */
export const documentsOverview = (folder: string): DocumentsOverview => ({
  folder,
  documents: [...ENTRIES],
  characters: ENTRIES.filter(({ state }) => state === 'ready' || state === 'damaged').reduce(
    (sum, { characters }) => sum + (characters ?? 0),
    0,
  ),
})

export const documentText = (name: string): string => `${name}\n\n${Array(12).fill(PASSAGE).join('\n\n')}`
