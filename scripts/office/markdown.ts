/**
 * The Markdown that the sources are written in, with four signs more: `{漢字|かんじ}` is ruby, `^[text]` a footnote,
 * `[[text]]` on a line of its own a text box, `\f` a page break; `第*条 text` is a clause that the word processor numbers.
 */
import type { Block, Inline, Table } from './blocks.ts'

export function parseMarkdown(source: string): Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const parser = new InlineParser()
  const blocks: Block[] = []
  let clause = 0
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.startsWith('|')) {
      const rows: string[] = []
      while (lines[at]?.startsWith('|')) rows.push(lines[at++] ?? '')
      at--
      blocks.push(tableOf(rows, parser))
    } else if (/^第\*条 /.test(line)) {
      blocks.push({ kind: 'clause', number: ++clause, content: parser.parse(line.slice(4)) })
    } else if (line.trim() !== '' && line !== '---') {
      blocks.push(blockOf(line, parser))
    }
  }
  return blocks
}

function blockOf(line: string, parser: InlineParser): Block {
  if (line === '\\f') return { kind: 'page-break' }
  const heading = /^(#{1,3}) (.*)$/.exec(line)
  if (heading) {
    const level = heading[1]?.length === 1 ? 1 : heading[1]?.length === 2 ? 2 : 3
    return { kind: 'heading', level, content: parser.parse(heading[2] ?? '') }
  }
  const item = /^( *)(-|\d+\.) (.*)$/.exec(line)
  if (item) {
    const mark = item[2] === '-' ? '・' : (item[2] ?? '')
    const depth = Math.ceil((item[1]?.length ?? 0) / 3)
    return { kind: 'item', depth, mark, content: parser.parse(item[3] ?? '') }
  }
  const box = /^\[\[(.*)\]\]$/.exec(line)
  if (box) return { kind: 'text-box', content: parser.parse(box[1] ?? '') }
  if (line.startsWith('> '))
    return { kind: 'paragraph', style: 'quotation', content: parser.parse(line.slice(2)) }
  return { kind: 'paragraph', style: 'body', content: parser.parse(line.trimEnd()) }
}

function tableOf(lines: readonly string[], parser: InlineParser): Table {
  const cellsOf = (line: string): string[] =>
    line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim())
  const marks = cellsOf(lines[1] ?? '')
  return {
    kind: 'table',
    hasHead: true,
    rows: lines.filter((_, row) => row !== 1).map((line) => cellsOf(line).map((cell) => parser.parse(cell))),
    alignments: marks.map((mark) => (mark.endsWith(':') ? 'end' : 'start')),
  }
}

class InlineParser {
  #footnotes = 0

  parse(source: string): Inline[] {
    const content: Inline[] = []
    let at = 0
    for (const match of source.matchAll(/\*\*([^*]+)\*\*|\{([^|{}]+)\|([^{}]+)\}|\^\[([^\]]+)\]/g)) {
      if (match.index > at) content.push({ kind: 'text', text: source.slice(at, match.index), bold: false })
      at = match.index + match[0].length
      const [, bold, base, reading, footnote] = match
      if (bold !== undefined) content.push({ kind: 'text', text: bold, bold: true })
      else if (base !== undefined) content.push({ kind: 'ruby', base, reading: reading ?? '' })
      else content.push({ kind: 'footnote', number: ++this.#footnotes, text: footnote ?? '' })
    }
    if (at < source.length) content.push({ kind: 'text', text: source.slice(at), bold: false })
    return content
  }
}
