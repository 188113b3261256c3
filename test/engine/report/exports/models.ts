import type { Chart, ReportModel } from '../../../../src/shared/report-model.ts'

/** What text from documents and settings could hold to do harm. */
export const HOSTILE = {
  script: '</title></style><script>document.title = "run"</script>',
  attribute: `" onmouseover="alert(1)" '`,
  forbidden: 'a\ufffeb\u0000c\ud800d',
  rightToLeft: 'invoice\u202etxt.exe',
  long: 'あ'.repeat(40_000),
} as const

const chart = (part: Pick<Chart, 'chart' | 'title' | 'series'> & Partial<Chart>): Chart => ({
  kind: 'chart',
  alt: `${part.title}。`,
  x: { title: '文脈長（トークン）', format: 'integer' },
  y: { title: 'ミリ秒', format: 'decimal1' },
  width: 0.5,
  height: 14,
  ...part,
})

export const scatter = chart({
  chart: 'scatter',
  title: 'トークン間時間',
  x: { title: '文脈長（トークン）', format: 'integer', isLogarithmic: true },
  series: [
    { name: 'baseline', color: 0, x: [256, 1024, 4096], y: [10, null, 31], isMeasured: true },
    { name: HOSTILE.script, color: 1, x: [256, 1024, 4096, 16_384], y: [9, 11, 14, 26], isMeasured: true },
    { name: '推計', color: 1, x: [4096, 16_384], y: [14, 26], isMeasured: false },
  ],
})

const years = Array.from({ length: 11 }, (_, year) => Math.min(year, 5))

export const cost = chart({
  chart: 'scatter',
  title: '累計費用',
  x: { title: '年', format: 'integer' },
  y: { title: '円', format: 'money' },
  series: [
    { name: 'baseline', color: 0, x: years, y: years.map((year) => 24e6 + 9.5e6 * year), isMeasured: false },
    { name: 'gqa-2', color: 1, x: years, y: years.map((year) => 31e6 + 5.2e6 * year), isMeasured: false },
  ],
})

const column = chart({
  chart: 'column',
  title: 'KVキャッシュ',
  y: { title: 'GiB', format: 'decimal2' },
  series: [
    { name: 'baseline', color: 0, x: ['4,096', '16,384'], y: [2, 8], isMeasured: true },
    { name: 'gqa-2', color: 1, x: ['4,096', '16,384'], y: [0.5, 2], isMeasured: true },
    { name: 'gqa-1', color: 2, x: ['4,096', '16,384'], y: [0.25, null], isMeasured: false },
  ],
})

const steps = ['ベースラインの総費用', '機器の購入', '電力', '保守・運用', '候補の総費用']
export const waterfall = chart({
  chart: 'stacked',
  title: '5 年間の総費用の内訳',
  x: { title: '', format: 'integer' },
  y: { title: '円', format: 'money' },
  series: [
    { name: '', color: 'none', x: steps, y: [0, 50e6, 44e6, 41e6, 0], isMeasured: false },
    { name: '総費用', color: 'muted', x: steps, y: [71.5e6, 0, 0, 0, 41e6], isMeasured: false },
    { name: '減少', color: 'good', x: steps, y: [0, 21.5e6, 6e6, 3e6, 0], isMeasured: false },
    { name: '増加', color: 'bad', x: steps, y: [0, 0, 0, 0, 0], isMeasured: false },
  ],
})

const keys = [
  '1 か月の要求数',
  '機器の価格',
  '応答時間の目標',
  '利用率の上限',
  '電力単価',
  '人件費の時間単価',
]
export const tornado = chart({
  chart: 'tornado',
  title: '正味現在価値への影響',
  x: { title: '前提条件', format: 'integer' },
  y: { title: '標準との差（円）', format: 'signedMoney' },
  series: [
    { name: '悲観', color: 'bad', x: keys, y: [-18.2e6, -7e6, -5e6, -3.1e6, -1e6, 0.4e6], isMeasured: false },
    { name: '楽観', color: 'good', x: keys, y: [22e6, 6.5e6, 2e6, 3e6, 1.2e6, -0.3e6], isMeasured: false },
  ],
})

/** A report with every kind of block, cell and chart, and hostile text wherever there is text. */
export const everything: ReportModel = {
  title: `報告書 ${HOSTILE.script}`,
  subject: HOSTILE.attribute,
  createdAt: '2026-04-01T01:02:03.000Z',
  footer: '&P / &N',
  currency: 'JPY',
  sheets: [
    {
      name: `要約 ${HOSTILE.attribute}`,
      widths: [20, 20],
      onePage: true,
      blocks: [
        { kind: 'title', text: `GQA 置き換え評価 ${HOSTILE.script}` },
        { kind: 'verdict', label: '品質を維持', text: `${HOSTILE.rightToLeft} の差は +0.57%`, tone: 'good' },
        {
          kind: 'figures',
          figures: [
            {
              label: '正味現在価値',
              cell: { kind: 'number', value: 12_345_678, format: 'money' },
              note: '5 年、割引率 5%',
            },
            {
              label: '回収期間',
              cell: { kind: 'number', value: 1.63, format: 'years1', tone: 'good' },
              note: '',
            },
            { label: '内部収益率', cell: { kind: 'missing' }, note: '符号の変化がありません' },
            {
              label: '判定',
              cell: { kind: 'text', text: '条件付き', tone: 'caution' },
              note: HOSTILE.attribute,
            },
          ],
        },
        {
          kind: 'facts',
          rows: [
            ['実行ID', HOSTILE.script],
            ['装置', 'GPU'],
          ],
        },
        cost,
        waterfall,
        { kind: 'paragraph', text: HOSTILE.forbidden, tone: 'bad' },
      ],
    },
    {
      name: '性能・資源',
      widths: [20, 20],
      onePage: false,
      blocks: [
        { kind: 'title', text: '性能・資源' },
        { kind: 'heading', text: '表' },
        {
          kind: 'table',
          columns: [
            { header: '文書', align: 'left' },
            { header: '値', align: 'right' },
          ],
          rows: [
            [
              { kind: 'text', text: HOSTILE.long },
              { kind: 'number', value: -1234.5, format: 'signedMoney', tone: 'bad' },
            ],
            [{ kind: 'text', text: HOSTILE.script, bold: true }, { kind: 'missing' }],
            [{ kind: 'empty' }, { kind: 'number', value: 0.0571, format: 'signedPercent2' }],
          ],
        },
        scatter,
        column,
        { ...tornado, width: 1, height: 16 },
      ],
    },
  ],
}
