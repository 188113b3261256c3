/** What a spreadsheet program writes: the same cells as XLSX, ODS and XLS. */
import { flatSheets, readableSheets, type Cell, type Sheet } from '../office/flat-sheets.ts'
import { MAX_CER, type OfficeSource } from './fixture.ts'

const era = (iso: string, shown: string): Cell => ({ value: iso, shown, format: 'era' })
const yen = (value: number, formula?: string): Cell => ({
  value,
  shown: `¥${value.toLocaleString('en-US')}`,
  format: 'yen',
  ...(formula === undefined ? {} : { formula }),
})
const percent = (value: number): Cell => ({
  value,
  shown: `${(value * 100).toFixed(1)}%`,
  format: 'percent1',
})
const count = (value: number): Cell => ({ value, shown: value.toLocaleString('en-US'), format: 'grouped' })

const CLAIMS: readonly Sheet[] = [
  {
    name: 'クレーム一覧',
    headRows: 2,
    rows: [
      [
        {
          value: '社外クレーム受付台帳（2025年度上期）',
          shown: '社外クレーム受付台帳（2025年度上期）',
          format: 'text',
          span: [7, 1],
        },
        ...Array<null>(6).fill(null),
      ],
      ['受付番号', '受付日', 'お客様', '製品', '台数', '内容', '対応費用'],
      [
        'C25-001',
        era('2025-04-03', '令和7年4月3日'),
        '東浜樹脂機械株式会社',
        'HPU-12',
        count(1),
        '据付後に冷却ファンの周りで異音がする。',
        yen(18400),
      ],
      [
        'C25-002',
        era('2025-04-08', '令和7年4月8日'),
        '東雲建機株式会社',
        'KV-350-4C',
        count(3),
        {
          value: 'ブームが1時間に42mm沈下する（規格20mm以下）。',
          shown: 'ブームが1時間に42mm沈下する（規格20mm以下）。',
          format: 'text',
          comment: '8D-2025-003として調査中。次の報告は5月26日。',
        },
        yen(1402800),
      ],
      [
        'C25-007',
        era('2025-05-08', '令和7年5月8日'),
        '日向成形機株式会社',
        'KV-200-03C',
        count(2),
        '取付ボルトの長さが注文と違う。',
        yen(6200),
      ],
      [
        'C25-008',
        era('2025-05-13', '令和7年5月13日'),
        '霧ヶ原クレーン株式会社',
        'KV-350-4C',
        count(1),
        '銘板の型式の表示が誤っている。',
        yen(3150),
      ],
      [
        { value: '合計', shown: '合計', format: 'text', span: [4, 1] },
        null,
        null,
        null,
        { value: 7, shown: '7', format: 'grouped', formula: '=SUM([.E3:.E6])' },
        null,
        yen(1430550, '=SUM([.G3:.G6])'),
      ],
    ],
  },
  {
    name: '月別',
    headRows: 1,
    rows: [
      ['年月', '件数', '出荷台数', '百万台あたり', '目標達成'],
      [
        '2025年4月',
        count(6),
        count(20400),
        { value: 294.1176, shown: '294.12', format: 'two' },
        percent(0.68),
      ],
      [
        '2025年5月',
        count(4),
        count(19680),
        { value: 203.252, shown: '203.25', format: 'two' },
        percent(0.984),
      ],
      [
        '2025年6月',
        count(3),
        count(21260),
        { value: 141.1101, shown: '141.11', format: 'two' },
        percent(1.417),
      ],
    ],
  },
  {
    name: '作業用',
    hidden: true,
    rows: [['集計に使う。印刷しない。', count(12345)]],
  },
]

const dollars = (value: number): Cell => ({
  value,
  shown: `$${value.toLocaleString('en-US', { minimumFractionDigits: 2 })}`,
  format: 'dollars',
})
const iso = (value: string): Cell => ({ value, shown: value, format: 'dateIso' })

const ORDERS: readonly Sheet[] = [
  {
    name: 'Spare parts orders',
    headRows: 1,
    rows: [
      ['Order', 'Date', 'Customer', 'Part', 'Qty', 'Unit price', 'Amount', 'Share'],
      [
        'SP-1101',
        iso('2025-11-03'),
        'Chonburi Precision Moulding',
        'Seal kit KV200-SK',
        count(48),
        dollars(10.4),
        dollars(499.2),
        percent(0.124),
      ],
      [
        'SP-1102',
        iso('2025-11-04'),
        'Eastern Tool Supply',
        'Pump P-14, complete',
        count(6),
        dollars(412.5),
        dollars(2475),
        percent(0.616),
      ],
      [
        'SP-1103',
        iso('2025-11-10'),
        'Rayong Plastics',
        'Return filter RF-80',
        count(120),
        {
          value: 8.7,
          shown: '$8.70',
          format: 'dollars',
          comment: 'Price agreed by telephone on 7 November.',
        },
        dollars(1044),
        percent(0.26),
      ],
      [
        'Total',
        null,
        null,
        null,
        null,
        null,
        { value: 4018.2, shown: '$4,018.20', format: 'dollars', formula: '=SUM([.G2:.G4])' },
        null,
      ],
    ],
  },
  {
    name: 'Measurements',
    headRows: 1,
    rows: [
      ['No.', 'Spool diameter (mm)', 'Bore (mm)', 'Clearance (mm)', 'Remark'],
      ...[
        [1, 11.9907, 12.0033],
        [2, 11.9916, 12.0037],
        [3, 11.9901, 12.0042],
      ].map(([number = 0, spool = 0, bore = 0]): Cell[] => [
        count(number),
        { value: spool, shown: spool.toFixed(4), format: 'four' },
        { value: bore, shown: bore.toFixed(4), format: 'four' },
        { value: Number((bore - spool).toFixed(4)), shown: (bore - spool).toFixed(4), format: 'four' },
        number === 3 ? 'Measured again after cleaning; the first reading was rejected' : 'Accepted',
      ]),
    ],
  },
]

const BOOKS = [
  {
    stem: 'claims',
    language: 'ja',
    sheets: CLAIMS,
    features: [
      'dates of the era 令和',
      'merged cells',
      'comment',
      'formulas',
      'hidden sheet',
      'three sheets',
    ],
  },
  {
    stem: 'orders',
    language: 'en',
    sheets: ORDERS,
    features: ['dates', 'currency', 'percentages', 'comment', 'formula', 'two sheets'],
  },
] as const

export function workbooks(): OfficeSource[] {
  return BOOKS.map(({ stem, language, sheets, features }) => ({
    stem,
    flat: flatSheets(sheets),
    flatEnding: 'fods',
    fixtures: (['xlsx', 'ods', 'xls'] as const).map((format) => ({
      format,
      language,
      features,
      maxCer: MAX_CER.usual,
      text: readableSheets(sheets),
    })),
  }))
}
