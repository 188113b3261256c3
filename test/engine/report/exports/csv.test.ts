import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'

import { csvText } from '../../../../src/engine/report/exports/csv/csv-text.ts'
import { TIDY_COLUMNS } from '../../../../src/engine/report/exports/csv/tidy-row.ts'
import { exportReport } from '../../../../src/engine/report/exports/index.ts'
import { calculateRoi, roiInputs } from '../../../../src/engine/roi/index.ts'
import { sampleResults } from '../../../fixtures/results.ts'
import { assumptionSet, GQA, MHA, runResults } from '../../roi/fixtures.ts'

type Row = Record<string, string>

/** Read as RFC 4180 says, with no leniency. */
const read = (csv: string): Row[] => parse(csv, { bom: true, columns: true, record_delimiter: '\r\n' })

describe('the text of a table', () => {
  it('begins with a byte order mark, ends rows with CRLF and quotes only where it must', () => {
    expect(
      csvText([
        ['a', 'b,c', 'd"e'],
        ['f\ng', null, 1.5],
      ]),
    ).toBe('\ufeffa,"b,c","d""e"\r\n"f\ng",,1.5\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1'])(
    'lets no text be a formula: %j',
    (text) => {
      const csv = csvText([['name'], [text]])
      expect(read(csv)).toEqual([{ name: `'${text}` }])
    },
  )

  it('leaves numbers as they are, exactly', () => {
    const values = [-1, 0.1 + 0.2, 1e-7, 123_456_789_012, -0.5]
    const fields = read(csvText([['value'], ...values.map((value) => [value])]))
    expect(fields.map(({ value }) => Number(value))).toEqual(values)
    expect(csvText([[-1]])).toBe('\ufeff-1\r\n')
  })

  it('has no number where there is none, and no character that is none', () => {
    expect(csvText([[Number.NaN, Infinity, 'a\ud800b\u0000c']])).toBe('\ufeff,,a\ufffdb\ufffdc\r\n')
  })
})

describe('a run as a table', () => {
  const results = sampleResults()
  const csv = exportReport(results, 'ja', null, 'csv')
  const rows = read(csv)
  const find = (part: Row): Row[] =>
    rows.filter((row) => Object.entries(part).every(([key, value]) => row[key] === value))

  it('has the columns that are documented, and a value a row', () => {
    expect(Object.keys(rows[0]!)).toEqual([...TIDY_COLUMNS])
    expect(new Set(rows.map(({ run }) => run))).toEqual(new Set(['run-0001']))
    expect(exportReport(sampleResults(), 'ja', null, 'csv')).toBe(csv)
    expect(new Set(rows.map(({ section }) => section))).toEqual(
      new Set(['quality', 'agreement', 'speed', 'memory', 'comparison', 'document']),
    )
  })

  it('says of every value where it comes from', () => {
    expect(find({ section: 'quality', arm: 'baseline', metric: 'nll', position_from: '' })).toEqual([
      {
        run: 'run-0001',
        section: 'quality',
        arm: 'baseline',
        scenario: '',
        document: '',
        metric: 'nll',
        context: '',
        position_from: '',
        position_to: '',
        year: '',
        requests_per_month: '',
        value: '3.5',
        ci95_low: '3.45',
        ci95_high: '3.55',
        n: '1200',
        unit: 'nats/token',
        provenance: 'measured',
        remark: '',
      },
    ])
    expect(find({ metric: 'kvBytesPredicted', arm: 'baseline', context: '256' })).toMatchObject([
      { value: String(1024 * 8 * 256), provenance: 'estimated' },
    ])
    expect(find({ metric: 'nll.margin' })).toMatchObject([{ value: '0.01', provenance: 'assumed' }])
  })

  it('leaves a value empty that could not be measured', () => {
    expect(find({ metric: 'peakRssBytes', arm: 'baseline' })).toMatchObject([
      { value: '', provenance: 'unavailable' },
    ])
  })

  it('has differences with verdicts, unstable speeds, positions and documents', () => {
    expect(find({ metric: 'nll.relative' })).toMatchObject([
      { value: '0.0057', ci95_high: '0.0086', remark: 'kept' },
    ])
    expect(find({ metric: 'tpotMs.difference' })).toMatchObject([
      { context: '1024', value: '-0.4', ci95_low: '-0.5' },
    ])
    expect(
      find({ metric: 'ttftMs', arm: 'baseline' }).map(({ context, remark }) => [context, remark]),
    ).toEqual([
      ['256', ''],
      ['1024', 'unstable'],
    ])
    expect(find({ arm: 'baseline', position_to: '256' })).toMatchObject([
      { metric: 'nll', position_from: '128' },
    ])
    expect(
      find({ section: 'document', arm: 'baseline', metric: 'nllSum' }).map((row) => [
        row.document,
        row.value,
        row.n,
      ]),
    ).toEqual([
      ["'=cmd|calc!A0.txt", '2100', '600'],
      ['議事録_x0041_\ufffe①.txt', '2101', '600'],
    ])
  })
})

describe('money as a table', () => {
  const results = runResults([MHA, GQA])
  const inputs = roiInputs(
    results,
    assumptionSet({
      requestsPerMonth: { pessimistic: 200_000, optimistic: 500_000 },
      powerPrice: { pessimistic: 35 },
    }),
  )
  const roi = calculateRoi(inputs)
  const rows = read(exportReport(results, 'en', inputs, 'csv'))
  const money = rows.filter(({ section }) => section?.startsWith('roi.'))
  const find = (part: Row): Row[] =>
    money.filter((row) => Object.entries(part).every(([key, value]) => row[key] === value))
  const numberOf = (row: Row | undefined): number | null =>
    row === undefined || row.value === '' ? null : Number(row.value)

  it('has the assumptions of all scenarios as assumed', () => {
    const values = roi.assumptions.values
    expect(
      find({ section: 'roi.assumption', scenario: 'standard' }).map((row) => [row.metric, numberOf(row)]),
    ).toEqual(Object.entries(values).map(([key, { value }]) => [key, value]))
    expect(new Set(find({ section: 'roi.assumption' }).map(({ provenance }) => provenance))).toEqual(
      new Set(['assumed']),
    )
    expect(find({ metric: 'powerPrice', scenario: 'standard' })).toMatchObject([{ unit: 'JPY/kWh' }])
  })

  it('has what the calculation gave, case by case and year by year', () => {
    const [candidate] = roi.candidates
    for (const scenario of ['pessimistic', 'standard', 'optimistic'] as const) {
      const one = candidate!.scenarios[scenario]
      for (const metric of [
        'npv',
        'irr',
        'roi',
        'payback',
        'discountedPayback',
        'savings',
        'co2SavedKg',
      ] as const) {
        const found = find({ section: 'roi.case', arm: 'gqa', scenario, metric })
        expect(found.map(numberOf)).toEqual([one[metric]])
      }
      expect(find({ section: 'roi.case', scenario, metric: 'flow' }).map(numberOf)).toEqual(
        one.flows.map(({ flow }) => flow),
      )
      expect(find({ section: 'roi.cost', arm: 'gqa', scenario, metric: 'cost' }).map(numberOf)).toEqual(
        one.candidate.years.map(({ cost }) => cost),
      )
      expect(find({ section: 'roi.cost', arm: 'mha', scenario, metric: 'tco' }).map(numberOf)).toEqual([
        one.baseline.tco,
      ])
      expect(find({ section: 'roi.sizing', arm: 'mha', scenario, metric: 'devices' }).map(numberOf)).toEqual([
        one.sizing.baseline.devices,
      ])
    }
    expect(find({ section: 'roi.do-nothing', metric: 'served' }).map(numberOf)).toEqual(
      roi.doNothing.years.map(({ served }) => served),
    )
    expect(
      find({ section: 'roi.volume', metric: 'npv' }).map((row) => [
        Number(row.requests_per_month),
        numberOf(row),
      ]),
    ).toEqual(candidate!.volumes.map(({ requestsPerMonth, npv }) => [requestsPerMonth, npv]))
    expect(find({ section: 'roi.sensitivity' })).toHaveLength(2 * candidate!.tornado.length)
    expect(new Set(find({ section: 'roi.case' }).map(({ provenance }) => provenance))).not.toContain(
      'measured',
    )
  })

  it('says of an answer that is not there why it is not', () => {
    const nothing = roiInputs(results, assumptionSet({ requestsPerMonth: 0 }))
    const table = read(exportReport(results, 'en', nothing, 'csv'))
    const irr = table.find(
      ({ section, metric, scenario }) =>
        section === 'roi.case' && metric === 'irr' && scenario === 'standard',
    )
    const { noAnswers } = calculateRoi(nothing).candidates[0]!.scenarios.standard
    expect(noAnswers.irr).not.toBeNull()
    expect(irr).toMatchObject({ value: '', provenance: 'unavailable', remark: noAnswers.irr })
  })
})
