import type {
  Block as PreviewBlock,
  Cell as PreviewCell,
  ReportModel as PreviewModel,
} from '../../shared/report-model.ts'
import type { Block, Cell, ReportModel, ToneRule } from './sheet-model.ts'

/** The report as a window shows it: results in the place of formulas, and without the workings. */
export function previewOf(model: ReportModel): PreviewModel {
  return {
    ...model,
    sheets: model.sheets
      .filter(({ isWorkings }) => isWorkings !== true)
      .map(({ name, widths, onePage, blocks }) => ({
        name,
        widths,
        onePage,
        blocks: blocks.map(previewBlock),
      })),
  }
}

function previewBlock(block: Block): PreviewBlock {
  switch (block.kind) {
    case 'table':
      return previewTable(block)
    case 'figures':
      return {
        kind: 'figures',
        figures: block.figures.map(({ label, cell, note }) => ({
          label,
          cell: toned(previewCell(cell), block.toneRules),
          note,
        })),
      }
    case 'live-paragraph': {
      const cell = previewCell(block.cell)
      return {
        kind: 'paragraph',
        text: cell.kind === 'text' ? cell.text : '',
        ...(block.tone === undefined ? {} : { tone: block.tone }),
      }
    }
    case 'chart':
      return { ...block, series: block.series.map(({ reference: _, ...series }) => series) }
    default:
      return block
  }
}

/** Without rows and columns in which nothing stands, as those beyond the horizon. */
function previewTable({ columns, rows, toneRules }: Extract<Block, { kind: 'table' }>): PreviewBlock {
  const shownRows = rows
    .map((row) => row.map((cell) => toned(previewCell(cell), toneRules)))
    .filter((row) => !row.every(isBlank))
  const isShown = columns.map(
    ({ header }, index) => header !== '' || !shownRows.every((row) => isBlank(row[index])),
  )
  return {
    kind: 'table',
    columns: columns.filter((_, index) => isShown[index]).map(({ header, align }) => ({ header, align })),
    rows: shownRows.map((row) => row.filter((_, index) => isShown[index])),
  }
}

const isBlank = (cell: PreviewCell | undefined): boolean =>
  cell === undefined || cell.kind === 'empty' || (cell.kind === 'text' && cell.text === '')

/** In the colour of what it shows. */
function toned(cell: PreviewCell, rules: readonly ToneRule[] = []): PreviewCell {
  if (cell.kind !== 'text') return cell
  const rule = rules.find(({ text }) => text === cell.text)
  return rule === undefined ? cell : { ...cell, tone: rule.tone }
}

function previewCell(cell: Cell): PreviewCell {
  switch (cell.kind) {
    case 'formula':
    case 'input':
      return shown(cell.kind === 'input' ? cell.value : cell.result, cell)
    default: {
      const { id: _id, name: _name, ...plain } = cell
      return plain
    }
  }
}

function shown(
  value: number | string | null,
  cell: Extract<Cell, { kind: 'formula' | 'input' }>,
): PreviewCell {
  const tone = cell.kind === 'formula' && cell.tone !== undefined ? { tone: cell.tone } : {}
  const bold = cell.kind === 'formula' && cell.bold === true ? { bold: true } : {}
  if (typeof value === 'string') return { kind: 'text', text: value, ...tone, ...bold }
  if (value === null || cell.format === 'text') return { kind: 'missing' }
  return { kind: 'number', value, format: cell.format, ...tone }
}
