import { type AssumptionKey, ASSUMPTIONS } from '../../shared/roi/assumptions.ts'
import { type ModelQuantity, type ModelRow, printFormula, type RoiCaseColumn } from '../roi/index.ts'
import { assumptionFormat } from './money/assumption-look.ts'
import { caseLabel } from './money/case-label.ts'
import { chartTables } from './money/chart-tables.ts'
import { liveCell } from './money/live.ts'
import { contextId, measuredId } from './money/measured-table.ts'
import { CHOSEN_PLACE, caseId, type MoneyReport } from './money/money-report.ts'
import type { MoneyWords } from './money/money-words.ts'
import { neededFor } from './money/needed-rows.ts'
import { rowFormat, rowLabel, sectionOf, SECTIONS } from './money/row-look.ts'
import { workingsColumns } from './money/workings-row.ts'
import {
  at,
  between,
  type Block,
  type Cell,
  empty,
  type Formula,
  formula,
  number,
  type NumberFormat,
  type SheetModel,
  text,
} from './sheet-model.ts'

/**
 * The workings: a column for every case, a row for every quantity, and what the charts are drawn from. Everything about
 * money on other sheets is taken from here.
 *
 * @param further what other sheets have worked out here
 */
export function calculationSheet(
  report: MoneyReport,
  words: MoneyWords,
  further: readonly Block[] = [],
): SheetModel {
  const cases = [...report.cases.values()]
  const columns = workingsColumns(
    cases.map((column) => caseLabel(column, report.inputs, words)),
    words,
  )
  const sheet = new Workings(report, cases, words)
  const sections = SECTIONS.map((section): Block[] => [
    { kind: 'heading', text: words(`section.${section}`) },
    {
      kind: 'table',
      columns,
      rows: report.model.rows.filter((row) => sectionOf(row) === section).map((row) => sheet.modelRow(row)),
    },
  ])
  return {
    name: words('sheet.calculation'),
    widths: [...LABEL_WIDTHS, ...cases.map(() => 16)],
    // Varied cases matter for their net present values, which the sheet of sensitivities shows.
    printedColumns: LABEL_WIDTHS.length + cases.filter(({ candidate }) => candidate !== 'selected').length,
    onePage: false,
    isWorkings: true,
    blocks: [
      { kind: 'title', text: words('sheet.calculation') },
      { kind: 'paragraph', text: words('calculation.intro', { sheet: words('sheet.assumptions') }) },
      { kind: 'heading', text: words('section.inputs') },
      {
        kind: 'table',
        columns,
        rows: report.model.quantities.map((quantity) => sheet.inputRow(quantity)),
      },
      ...sections.flat(),
      ...chartTables(report, words),
      ...further,
    ],
  }
}

/** Of what a row is, its year, its unit, its provenance. */
const LABEL_WIDTHS = [38, 6, 14, 10]

/** Cases whose candidate the reader chooses are only asked for their net present value. */
const ASKED_OF_VARIED = 'npv'

class Workings {
  readonly #report: MoneyReport
  readonly #cases: readonly RoiCaseColumn[]
  readonly #words: MoneyWords
  readonly #needed: ReadonlySet<string>
  /** Ids of cells by case and key, each made once: tens of thousands of references are looked up by them. */
  readonly #ids: ReadonlyMap<string, ReadonlyMap<string, string>>

  constructor(report: MoneyReport, cases: readonly RoiCaseColumn[], words: MoneyWords) {
    this.#report = report
    this.#cases = cases
    this.#words = words
    this.#needed = neededFor(ASKED_OF_VARIED, report.model)
    const keys = [...report.model.quantities, ...report.model.rows].map(({ key }) => key)
    this.#ids = new Map(cases.map(({ id }) => [id, new Map(keys.map((key) => [key, caseId(id, key)]))]))
  }

