/** Texts as people type them into an editor, as blocks: headings, tables aligned with spaces, indented paragraphs. */
import type { Block, Inline } from '../office/blocks.ts'

const RULE = /^\s*[─━=－-]{5,}\s*$/
const HEADINGS = [
  /^■ /,
  /^第\d+章/,
  /^\d+[.．]\s?\S{2,40}$/,
  /^\d+\. [A-Z][A-Z ,]+$/,
  /^付則/,
  /^別表第\d+/,
  /^目次$/,
] as const

export function parsePlainText(source: string): Block[] {
  const lines = source.split('\n').filter((line) => line.trim() !== '' && !RULE.test(line))
  const blocks: Block[] = []
  for (let at = 0; at < lines.length;) {
    const rows = rowsAt(lines, at)
    if (rows.length >= 2) blocks.push(tableOf(rows))
    else blocks.push(blockOf(lines[at] ?? '', at === 0))
    at += Math.max(rows.length, 1)
  }
  return blocks
}

/** The table that begins at a line: as many cells in each row, or one less where the head has none above the names. */
function rowsAt(lines: readonly string[], at: number): string[][] {
  const first = cellsOf(lines[at] ?? '')
  const width = first.length
  if (width < 2) return []
  const below = lines.slice(at + 1).map(cellsOf)
  const isHeadless = /^[ \u3000]{4,}/.test(lines[at] ?? '') && below[0]?.length === width + 1
  const columns = isHeadless ? width + 1 : width
  const end = below.findIndex((cells) => cells.length !== columns)
  return [isHeadless ? ['', ...first] : first, ...below.slice(0, end === -1 ? below.length : end)]
}

/** What stands apart by two spaces or more; in a row of many cells by one full-width space too. */
function cellsOf(line: string): string[] {
  const loose = line.trim().split(/[ \u3000]{2,}|\u3000/)
  return loose.length >= 4 ? loose : line.trim().split(/[ \u3000]{2,}/)
}

const FIGURE = /^\d[\d,.]*(?:ロット|百万円|[%％台件個円枚名]|$)/

function tableOf(rows: readonly (readonly string[])[]): Block {
  const [head = [], ...body] = rows
  const columns = head.length
  const numeric = (column: number): boolean =>
    body.every((row) => /^[-−+¥]?[\d,.]+(?:[%％]|百万円|台|円)?$/.test(row[column] ?? ''))
  return {
    kind: 'table',
    hasHead: columns > 2 && !head.some((cell) => FIGURE.test(cell)),
    rows: rows.map((row) => row.map(textOnly)),
    alignments: Array.from({ length: columns }, (_, column) => (numeric(column) ? 'end' : 'start')),
  }
}

function blockOf(line: string, isFirst: boolean): Block {
  const text = line.trim()
  if (/^[ \u3000]{20,}/.test(line)) return { kind: 'paragraph', style: 'right', content: textOnly(text) }
  if (isFirst || /^\u3000{8,}/.test(line)) return { kind: 'heading', level: 1, content: textOnly(text) }
  if (HEADINGS.some((heading) => heading.test(line)))
    return { kind: 'heading', level: 2, content: textOnly(text) }
  if (/^（.{1,30}）$/.test(line)) return { kind: 'heading', level: 3, content: textOnly(text) }
  const inner = /\S[ \u3000]{2,}\S/.test(line)
  return { kind: 'paragraph', style: inner ? 'aligned' : 'body', content: textOnly(line.trimEnd()) }
}

function textOnly(text: string): Inline[] {
  return text === '' ? [] : [{ kind: 'text', text, bold: false }]
}
