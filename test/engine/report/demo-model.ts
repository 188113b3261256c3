import {
  at,
  between,
  type Block,
  type Cell,
  empty,
  formula,
  number,
  quoted,
  type ReportModel,
  type SheetModel,
  text,
} from '../../../src/engine/report/sheet-model.ts'
import {
  bars,
  CASH,
  CONTEXTS,
  CUMULATIVE,
  NAMES,
  NPV,
  PRICE,
  RATE,
  scatterMemory,
  scatterYears,
  YEARLY,
  YEARS,
} from './demo-charts.ts'

const input = (key: string, value: number, format: 'price' | 'percent1' | 'integer', limits = {}): Cell => ({
  kind: 'input',
  value,
  format,
  id: `a.${key}`,
  name: key,
  allowed: { kind: 'number', isInteger: false, least: null, above: null, most: null, below: null, ...limits },
  refusal: 'この値は使えません。正しい範囲の値を入力してください。',
})

const assumptions: SheetModel = {
  name: '前提条件',
  widths: [36, 18, 14, 50],
  onePage: false,
  blocks: [
    { kind: 'title', text: '前提条件' },
    { kind: 'paragraph', text: '黄色のセルだけを変更してください。' },
    {
      kind: 'table',
      columns: [
        { header: '項目', align: 'left' },
        { header: '値', align: 'right' },
        { header: '単位', align: 'left' },
        { header: '出典', align: 'left' },
      ],
      rows: [
        [
          text('装置の価格'),
          input('devicePrice', PRICE, 'price', { least: 0 }),
          text('円'),
          text('見積書（2026年4月）'),
        ],
        [text('年間の節減'), input('yearlySaving', YEARLY, 'price'), text('円/年'), text('仮定')],
        [
          text('割引率'),
          input('discountRate', RATE, 'percent1', { above: -1, most: 1 }),
          text('年率'),
          text('仮定'),
        ],
        [
          text('台数'),
          input('count', 1, 'integer', { isInteger: true, least: 1, below: 100 }),
          text('台'),
          empty,
        ],
        [
          text('対象の候補'),
          {
            kind: 'input',
            value: NAMES[1]!,
            format: 'text',
            id: 'a.choice',
            name: 'choice',
            allowed: { kind: 'choice', among: [NAMES[1]!, '候補B, "特別版"', '=1+1'] },
            refusal: '一覧から選んでください。',
          },
          empty,
          text('=HYPERLINK("http://example.com","x")'),
        ],
        [
          text('備考'),
          { kind: 'input', value: '自由に記入', format: 'text', allowed: { kind: 'any' }, refusal: '' },
        ],
      ],
    },
  ],
}

