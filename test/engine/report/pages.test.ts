import { describe, expect, it } from 'vitest'

import { layOut } from '../../../src/engine/report/layout.ts'
import { previewOf } from '../../../src/engine/report/preview.ts'
import { pageBreaks } from '../../../src/engine/report/printing.ts'
import {
  type Block,
  type Chart,
  empty,
  formula,
  number,
  text,
} from '../../../src/engine/report/sheet-model.ts'
import { demoModel, modelOf } from './demo-model.ts'

/** Narrower than the paper: a page takes 210 mm less its margins, and 5 % in reserve, of rows 18 points high. */
const WIDTHS = [40]
const ROWS_PER_PAGE = 26

const tableOf = (rows: number): Block => ({
  kind: 'table',
  columns: [{ header: 'A', align: 'right' }],
  rows: Array.from({ length: rows }, (_, row) => [number(row, 'integer')]),
})
const paragraphs = (count: number): Block[] =>
  Array.from({ length: count }, (_, place) => ({ kind: 'paragraph', text: String(place) }))

function breaksOf(blocks: readonly Block[]): readonly number[] {
  const model = modelOf(blocks)
  const [sheet] = layOut({ ...model, sheets: [{ ...model.sheets[0]!, widths: WIDTHS }] })
  return pageBreaks(sheet!)
}

describe('printed pages', () => {
  it('end where they are full, also within what is longer than a page', () => {
    expect(breaksOf(paragraphs(60))).toEqual([ROWS_PER_PAGE, 2 * ROWS_PER_PAGE])
  })

  it('keep a table whole that would leave little of a page empty', () => {
    expect(breaksOf([...paragraphs(21), tableOf(8)])).toEqual([21])
  })

  it('tear a table that would leave much of a page empty', () => {
    expect(breaksOf([...paragraphs(13), tableOf(20)])).toEqual([ROWS_PER_PAGE])
  })

  it('leave no row of a torn table alone', () => {
    // Two of its 14 rows would go over; the last four do.
    expect(breaksOf([...paragraphs(13), tableOf(14)])).toEqual([24])
  })

  it('keep a heading with the paragraph and the table below it', () => {
    const heading: Block = { kind: 'heading', text: 'Heading' }
    // A gap stands before the heading.
    expect(breaksOf([...paragraphs(22), heading, ...paragraphs(1), tableOf(3)])).toEqual([23])
    expect(breaksOf([...paragraphs(25), heading, ...paragraphs(1)])).toEqual([26])
  })

  it('never tear a chart', () => {
    const chart = demoModel.sheets
      .flatMap(({ blocks }) => blocks)
      .find((block): block is Chart => block.kind === 'chart')!
    expect(breaksOf([...paragraphs(20), { ...chart, height: 10 }])).toEqual([20])
  })
})

it('the preview colours what a rule names, in tables and in figures', () => {
  const [cell, toneRules] = [text('never'), [{ text: 'never', tone: 'bad' }]] as const
  const [sheet] = previewOf(
    modelOf([
      { kind: 'figures', figures: [{ label: 'Payback', cell, note: '' }], toneRules },
      { kind: 'table', columns: [{ header: 'A', align: 'left' }], rows: [[cell]], toneRules },
    ]),
  ).sheets
  const red = { ...cell, tone: 'bad' }
  expect(sheet!.blocks).toMatchObject([{ figures: [{ cell: red }] }, { rows: [[red]] }])
})

it('the preview leaves out rows and columns in which nothing stands', () => {
  const [sheet] = previewOf(
    modelOf([
      {
        kind: 'table',
        columns: [
          { header: 'A', align: 'left' },
          { header: '', align: 'right', formula: formula`IF(1>2,"Year 1","")` },
          { header: '', align: 'right' },
        ],
        rows: [
          [
            text('a'),
            { kind: 'formula', formula: formula`""`, result: '', format: 'money' },
            number(1, 'integer'),
          ],
          [text(''), empty, empty],
        ],
      },
    ]),
  ).sheets
  expect(sheet!.blocks).toEqual([
    {
      kind: 'table',
      columns: [
        { header: 'A', align: 'left' },
        { header: '', align: 'right' },
      ],
      rows: [[text('a'), number(1, 'integer')]],
    },
  ])
})
