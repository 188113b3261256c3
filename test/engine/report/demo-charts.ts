import { at, between, type Chart } from '../../../src/engine/report/sheet-model.ts'

/** The figures of the demo report, computed apart from its formulas. */
export const YEARS = [0, 1, 2, 3, 4, 5]
export const PRICE = 4_500_000
export const YEARLY = 1_800_000
export const RATE = 0.03
export const CASH = YEARS.map((year) => (year === 0 ? -PRICE : YEARLY))
export const CUMULATIVE = CASH.map((_, year) => CASH.slice(0, year + 1).reduce((sum, cash) => sum + cash, 0))
export const NPV = CASH.reduce((sum, cash, year) => sum + cash / (1 + RATE) ** year, 0)
export const CONTEXTS = [512, 1024, 2048, 4096, 8192]
export const NAMES = ['ベースライン', '候補A（GQA-8）']

export const scatterYears: Chart = {
  kind: 'chart',
  chart: 'scatter',
  title: '累計キャッシュフロー',
  alt: '5年間の累計。3年目に黒字になります。',
  x: { title: '年', format: 'integer' },
  y: { title: '累計', format: 'money' },
  width: 0.5,
  height: 14,
  series: [
    {
      name: '累計',
      color: 1,
      isMeasured: false,
      x: YEARS,
      y: CUMULATIVE,
      reference: {
        name: at('name.cumulative'),
        x: between('year.0', 'year.5'),
        y: between('cumulative.0', 'cumulative.5'),
      },
    },
    {
      name: 'キャッシュフロー',
      color: 0,
      isMeasured: true,
      x: YEARS,
      y: CASH,
      reference: { name: at('name.cash'), x: between('year.0', 'year.5'), y: between('cash.0', 'cash.5') },
    },
  ],
}

export const scatterMemory: Chart = {
  kind: 'chart',
  chart: 'scatter',
  title: '文脈長ごとのメモリ',
  alt: 'メモリは文脈長に比例します。',
  x: { title: '文脈長（トークン）', format: 'integer', isLogarithmic: true },
  y: { title: 'GiB', format: 'decimal1', isLogarithmic: true },
  width: 0.5,
  height: 14,
  series: [0, 1].map((arm) => ({
    name: NAMES[arm]!,
    color: arm,
    isMeasured: true,
    x: CONTEXTS,
    y: CONTEXTS.map((context) => context * (arm === 0 ? 0.0021 : 0.0006)),
    reference: {
      name: at(`name.${arm}`),
      x: between('context.0', 'context.4'),
      y: between(`memory.${arm}.0`, `memory.${arm}.4`),
    },
  })),
}

export const bars = (
  chart: 'stacked' | 'tornado' | 'column',
  title: string,
  prefix: string,
  names: readonly string[],
  series: readonly (readonly [string, Chart['series'][number]['color'], string, readonly number[]])[],
): Chart => ({
  kind: 'chart',
  chart,
  title,
  alt: `${title}の図です。`,
  x: { title: '', format: 'integer' },
  y: { title: '円', format: chart === 'tornado' ? 'signedMoney' : 'money' },
  width: chart === 'column' ? 1 : 0.5,
  height: 14,
  series: series.map(([name, color, key, y], index) => ({
    name,
    color,
    isMeasured: index % 2 === 0,
    x: names,
    y: y.map((value) => value * 1e6),
    reference: {
      name: at(`${prefix}.${key}`),
      x: between(`${prefix}.name.0`, `${prefix}.name.${names.length - 1}`),
      y: between(`${prefix}.${key}.0`, `${prefix}.${key}.${names.length - 1}`),
    },
  })),
})
