import { describe, expect, test } from 'vitest'

import { ANSWERS, answerId } from '../../../../src/engine/report/money/answers.ts'
import type { MoneyReport } from '../../../../src/engine/report/money/money-report.ts'
import type {
  Block,
  Cell,
  Chart,
  FormulaResult,
  ReportModel,
} from '../../../../src/engine/report/sheet-model.ts'
import { VOLUME_FACTORS } from '../../../../src/engine/roi/index.ts'
import { LOCALES } from '../../../../src/shared/messages/index.ts'
import { ASSUMPTION_KEYS } from '../../../../src/shared/roi/assumptions.ts'
import { assumptionSet, GQA, MHA } from '../../roi/fixtures.ts'
import { cellsIn, HOSTILE, moneyModel, reportOf, spreadAssumptions, TOO_LARGE } from './reports.ts'

const THREE = [MHA, GQA, TOO_LARGE, HOSTILE]
const [ROI, ASSUMPTIONS_SHEET, SENSITIVITY, CALCULATION] = [0, 1, 2, 3] as const

const three = reportOf(THREE, spreadAssumptions())
const inEnglish = moneyModel(three, 'en')

const allCells = (model: ReportModel): readonly Cell[] => model.sheets.flatMap(cellsIn)

const byId = (model: ReportModel): ReadonlyMap<string, Cell> =>
  new Map(allCells(model).flatMap((cell) => (cell.id === undefined ? [] : [[cell.id, cell]])))

function resultOf(cells: ReadonlyMap<string, Cell>, id: string): FormulaResult {
  const cell = cells.get(id)
  if (cell?.kind !== 'formula') throw new Error(`${id} is no formula`)
  return cell.result
}

const charts = ({ sheets }: ReportModel): readonly Chart[] =>
  sheets.flatMap(({ blocks }) => blocks.filter((block): block is Chart => block.kind === 'chart'))

type Table = Extract<Block, { kind: 'table' }>
const tables = (model: ReportModel, sheet: number): readonly Table[] =>
  model.sheets[sheet]!.blocks.filter((block): block is Table => block.kind === 'table')

/** What a reader sees in the cells of a row. */
const shown = (row: readonly Cell[]): readonly (string | number | null)[] =>
  row.map((cell) => {
    switch (cell.kind) {
      case 'formula':
        return cell.result
      case 'text':
        return cell.text
      case 'number':
      case 'input':
        return cell.value
      default:
        return null
    }
  })

describe('references', () => {
  test('every id and defined name stands once, and every reference and range is there', () => {
    const cells = allCells(inEnglish)
    const ids = cells.flatMap(({ id }) => (id === undefined ? [] : [id]))
    const names = cells.flatMap(({ name }) => (name === undefined ? [] : [name.toLowerCase()]))
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(names).size).toBe(names.length)
    const referred = [
      ...cells.flatMap((cell) => (cell.kind === 'formula' ? cell.formula : [])),
      ...charts(inEnglish).flatMap(({ series }) =>
        series.flatMap(({ reference: { name, x, y } }) => [name, x, y]),
      ),
    ].flatMap((part) => (typeof part === 'string' ? [] : 'cell' in part ? [part.cell] : [part.from, part.to]))
    const known = new Set(ids)
    expect([...new Set(referred)].filter((id) => !known.has(id))).toEqual([])
  })

  test('assumptions and measured values have defined names', () => {
    const names = new Set(allCells(inEnglish).map(({ name }) => name))
    for (const key of ASSUMPTION_KEYS)
      expect([names.has(key), names.has(`${key}_pessimistic`), names.has(`${key}_optimistic`)]).toEqual([
        true,
        true,
        true,
      ])
    for (const name of ['candidate', 'measured_context_2', 'measured_ttftMs_0_0', 'measured_weightsBytes_3'])
      expect(names.has(name), name).toBe(true)
  })

  test('only the sheet of assumptions has inputs', () => {
    expect(
      inEnglish.sheets.map((sheet) => cellsIn(sheet).filter(({ kind }) => kind === 'input').length),
    ).toEqual([0, 1 + 6 * ASSUMPTION_KEYS.length, 0, 0])
  })

  test('no number on the sheets of answers is written down', () => {
    for (const sheet of [ROI, SENSITIVITY]) {
      const numbers = cellsIn(inEnglish.sheets[sheet]!).filter(({ kind }) => kind === 'number')
      // The ranks of the tornado name rows.
      expect(shown(numbers)).toEqual(sheet === ROI ? [] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    }
  })
})

