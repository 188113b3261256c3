import type { Block, Cell, ReportModel } from '../../../src/shared/report-model.ts'
import type { Assumptions } from '../../../src/shared/roi/assumptions.ts'
import { roiResult } from './roi.ts'

const text = (content: string): Cell => ({ kind: 'text', text: content })
const number = (value: number, format: Extract<Cell, { kind: 'number' }>['format']): Cell => ({
  kind: 'number',
  value,
  format,
})

/** A report as the engine would preview it. */
export const reportModel = (
  run: string,
  createdAt: string,
  assumptions: Assumptions | null = null,
): ReportModel => ({
  title: 'GQA 置き換え評価 報告書',
  subject: 'MHA ベースラインと GQA 候補の比較',
  createdAt,
  footer: `実行ID ${run}`,
  currency: assumptions?.currency ?? null,
  sheets: [
    {
      name: '要約',
      widths: [26, 18, 18, 18, 14],
      onePage: true,
      blocks: [
        { kind: 'title', text: 'GQA 置き換え評価 報告書' },
        {
          kind: 'facts',
          rows: [
            ['実行ID', run],
            ['実行日時 (UTC)', createdAt.slice(0, 19).replace('T', ' ')],
            ['評価した文書', '28 文書・14,807 トークン(71,909 バイト)'],
          ],
        },
        { kind: 'heading', text: '判定' },
        {
          kind: 'verdict',
          label: '品質を維持',
          tone: 'good',
          text: 'nll の差は −0.10 %(95 % 区間 −0.61 % ~ +0.40 %)。区間全体が許容差 +1.0 % の内側にあり、候補「reference-gqa」はベースラインの品質を保っています。',
        },
        ...(assumptions === null ? [] : moneyBlocks(run, assumptions)),
        { kind: 'heading', text: '主要な数値(ベースライン比)' },
        {
          kind: 'table',
          columns: [
            { header: '項目', align: 'left' },
            { header: 'ベースライン', align: 'right' },
            { header: '候補', align: 'right' },
            { header: '差', align: 'right' },
            { header: '由来', align: 'left' },
          ],
          rows: [
            [
              text('nll'),
              number(4.1505, 'decimal4'),
              number(4.1463, 'decimal4'),
              number(-0.001, 'signedPercent2'),
              text('実測'),
            ],
            [
              text('TTFT(文脈長 1024、ms)'),
              number(141.2, 'decimal1'),
              number(128.4, 'decimal1'),
              number(-0.091, 'signedPercent2'),
              text('実測'),
            ],
            [
              text('KVキャッシュ(文脈長 1024、バイト)'),
              number(8_388_608, 'integer'),
              number(2_097_152, 'integer'),
              number(-0.75, 'signedPercent2'),
              text('実測'),
            ],
            [
              text('最大常駐メモリ'),
              number(432_013_312, 'integer'),
              { kind: 'missing' },
              { kind: 'missing' },
              text('n/a'),
            ],
          ],
        },
        {
          kind: 'paragraph',
          tone: 'caution',
          text: '学習の経緯が異なるモデル同士の差には、ヘッド構成以外の要因も含まれます。',
        },
      ],
    },
    {
      name: '測定条件',
      widths: [26, 60],
      onePage: false,
      blocks: [
        { kind: 'title', text: '測定条件' },
        {
          kind: 'facts',
          rows: [
            ['CPU', 'Intel Core i7-13700'],
            ['メモリ', '32.0 GiB'],
            ['実行プロバイダー', 'cpu'],
            ['乱数シード', '1'],
          ],
        },
      ],
    },
  ],
})

/** The figures and drawings of a report with money in it. */
function moneyBlocks(run: string, assumptions: Assumptions): readonly Block[] {
  const shown = roiResult(run, assumptions).candidates[0]?.scenarios.standard
  if (shown === undefined) return []
  const amount = (value: number | null): Cell =>
    value === null ? { kind: 'missing' } : number(value, 'money')
  const years = shown.flows.map(({ year }) => year)
  return [
    {
      kind: 'figures',
      figures: [
        { label: '正味現在価値', cell: amount(shown.npv), note: '割引率 5 %、5 年間' },
        {
          label: '回収期間',
          cell: shown.payback === null ? text('評価期間内に回収できません') : number(shown.payback, 'years1'),
          note: '推計',
        },
        { label: '総費用の削減額', cell: amount(shown.savings), note: '推計' },
      ],
    },
    {
      kind: 'chart',
      chart: 'scatter',
      title: '累計の収支',
      alt: '累計の収支は年とともに増えます。',
      x: { title: '年', format: 'integer' },
      y: { title: '累計', format: 'money' },
      series: [
        {
          name: 'reference-gqa',
          color: 1,
          x: years,
          y: shown.flows.map(({ cumulative }) => cumulative),
          isMeasured: false,
        },
      ],
      width: 0.5,
      height: 14,
    },
    {
      kind: 'chart',
      chart: 'stacked',
      title: '総保有費用の差',
      alt: 'ベースラインと候補の総保有費用とその差です。',
      x: { title: '費目', format: 'integer' },
      y: { title: '金額', format: 'money' },
      series: [
        {
          name: 'base',
          color: 'none',
          x: ['ベースライン', '差', '候補'],
          y: [null, Math.min(shown.baseline.tco ?? 0, shown.candidate.tco ?? 0), null],
          isMeasured: false,
        },
        {
          name: 'ベースライン',
          color: 0,
          x: ['ベースライン', '差', '候補'],
          y: [shown.baseline.tco, null, null],
          isMeasured: false,
        },
        {
          name: '差',
          color: 'good',
          x: ['ベースライン', '差', '候補'],
          y: [null, Math.abs(shown.savings ?? 0), null],
          isMeasured: false,
        },
        {
          name: '候補',
          color: 1,
          x: ['ベースライン', '差', '候補'],
          y: [null, null, shown.candidate.tco],
          isMeasured: false,
        },
      ],
      width: 0.5,
      height: 14,
    },
  ]
}
