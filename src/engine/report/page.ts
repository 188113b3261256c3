import { shownText, toneOf } from './cell-content.ts'
import { columnGroups } from './column-groups.ts'
import { lineCount } from './line-height.ts'
import {
  type KeptRows,
  type PlacedCell,
  type PlacedChart,
  type PlacedRow,
  type PlacedTable,
  ROW_HEIGHT,
  type RuledRows,
} from './placed.ts'
import { type Block, type Cell, type Chart, type TableColumn, text, type Tone } from './sheet-model.ts'
import { type Look, LOOKS } from './styles.ts'

const GAP_HEIGHT = 8
/** Spreadsheets have no higher rows. */
const MOST_HEIGHT = 409
const FALLBACK_WIDTH = 12
/** Of a table that is torn apart, so many rows stay with its header, and with its last row. */
const LEAST_ROWS = 3

/** The rows of one sheet, from the top down. */
export class Page {
  readonly rows: PlacedRow[] = []
  readonly charts: PlacedChart[] = []
  readonly tables: PlacedTable[] = []
  readonly ruled: RuledRows[] = []
  readonly kept: KeptRows[] = []
  /** Row of the last heading, while neither table nor chart has come below it. */
  #heading: number | null = null
  /** First row of the charts beside each other and how far they reach, while nothing has come after them. */
  #band: { readonly top: number; readonly right: number } | null = null
  readonly #widths: readonly number[]

  constructor(widths: readonly number[]) {
    this.#widths = widths
  }

  add(block: Block): void {
    if (block.kind === 'chart') {
      this.#chart(block)
      return
    }
    if (this.#band !== null) this.#gap()
    this.#band = null
    switch (block.kind) {
      case 'title':
        this.#spanned(text(block.text), 'title')
        return
      case 'heading':
        this.#gap()
        this.#spanned(text(block.text), 'heading')
        this.#heading = this.rows.length
        return
      case 'paragraph':
        this.#spanned(text(block.text), 'paragraph', block.tone)
        this.#keepHeading()
        return
      case 'live-paragraph':
        this.#spanned(block.cell, 'paragraph', block.tone)
        this.#keepHeading()
        return
      case 'verdict':
        this.#spanned(text(block.label), 'verdict', block.tone)
        if (block.text !== '') this.#spanned(text(block.text), 'verdictText', block.tone)
        return
      case 'facts':
        for (const [label, value] of block.rows)
          this.#row([
            this.#cell(1, text(label), 'factLabel'),
            this.#cell(2, text(value), 'factValue', { span: Math.max(1, this.#widths.length - 1) }),
          ])
        this.#keep(this.rows.length - block.rows.length + 1, this.rows.length)
        return
      case 'table':
        this.#table(block)
        return
      case 'figures':
        this.#figures(block)
    }
  }

  #table({ columns, rows, toneRules = [] }: Extract<Block, { kind: 'table' }>): void {
    this.#row(
      columns.map((column, index) =>
        this.#cell(index + 1, headerOf(column), 'header', { align: column.align }),
      ),
    )
    const header = this.rows.length
    for (const cells of rows)
      this.#row(
        cells.map((content, index) =>
          this.#cell(index + 1, content, 'body', {
            align: columns[index]?.align ?? 'left',
            tone: toneOf(content),
          }),
        ),
      )
    const last = this.rows.length
    this.tables.push({ header, last })
    if (last > header) this.ruled.push({ first: header + 1, last, columns: columns.length, rules: toneRules })
    const first = this.#heading ?? header
    this.kept.push({ first, last, isTable: true })
    this.kept.push({ first: Math.max(header, last - LEAST_ROWS), last, isTable: false })
    this.#keep(header, Math.min(header + LEAST_ROWS, last))
  }

  #figures({ figures, toneRules = [] }: Extract<Block, { kind: 'figures' }>): void {
    const groups = columnGroups(this.#widths, figures.length)
    this.#gap()
    const line = (look: Look, content: (figure: (typeof figures)[number]) => Cell): void =>
      this.#row(
        figures.flatMap((figure, index) => {
          const group = groups[index]
          if (group === undefined) return []
          const cell = content(figure)
          const tone = look === 'figure' ? toneOf(cell) : null
          return [this.#cell(group.column, cell, look, { span: group.span, align: 'center', tone })]
        }),
      )
    line('figureLabel', ({ label }) => text(label))
    line('figure', ({ cell }) => cell)
    const { length } = this.rows
    this.ruled.push({ first: length, last: length, columns: this.#widths.length, rules: toneRules })
    line('figureNote', ({ note }) => text(note))
    this.#gap()
  }

  /** Beside the chart before it where both find place, otherwise below. */
  #chart(chart: Chart): void {
    const beside = this.#band !== null && this.#band.right + chart.width <= 1.001 ? this.#band : null
    const left = beside?.right ?? 0
    const top = beside?.top ?? this.rows.length + 1
    while (this.rows.length < top + chart.height - 1) this.rows.push({ height: ROW_HEIGHT, cells: [] })
    this.#band = { top, right: left + chart.width }
    this.charts.push({ chart, row: top, left, right: Math.min(1, left + chart.width) })
    this.#keep(top, this.rows.length)
  }

  /** Keeps rows together, and with the heading above them. */
  #keep(first: number, last: number): void {
    this.kept.push({ first: this.#heading ?? first, last, isTable: false })
    this.#heading = null
  }

  /** Keeps a heading with what has come below it, and what is still to come. */
  #keepHeading(): void {
    if (this.#heading !== null)
      this.kept.push({ first: this.#heading, last: this.rows.length, isTable: false })
  }

  #spanned(content: Cell, look: Look, tone?: Tone): void {
    this.#row([this.#cell(1, content, look, { span: this.#widths.length, tone: tone ?? null })])
  }

  #gap(): void {
    this.rows.push({ height: GAP_HEIGHT, cells: [] })
  }

  #row(cells: readonly PlacedCell[]): void {
    const heights = cells.map(({ column, span, content, look }) => {
      const { size, line, least } = LOOKS[look]
      const shown = shownText(content)
      const lines = shown === null ? 1 : lineCount(shown, this.#widthOf(column, span), size)
      return Math.max(least, lines * line + 3)
    })
    this.rows.push({ height: Math.min(MOST_HEIGHT, Math.max(ROW_HEIGHT, ...heights)), cells })
  }

  #cell(
    column: number,
    content: Cell,
    look: Look,
    { span = 1, align = 'left', tone = null }: Partial<Pick<PlacedCell, 'span' | 'align' | 'tone'>> = {},
  ): PlacedCell {
    return { column, span, content, look, align, tone }
  }

  #widthOf(column: number, span: number): number {
    const widths = this.#widths.slice(column - 1, column - 1 + span)
    return widths.length === 0 ? FALLBACK_WIDTH : widths.reduce((sum, width) => sum + width, 0)
  }
}

const headerOf = ({ header, formula }: TableColumn): Cell =>
  formula === undefined ? text(header) : { kind: 'formula', formula, result: header, format: 'text' }