test('a text in a formula stays within the 255 characters of a spreadsheet, and functions are old ones', () => {
  const functions = new Set<string>()
  let longest = 0
  for (const locale of LOCALES)
    for (const cell of allCells(moneyModel(three, locale))) {
      if (cell.kind !== 'formula') continue
      const printed = cell.formula.filter((part) => typeof part === 'string').join('A1')
      for (const [literal] of printed.matchAll(LITERAL)) longest = Math.max(longest, literal.length)
      for (const [name] of printed.replaceAll(LITERAL, '').matchAll(/[A-Z]+(?=\()/g)) functions.add(name)
    }
  expect(longest).toBeLessThanOrEqual(255)
  expect([...functions].toSorted()).toEqual(OLD_FUNCTIONS)
})

const LITERAL = /"(?:[^"]|"")*"/g

/** Of Excel 2007 and LibreOffice alike. */
const OLD_FUNCTIONS = [
  'ABS',
  'AND',
  'CHOOSE',
  'COLUMN',
  'COUNT',
  'COUNTIF',
  'EXACT',
  'IF',
  'IFERROR',
  'INDEX',
  'INT',
  'IRR',
  'ISERROR',
  'MATCH',
  'MAX',
  'MIN',
  'NA',
  'NPV',
  'OR',
  'ROUND',
  'SUM',
  'SUMPRODUCT',
  'TEXT',
]

describe('answers', () => {
  const scenarios = ['pessimistic', 'standard', 'optimistic'] as const

  test.each([
    ['three candidates', three],
    ['nothing invested', reportOf([MHA, GQA], assumptionSet())],
  ])('%s: the table shows the result, or why there is none', (_, report: MoneyReport) => {
    const cells = byId(moneyModel(report, 'en'))
    for (const [place, { scenarios: cases }] of report.result.candidates.entries())
      for (const scenario of scenarios) {
        const { noAnswers, ...one } = cases[scenario]
        const values: Record<(typeof ANSWERS)[number]['key'], number | null> = {
          npv: one.npv,
          irr: one.irr,
          roi: one.roi,
          payback: one.payback,
          discountedPayback: one.discountedPayback,
          'candidate.tco': one.candidate.tco,
          savings: one.savings,
          co2Saved: one.co2SavedKg,
        }
        for (const { key } of ANSWERS) {
          const reason = key in noAnswers ? noAnswers[key as keyof typeof noAnswers] : null
          const expected = values[key] ?? REASONS[reason ?? 'cannot-serve']
          expect(resultOf(cells, answerId(place, scenario, key)), `${place} ${scenario} ${key}`).toBe(
            expected,
          )
        }
      }
  })

  const REASONS = {
    'no-sign-change': 'none (nothing invested, or nothing returned)',
    'several-sign-changes': 'not unique (flows change sign more than once)',
    never: 'not within the horizon',
    'no-outlay': 'no additional outlay',
    'cannot-serve': 'cannot be served on this device',
  } as const

  test('the fixture has answers, and every reason why there is none', () => {
    const { irr, payback, discountedPayback } = three.result.candidates[three.chosen]!.scenarios.standard
    expect([irr, payback, discountedPayback].every((answer) => answer !== null && answer > 0)).toBe(true)
    const reasons = three.result.candidates.flatMap(({ scenarios: cases }) =>
      scenarios.flatMap((scenario) => Object.values(cases[scenario].noAnswers)),
    )
    expect(new Set(reasons)).toEqual(new Set([null, ...Object.keys(REASONS)]))
  })

  test('one that cannot be served says so everywhere', () => {
    const model = moneyModel(reportOf(THREE, spreadAssumptions(), 1), 'en')
    const cannot = 'cannot be served on this device'
    const figures = model.sheets[ROI]!.blocks.find((block) => block.kind === 'figures')
    expect(shown(figures!.figures.map(({ cell }) => cell))).toEqual([cannot, cannot, cannot])
    const sentences = shown(
      cellsIn({
        ...model.sheets[ROI]!,
        blocks: model.sheets[ROI]!.blocks.filter(({ kind }) => kind === 'live-paragraph'),
      }),
    )
    expect(sentences).toEqual([
      'Chosen candidate: gqa-large',
      'Candidate "gqa-large" cannot be compared: it, or the baseline, cannot be served on the assumed device within the latency target.',
      '17 assumptions still have their defaults, which nobody has confirmed. Amounts are provisional until the values on the sheet "Assumptions" are your own.',
      'For the chosen candidate the NPV of the standard or the optimistic scenario cannot be computed.',
    ])
    const waterfall = charts(model).find(({ chart }) => chart === 'stacked')!
    expect(waterfall.series.find(({ name }) => name === 'TCO')!.y.at(-1)).toBeNull()
  })
})