  inputRow(quantity: ModelQuantity): readonly Cell[] {
    const { label, unit, format, provenance } = this.#inputLook(quantity)
    return [
      text(label),
      text(''),
      text(unit),
      text(provenance, { tone: 'muted' }),
      ...this.#cells(quantity.key, format, (column) => this.#inputFormula(quantity, column)),
    ]
  }

  modelRow(row: ModelRow): readonly Cell[] {
    return [
      text(rowLabel(row, this.#words)),
      row.year === undefined ? empty : number(row.year, 'integer'),
      text(this.#words.unit(row.unit)),
      text(this.#words('provenance.estimated'), { tone: 'muted' }),
      ...this.#cells(row.key, rowFormat(row.unit), ({ id }) =>
        printFormula(row.expression, {
          cell: (key) => at(this.#id(id, key)),
          range: (first, last) => between(this.#id(id, first), this.#id(id, last)),
        }),
      ),
    ]
  }

  #id(of: string, key: string): string {
    const id = this.#ids.get(of)?.get(key)
    if (id === undefined) throw new RangeError(`no row ${key} in case ${of}`)
    return id
  }

  /** Varied cases are the last ones: a row that they do not need ends before them. */
  #cells(key: string, format: NumberFormat, of: (column: RoiCaseColumn) => Formula): Cell[] {
    return this.#cases
      .filter(({ candidate }) => candidate !== 'selected' || this.#needed.has(key))
      .map((column) =>
        liveCell({ formula: of(column), value: column.values.get(key) ?? null }, format, {
          id: this.#id(column.id, key),
        }),
      )
  }

  #inputFormula(quantity: ModelQuantity, { candidate, inputs }: RoiCaseColumn): Formula {
    switch (quantity.kind) {
      case 'assumption': {
        const { source, factor } = inputs[quantity.key as AssumptionKey]
        const value = at(source === 'value' ? `a.${quantity.key}` : `a.${quantity.key}.${source}`)
        return factor === 1 ? [value] : formula`${value}*${factor}`
      }
      case 'context':
        return [at(contextId(quantity.place))]
      case 'measured': {
        if (quantity.arm === 'baseline') return [at(measuredId(quantity.quantity, 0))]
        if (candidate !== 'selected') return [at(measuredId(quantity.quantity, candidate + 1))]
        const last = measuredId(quantity.quantity, this.#report.inputs.candidates.length)
        return formula`INDEX(${between(measuredId(quantity.quantity, 1), last)},${at(CHOSEN_PLACE)})`
      }
    }
  }

  #inputLook(quantity: ModelQuantity): {
    label: string
    unit: string
    format: NumberFormat
    provenance: string
  } {
    const words = this.#words
    switch (quantity.kind) {
      case 'assumption': {
        const { key, unit } = ASSUMPTIONS.find((definition) => definition.key === quantity.key)!
        return {
          label: words(`assumption.${key}`),
          unit: words.unit(unit),
          format: assumptionFormat(unit),
          provenance: words('provenance.assumed'),
        }
      }
      case 'context':
        return {
          label: words('measured.context', { place: quantity.place + 1 }),
          unit: words('unit.tokens'),
          format: 'integer',
          provenance: words('measured.setting'),
        }
      case 'measured': {
        const [name = '', place] = quantity.quantity.split('.')
        const isTime = place !== undefined
        const label = words(`measured.${name as 'ttftMs' | 'tpotMs' | 'weightsBytes' | 'kvBytesPerToken'}`, {
          context: isTime ? words.count(this.#report.inputs.contexts[Number(place)]!) : '',
        })
        return {
          label: words('case.ofArm', { arm: words(quantity.arm), label }),
          unit: isTime ? 'ms' : words('unit.bytes'),
          format: isTime ? 'decimal2' : 'integer',
          provenance: words(name === 'kvBytesPerToken' ? 'provenance.estimated' : 'provenance.measured'),
        }
      }
    }
  }
}
