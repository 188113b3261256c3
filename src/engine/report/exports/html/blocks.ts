import type { Block, Cell, SheetModel } from '../../../../shared/report-model.ts'
import { assertNever } from '../../../../shared/errors.ts'
import { textWidth } from '../chart/text-width.ts'
import { chartBlock } from './chart-block.ts'
import { element, escapeHtml } from './escape.ts'
import type { Page } from './page.ts'

/** Three thirds are a whole, whatever their sum in floating point. */
const WIDTH_SLACK = 1e-6

/**
 * The blocks of one sheet. Charts that together do not exceed the width stand side by side.
 *
 * @param id of the sheet; the ids of its charts begin with it
 * @param titleLevel of a `title`: 1 for that of the whole report
 */
export function sheetBlocks(
  { blocks, widths, onePage }: SheetModel,
  id: string,
  titleLevel: 1 | 2,
  page: Page,
): string {
  let charts: string[] = []
  let taken = 0
  const written: string[] = []
  const endRow = (): void => {
    if (charts.length > 0) written.push(element('div', { class: 'charts' }, charts.join('')))
    charts = []
    taken = 0
  }
  blocks.forEach((block, index) => {
    if (block.kind === 'chart') {
      if (taken + block.width > 1 + WIDTH_SLACK) endRow()
      taken += block.width
      charts.push(chartBlock(block, `${id}-chart-${index + 1}`, onePage, page))
      return
    }
    endRow()
    written.push(plainBlock(block, titleLevel, widths, page))
  })
  endRow()
  return written.join('\n')
}

function plainBlock(
  block: Exclude<Block, { kind: 'chart' }>,
  titleLevel: 1 | 2,
  widths: readonly number[],
  page: Page,
): string {
  switch (block.kind) {
    case 'title':
      return element(`h${titleLevel}`, {}, escapeHtml(block.text))
    case 'heading':
      return element('h3', {}, escapeHtml(block.text))
    case 'paragraph':
      return element('p', { class: block.tone }, lines(block.text))
    case 'verdict':
      return element(
        'div',
        { class: `verdict ${block.tone}` },
        element('p', { class: 'label' }, escapeHtml(block.label)) +
          (block.text === '' ? '' : element('p', {}, lines(block.text))),
      )
    case 'facts':
      return element(
        'dl',
        {},
        block.rows
          .map(([label, value]) => element('dt', {}, escapeHtml(label)) + element('dd', {}, lines(value)))
          .join(''),
      )
    case 'figures':
      return element(
        'div',
        { class: 'figures' },
        block.figures
          .map(({ label, cell, note }) =>
            element(
              'div',
              { class: 'figure' },
              element('p', { class: 'name' }, escapeHtml(label)) +
                element(
                  'p',
                  { class: classes('amount', toneOf(cell), isLong(cell) ? 'long' : '') },
                  cellText(cell, page),
                ) +
                (note === '' ? '' : element('p', { class: 'note' }, lines(note))),
            ),
          )
          .join(''),
      )
    case 'table':
      return element('div', { class: 'wide' }, table(block, widths, page))
    default:
      return assertNever(block)
  }
}

function table(
  { columns, rows }: Extract<Block, { kind: 'table' }>,
  widths: readonly number[],
  page: Page,
): string {
  const header = columns.map(({ header: title, align }) =>
    element('th', { scope: 'col', class: align === 'right' ? 'right' : undefined }, escapeHtml(title)),
  )
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      cells
        .map((cell, index) => {
          const align = columns[index]?.align === 'right' ? 'right' : ''
          const isBold = cell.kind === 'text' && cell.bold === true
          const name = classes(align, toneOf(cell), isBold ? 'bold' : '', isLong(cell) ? 'long' : '')
          return element('td', { class: name === '' ? undefined : name }, cellText(cell, page))
        })
        .join(''),
    ),
  )
  return element(
    'table',
    {},
    (columns.length === widths.length ? columnWidths(widths) : '') +
      element('thead', {}, element('tr', {}, header.join(''))) +
      element('tbody', {}, body.join('')),
  )
}

/** Tables that have all columns of their sheet share its proportions, so that they stand in line. */
function columnWidths(widths: readonly number[]): string {
  const total = widths.reduce((sum, width) => sum + width, 0)
  const columns = widths.map((width) =>
    element('col', { width: `${((100 * width) / total).toFixed(1)}%` }, null),
  )
  return element('colgroup', {}, columns.join(''))
}

const classes = (...names: readonly string[]): string => names.filter((name) => name !== '').join(' ')

const toneOf = (cell: Cell): string => {
  if (cell.kind === 'missing') return 'muted'
  return cell.kind === 'text' || cell.kind === 'number' ? (cell.tone ?? '') : ''
}

/** Numbers and short texts stay on one line; texts wider than this, in em, may break. */
const LONG_TEXT = 8
const isLong = (cell: Cell): boolean => cell.kind === 'text' && textWidth(cell.text, 1) > LONG_TEXT

function cellText(cell: Cell, { words, texts }: Page): string {
  switch (cell.kind) {
    case 'text':
      return lines(cell.text)
    case 'number':
      return escapeHtml(texts.cell(cell.value, cell.format))
    case 'missing':
      return escapeHtml(words('missing'))
    case 'empty':
      return ''
  }
}

const lines = (text: string): string => escapeHtml(text).replace(/\r\n?|\n/g, '<br>')