describe('charts', () => {
  const [cost, waterfall, tornado, volume] = charts(inEnglish) as [Chart, Chart, Chart, Chart]
  const chosen = three.result.candidates[three.chosen]!

  test('the waterfall leads from the TCO of the baseline to that of the candidate', () => {
    const [base, whole, more, less] = waterfall.series.map(({ y }) => y) as [
      number[],
      number[],
      number[],
      number[],
    ]
    const { baseline, candidate } = chosen.scenarios.standard
    expect([whole[0], whole[6]]).toEqual([baseline.tco, candidate.tco])
    let level = baseline.tco!
    for (let step = 1; step <= 5; step++) {
      const after = level + more[step]! - less[step]!
      expect(base[step]).toBeCloseTo(Math.min(level, after), 4)
      level = after
    }
    expect(level).toBeCloseTo(candidate.tco!, 4)
  })

  test('costs accumulate to the TCO, and years beyond the horizon fall onto its last', () => {
    const { horizon } = three.inputs.assumptions.values
    expect(cost.series.map(({ name }) => name)).toEqual(['mha', 'gqa', 'gqa-large', '=g*a?'])
    expect(cost.series[0]!.x).toEqual([0, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5])
    expect(cost.series[0]!.y[horizon.value]).toBeCloseTo(chosen.scenarios.standard.baseline.tco!, 4)
    expect(cost.series[2]!.y).toEqual(Array(11).fill(null))
  })

  test('the tornado has the engine’s ten inputs in its order', () => {
    const cells = byId(inEnglish)
    const label = (key: string): FormulaResult => {
      const cell = cells.get(`t.${key}.label`)
      return cell?.kind === 'text' ? cell.text : null
    }
    expect(tornado.series[0]!.x).toEqual(chosen.tornado.map(({ key }) => label(key)))
    const { npv } = chosen.scenarios.standard
    expect(tornado.series.map(({ y }) => y)).toEqual([
      chosen.tornado.map(({ npvPessimistic }) => npvPessimistic! - npv!),
      chosen.tornado.map(({ npvOptimistic }) => npvOptimistic! - npv!),
    ])
  })

  test('the volumes are the engine’s', () => {
    expect(volume.series[0]!.x).toEqual(chosen.volumes.map(({ requestsPerMonth }) => requestsPerMonth))
    expect(volume.series[0]!.y).toEqual(chosen.volumes.map(({ npv }) => npv))
    expect(volume.series[0]!.x).toHaveLength(VOLUME_FACTORS.length)
  })
})

test('the break-even is told in words', () => {
  const sentenceOf = (report: MoneyReport): FormulaResult => {
    const paragraphs = moneyModel(report, 'en').sheets[SENSITIVITY]!.blocks.filter(
      (block) => block.kind === 'live-paragraph',
    )
    const sentences = shown(paragraphs.map(({ cell }) => cell))
    return sentences.find((sentence) => String(sentence).startsWith('Break-even')) ?? null
  }
  const { breakEven } = three.result.candidates[three.chosen]!
  if (breakEven.kind !== 'at') throw new Error('the fixture has a break-even')
  expect(sentenceOf(three)).toBe(
    `Break-even: above about ${Math.round(breakEven.requestsPerMonth).toLocaleString('en')} requests a month the NPV is positive (estimated on straight lines between the points of the table).`,
  )
  const free = assumptionSet({ pocCost: 0, tuningCost: 0, migrationCost: 0 })
  expect(sentenceOf(reportOf([MHA, GQA], free))).toBe(
    'Break-even: the NPV is positive at every volume of the table.',
  )
  expect(sentenceOf(reportOf([MHA, TOO_LARGE], free))).toBe(
    'Break-even: cannot be computed, since at none of these volumes the demand can be served on the assumed device.',
  )
})

test('without demand there is no chart over it, in words', () => {
  const model = moneyModel(reportOf([MHA, GQA], assumptionSet({ requestsPerMonth: 0 })), 'en')
  expect(charts(model).map(({ title }) => title)).not.toContain('NPV by volume')
  expect(model.sheets[SENSITIVITY]!.blocks).toContainEqual({
    kind: 'paragraph',
    text: 'There is no chart by volume, as there are 0 requests a month.',
    tone: 'caution',
  })
})

