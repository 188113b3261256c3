/** A document as its maker thinks of it: what the office files and the known text of a fixture are both made of. */

export type Inline =
  | { readonly kind: 'text'; readonly text: string; readonly bold: boolean }
  | { readonly kind: 'ruby'; readonly base: string; readonly reading: string }
  | { readonly kind: 'footnote'; readonly number: number; readonly text: string }

export interface Table {
  readonly kind: 'table'
  /** Cells by row. */
  readonly rows: readonly (readonly (readonly Inline[])[])[]
  /** Whether the first row names the columns. */
  readonly hasHead: boolean
  /** Of each column. */
  readonly alignments: readonly ('start' | 'end')[]
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly style: ParagraphStyle; readonly content: readonly Inline[] }
  /** Its mark is typed, as most people do. */
  | {
      readonly kind: 'item'
      readonly depth: number
      readonly mark: string
      readonly content: readonly Inline[]
    }
  /** Numbered by the word processor: `prefix`, the number, `suffix`. */
  | { readonly kind: 'clause'; readonly number: number; readonly content: readonly Inline[] }
  | { readonly kind: 'text-box'; readonly content: readonly Inline[] }
  | { readonly kind: 'page-break' }
  | Table

export type ParagraphStyle = 'body' | 'right' | 'quotation' | 'aligned'

/**
 * What a person reads: ruby without its readings, cells apart by tabs, footnotes at the end of the document or, where
 * pages are fixed, of their page.
 */
export function readableText(
  blocks: readonly Block[],
  footnotesAt: 'document' | 'page' = 'document',
): string {
  const footnotes: string[] = []
  const lines = blocks.flatMap((block) => {
    const notes = block.kind === 'page-break' && footnotesAt === 'page' ? footnotes.splice(0) : []
    return [...notes, ...linesOf(block, footnotes)]
  })
  return [...lines, ...footnotes].join('\n') + '\n'
}

function linesOf(block: Block, footnotes: string[]): string[] {
  const plain = (content: readonly Inline[]): string => plainText(content, footnotes)
  switch (block.kind) {
    case 'page-break':
      return ['\f']
    case 'table':
      return block.rows.map((cells) => cells.map(plain).join('\t').trimEnd())
    case 'item':
      return [`${block.mark} ${plain(block.content)}`]
    case 'clause':
      return [`第${block.number}条 ${plain(block.content)}`]
    case 'heading':
    case 'paragraph':
    case 'text-box':
      return [plain(block.content)]
  }
}

function plainText(content: readonly Inline[], footnotes: string[]): string {
  return content
    .map((inline) => {
      if (inline.kind === 'text') return inline.text
      if (inline.kind === 'ruby') return inline.base
      footnotes.push(`${inline.number} ${inline.text}`)
      return String(inline.number)
    })
    .join('')
}