const workings: SheetModel = {
  name: '計算・途中 経過',
  widths: [30, 14, 14, 14, 14, 14],
  onePage: false,
  isWorkings: true,
  blocks: [
    { kind: 'title', text: '計算' },
    {
      kind: 'table',
      columns: ['年', 'キャッシュ', '累計', '文脈長', ...NAMES].map((header, index) => ({
        header,
        align: index === 0 ? ('left' as const) : ('right' as const),
      })),
      rows: [
        [
          text('名前'),
          { ...text('キャッシュフロー'), id: 'name.cash' },
          { ...text('累計'), id: 'name.cumulative' },
          empty,
          { ...text(NAMES[0]!), id: 'name.0' },
          { ...text(NAMES[1]!), id: 'name.1' },
        ],
        ...YEARS.map((year): Cell[] => [
          { ...number(year, 'integer'), id: `year.${year}` },
          {
            kind: 'formula',
            id: `cash.${year}`,
            formula:
              year === 0
                ? formula`-${at('a.devicePrice')}*${at('a.count')}`
                : formula`${at('a.yearlySaving')}`,
            result: CASH[year]!,
            format: 'signedMoney',
          },
          {
            kind: 'formula',
            id: `cumulative.${year}`,
            formula: formula`SUM(${between('cash.0', `cash.${year}`)})`,
            result: CUMULATIVE[year]!,
            format: 'signedMoney',
          },
          ...(CONTEXTS[year] === undefined
            ? []
            : [
                { ...number(CONTEXTS[year], 'integer'), id: `context.${year}` },
                { ...number(CONTEXTS[year] * 0.0021, 'decimal2'), id: `memory.0.${year}` },
                { ...number(CONTEXTS[year] * 0.0006, 'decimal2'), id: `memory.1.${year}` },
              ]),
        ]),
      ],
    },
    {
      kind: 'table',
      columns: ['内訳', '土台', '増', '減'].map((header) => ({ header, align: 'left' as const })),
      rows: [
        [
          text('名前'),
          { ...text('土台'), id: 'fall.base' },
          { ...text('費用'), id: 'fall.cost' },
          { ...text('節減'), id: 'fall.saving' },
        ],
        ...[
          ['現状の総費用', 0, 9, 0],
          ['装置', 6, 0, 3],
          ['電力', 4, 0, 2],
          ['候補の総費用', 0, 4, 0],
        ].map(([name, base, cost, saving], index): Cell[] => [
          { ...text(String(name)), id: `fall.name.${index}` },
          { ...number(Number(base) * 1e6, 'money'), id: `fall.base.${index}` },
          { ...number(Number(cost) * 1e6, 'money'), id: `fall.cost.${index}` },
          { ...number(Number(saving) * 1e6, 'money'), id: `fall.saving.${index}` },
        ]),
      ],
    },
    {
      kind: 'table',
      columns: ['項目', '悲観', '楽観'].map((header) => ({ header, align: 'left' as const })),
      rows: [
        [text('名前'), { ...text('悲観'), id: 'tornado.low' }, { ...text('楽観'), id: 'tornado.high' }],
        ...[
          ['月間リクエスト数', -5.2, 6.1],
          ['装置の価格', 3, -2.5],
          ['電力単価', -0.8, 0.7],
        ].map(([name, low, high], index): Cell[] => [
          { ...text(String(name)), id: `tornado.name.${index}` },
          { ...number(Number(low) * 1e6, 'signedMoney'), id: `tornado.low.${index}` },
          { ...number(Number(high) * 1e6, 'signedMoney'), id: `tornado.high.${index}` },
        ]),
      ],
    },
  ],
}

