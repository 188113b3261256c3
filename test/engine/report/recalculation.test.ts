import { beforeAll, describe, expect, it } from 'vitest'

import { between, type Cell, formula, number, quoted } from '../../../src/engine/report/sheet-model.ts'
import { writeWorkbook } from '../../../src/engine/report/workbook.ts'
import { demoModel, modelOf } from './demo-model.ts'
import { editSheets, recalculate, stripCachedValues, type Value, valuesIn } from './spreadsheet.ts'

let demo: Uint8Array
beforeAll(async () => {
  demo = await writeWorkbook(demoModel)
})

const NPV_CELL = 'A6'
const npv = (price: number, saving: number, rate: number): number =>
  [1, 2, 3, 4, 5].reduce((sum, year) => sum + saving / (1 + rate) ** year, -price)

describe('LibreOffice', () => {
  it('computes every value that is cached, from nothing', async () => {
    const cached = valuesIn(demo)
    const computed = await recalculate(stripCachedValues(demo))
    expect([...computed.keys()]).toEqual([...cached.keys()])
    const differing: [string, string, Value, Value | undefined][] = []
    for (const [sheet, cells] of cached)
      for (const [address, value] of cells) {
        const other = computed.get(sheet)?.get(address)
        const isEqual =
          typeof value === 'number' && typeof other === 'number'
            ? Math.abs(value - other) <= 1e-9 * Math.abs(value)
            : value === other
        if (!isEqual) differing.push([sheet, address, value, other])
      }
    expect(differing).toEqual([])
  })

  it('replaces a cached value that is wrong', async () => {
    const wrong = editSheets(demo, (xml) => xml.replace(/(<\/f><v>)-?[\d.]+(<\/v>)/g, '$1777$2'))
    expect(valuesIn(wrong).get('要約')?.get(NPV_CELL)).toBe(777)
    const computed = await recalculate(wrong)
    expect(computed.get('要約')?.get(NPV_CELL)).toBeCloseTo(npv(4_500_000, 1_800_000, 0.03), 4)
  })

  it('follows inputs that are changed by name', async () => {
    const changed = await recalculate(demo, { devicePrice: 5_000_000, discountRate: 0.1, choice: '=1+1' })
    expect(changed.get('要約')?.get(NPV_CELL)).toBeCloseTo(npv(5_000_000, 1_800_000, 0.1), 4)
    expect(changed.get('前提条件')?.get('B8')).toBe('=1+1')
    const never = await recalculate(demo, { yearlySaving: 0 })
    expect(never.get('要約')?.get('C6')).toBe('回収できません')
  })

  it('reads texts of formulas as they were meant, however long or odd', async () => {
    const odd = ['"', '_x0041_', 'あ'.repeat(600), '\u{20bb7}'.repeat(200), '= & <b>', '']
    const model = modelOf([
      {
        kind: 'table',
        columns: [{ header: 'text', align: 'left' }],
        rows: odd.map((value): Cell[] => [
          { kind: 'formula', formula: formula`${quoted(value)}&"."`, result: `${value}.`, format: 'text' },
        ]),
      },
    ])
    const computed = await recalculate(stripCachedValues(await writeWorkbook(model)))
    expect(odd.map((_, row) => computed.get('Sheet')?.get(`A${row + 2}`))).toEqual(
      odd.map((value) => `${value}.`),
    )
  })

  it('spreads what is not available', async () => {
    const cell = (id: string, of: Cell): Cell => ({ ...of, id })
    const model = modelOf([
      {
        kind: 'table',
        columns: ['a', 'b', 'sum', 'words'].map((header) => ({ header, align: 'right' as const })),
        rows: [
          [
            cell('a', number(1, 'integer')),
            cell('b', { kind: 'formula', formula: formula`NA()`, result: null, format: 'integer' }),
            cell('sum', {
              kind: 'formula',
              formula: formula`SUM(${between('a', 'b')})`,
              result: null,
              format: 'integer',
            }),
            {
              kind: 'formula',
              formula: formula`IFERROR(${between('sum', 'sum')},"none")`,
              result: 'none',
              format: 'text',
            },
          ],
        ],
      },
    ])
    const computed = await recalculate(stripCachedValues(await writeWorkbook(model)))
    expect([...(computed.get('Sheet') ?? [])].slice(-4).map(([, value]) => value)).toEqual([
      1,
      null,
      null,
      'none',
    ])
  })
})