test('columns beyond the horizon are empty', () => {
  const [, doNothing, baseline, candidate, flows, hours] = tables(inEnglish, ROI)
  const beyond = Array(5).fill('')
  const headers = ['Year 0', 'Year 1', 'Year 2', 'Year 3', 'Year 4', 'Year 5', ...beyond]
  for (const [table, name] of [
    [doNothing, 'Do nothing'],
    [baseline, 'Baseline'],
    [candidate, `Candidate "${three.inputs.candidates[three.chosen]!.id}"`],
    [flows, 'Candidate against baseline'],
    [hours, 'Item'],
  ] as const) {
    expect(table!.columns.map(({ header }) => header)).toEqual([name, 'Provenance', 'Total', ...headers])
    for (const row of table!.rows) expect(shown(row).slice(-5)).toEqual(beyond)
  }
})

test('the yearly costs and flows are the engine’s', () => {
  const [, , , candidate, flows] = tables(inEnglish, ROI)
  const { standard } = three.result.candidates[three.chosen]!.scenarios
  const [, , total, ...years] = shown(candidate!.rows.at(-1)!)
  const costs = years.slice(0, 6).map(Number)
  expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(standard.candidate.tco!, 4)
  expect(total).toBeCloseTo(standard.candidate.tco!, 4)
  expect(flows!.rows.map((row) => shown(row)[2])).toEqual([
    expect.closeTo(standard.savings!, 4),
    null,
    expect.closeTo(standard.npv!, 4),
    null,
  ])
  expect(shown(flows!.rows[3]!)[8]).toBeCloseTo(standard.npv!, 4)
})

test('assumptions are limited as the engine limits them, and coloured by origin', () => {
  const cell = byId(inEnglish).get('a.utilisation')
  expect(cell).toMatchObject({
    kind: 'input',
    value: 0.6,
    format: 'percent1',
    allowed: { kind: 'number', isInteger: false, least: null, above: 0, most: 1, below: null },
    refusal: 'Allowed for "Planned utilisation": more than 0, 1 or less',
  })
  expect(byId(inEnglish).get('a.candidate')).toMatchObject({
    value: three.inputs.candidates[three.chosen]!.id,
    allowed: { kind: 'choice', among: ['gqa', 'gqa-large', '=g*a?'] },
  })
  expect(tables(inEnglish, ASSUMPTIONS_SHEET)[1]!.toneRules).toEqual([
    { text: 'default', tone: 'caution' },
    { text: 'from the run', tone: 'muted' },
    { text: 'entered', tone: 'good' },
    { text: 'outside', tone: 'bad' },
  ])
})

test('small values keep three digits, and a standard outside of its range is marked', () => {
  const assumptions = assumptionSet({ measuredCompute: 0.192 })
  const { values } = assumptions
  const outside = { ...values.horizon, value: 3, pessimistic: 4, optimistic: 5 }
  const model = moneyModel(
    reportOf([MHA, GQA], { ...assumptions, values: { ...values, horizon: outside } }),
    'en',
  )
  expect(byId(model).get('a.measuredCompute')).toMatchObject({ value: 0.192, format: 'decimal4' })
  const marked = cellsIn(model.sheets[ASSUMPTIONS_SHEET]!).filter(
    (cell) => cell.kind === 'formula' && cell.result === 'outside',
  )
  expect(marked).toHaveLength(1)
})

test('candidates that may not be compared are named', () => {
  const report = reportOf([MHA, GQA, { ...HOSTILE, metric: 'bitsPerByte' }], assumptionSet())
  const paragraphs = moneyModel(report, 'ja').sheets[ROI]!.blocks.filter(
    (block) => block.kind === 'paragraph',
  )
  expect(paragraphs.map(({ text }) => text)).toContain(
    '候補「=g*a?」はトークナイザーがベースラインと異なるため、投資対効果の対象から除きました。',
  )
})

test('the workings are not part of the preview and every table says where its values are from', () => {
  expect(inEnglish.sheets.map(({ isWorkings }) => isWorkings ?? false)).toEqual([false, false, false, true])
  for (const sheet of [ROI, SENSITIVITY, CALCULATION])
    for (const { columns } of tables(inEnglish, sheet))
      expect(columns.map(({ header }) => header)).toContain('Provenance')
})