const summary: SheetModel = {
  name: '要約',
  widths: [26, 20, 20, 20, 20, 24],
  onePage: true,
  blocks: [
    { kind: 'title', text: 'GQAモデルによる置き換えの評価報告書' },
    {
      kind: 'verdict',
      label: '品質を維持：置き換えを推奨します',
      text: '候補A（GQA-8）はベースラインと同等の品質で、メモリを71%削減します。許容差は事前に定めたものです。',
      tone: 'good',
    },
    {
      kind: 'figures',
      figures: [
        {
          label: '正味現在価値（NPV）',
          note: '5年間、割引率3.0%',
          cell: {
            kind: 'formula',
            id: 's.npv',
            formula: formula`${at('cash.0')}+NPV(${at('a.discountRate')},${between('cash.1', 'cash.5')})`,
            result: NPV,
            format: 'signedMoney',
            tone: 'good',
          },
        },
        {
          label: '回収期間',
          note: '割引なし。回収できない場合はその旨を表示します',
          cell: {
            kind: 'formula',
            formula: formula`IF(${at('a.yearlySaving')}>0,${at('a.devicePrice')}/${at('a.yearlySaving')},"回収できません")`,
            result: PRICE / YEARLY,
            format: 'years1',
          },
        },
        { label: 'CO₂削減量', note: '測定できませんでした', cell: { kind: 'missing' } },
      ],
    },
    {
      kind: 'live-paragraph',
      cell: {
        kind: 'formula',
        formula: formula`"現在の前提では、投資額は"&TEXT(${at('a.devicePrice')},"#,##0")&"円です。"&${quoted('推計値を含みます。')}`,
        result: '現在の前提では、投資額は4,500,000円です。推計値を含みます。',
        format: 'text',
      },
    },
    scatterYears,
    scatterMemory,
    { kind: 'heading', text: '感度と内訳' },
    bars(
      'stacked',
      '総費用の内訳',
      'fall',
      ['現状の総費用', '装置', '電力', '候補の総費用'],
      [
        ['土台', 'none', 'base', [0, 6, 4, 0]],
        ['費用', 0, 'cost', [9, 0, 0, 4]],
        ['節減', 'good', 'saving', [0, 3, 2, 0]],
      ],
    ),
    bars(
      'tornado',
      'NPVへの影響',
      'tornado',
      ['月間リクエスト数', '装置の価格', '電力単価'],
      [
        ['悲観', 'bad', 'low', [-5.2, 3, -0.8]],
        ['楽観', 'good', 'high', [6.1, -2.5, 0.7]],
      ],
    ),
    { kind: 'heading', text: '判定' },
    {
      kind: 'table',
      columns: [
        { header: '指標', align: 'left' },
        { header: '差', align: 'right' },
        { header: '判定', align: 'left' },
        { header: '区分', align: 'left' },
      ],
      rows: [
        [
          text('nll'),
          number(-0.00001, 'signedPercent2'),
          text('維持', { tone: 'good', bold: true }),
          text('実測'),
        ],
        [
          text('投資'),
          {
            kind: 'formula',
            id: 's.error',
            formula: formula`NA()+${at('a.count')}`,
            result: null,
            format: 'money',
          },
          {
            kind: 'formula',
            id: 's.word',
            formula: formula`IF(ISNA(${at('s.error')}),"判定できません","維持")`,
            result: '判定できません',
            format: 'text',
          },
          text('推計'),
        ],
      ],
      toneRules: [
        { text: '維持', tone: 'good' },
        { text: '判定できません', tone: 'caution' },
      ],
    },
    {
      kind: 'facts',
      rows: [
        ['実行ID', 'run-1'],
        ['注意', 'この報告書は既定の前提条件によるもので、確認されていません。'],
      ],
    },
    { kind: 'paragraph', text: '前提条件は未確認です。', tone: 'caution' },
  ],
}

const raw: SheetModel = {
  name: '生データ',
  widths: [40, 14, 14, 14],
  onePage: false,
  blocks: [
    { kind: 'title', text: '生データ' },
    {
      kind: 'table',
      columns: ['文書', 'A', 'B', '差'].map((header, index) => ({
        header,
        align: index === 0 ? ('left' as const) : ('right' as const),
      })),
      rows: Array.from({ length: 60 }, (_, index) => [
        text(`議事録_${index}.txt`),
        number(2.5 + index / 100, 'decimal4'),
        number(2.6, 'decimal4'),
        number(index / 10_000 - 0.003, 'signed4'),
      ]),
    },
    bars(
      'column',
      '費用の比較',
      'fall',
      ['現状の総費用', '装置', '電力', '候補の総費用'],
      [
        ['費用', 0, 'cost', [9, 0, 0, 4]],
        ['節減', 1, 'saving', [0, 3, 2, 0]],
      ],
    ),
  ],
}

/** A small report with every kind of block, cell and chart. */
export const demoModel: ReportModel = {
  title: '評価報告書 R&D',
  subject: 'Soroban',
  createdAt: '2026-04-01T09:30:00.000Z',
  footer: '&P / &N',
  currency: 'JPY',
  sheets: [summary, assumptions, raw, workings],
}

/** A report of one sheet with these blocks. */
export const modelOf = (blocks: readonly Block[], sheet: Partial<SheetModel> = {}): ReportModel => ({
  ...demoModel,
  title: 'Report',
  currency: null,
  sheets: [{ name: 'Sheet', widths: [20, 20, 20, 20], onePage: false, blocks, ...sheet }],
})
