/** Blocks as a flat OpenDocument text, which LibreOffice turns into every format of a word processor. */
import { displayWidth } from './display-width.ts'
import type { Block, Inline, Table } from './blocks.ts'
import { textStyles, type TextLayout } from './text-styles.ts'
import { escapeXml, flatOdf } from './xml.ts'

export function flatText(blocks: readonly Block[], layout: TextLayout): string {
  const writer = new BlockWriter()
  const body = blocks.map((block) => writer.block(block)).join('\n')
  const content =
    layout.columns === 2
      ? `<text:section text:style-name="TwoColumns" text:name="s">${body}</text:section>`
      : body
  return flatOdf('text', [
    `<office:meta><dc:title>${escapeXml(layout.title)}</dc:title></office:meta>`,
    textStyles(layout, writer.columnStyles.join('')),
    `<office:body><office:text>${content}</office:text></office:body>`,
  ])
}

class BlockWriter {
  readonly columnStyles: string[] = []
  #breakBefore = false
  #tables = 0
  #boxes = 0

  block(block: Block): string {
    switch (block.kind) {
      case 'page-break':
        this.#breakBefore = true
        return ''
      case 'heading':
        return (
          `<text:h text:style-name="${this.#style(`Heading_20_${block.level}`)}" ` +
          `text:outline-level="${block.level}">${inlines(block.content)}</text:h>`
        )
      case 'paragraph':
        return this.#paragraph(`P_${block.style}`, inlines(block.content))
      case 'item': {
        const mark = `${escapeXml(block.mark)}<text:tab/>`
        return this.#paragraph(`P_item${Math.min(block.depth, 2)}`, mark + inlines(block.content))
      }
      case 'clause':
        return (
          `<text:list text:style-name="Clauses" text:continue-numbering="true"><text:list-item>` +
          `<text:p text:style-name="P_clause">${inlines(block.content)}</text:p></text:list-item></text:list>`
        )
      case 'text-box':
        return this.#paragraph(
          'P_body',
          `<draw:frame draw:style-name="Box" draw:name="box${++this.#boxes}" text:anchor-type="as-char" ` +
            `svg:width="14cm"><draw:text-box fo:min-height="0.8cm"><text:p text:style-name="P_box">` +
            `${inlines(block.content)}</text:p></draw:text-box></draw:frame>`,
        )
      case 'table':
        return this.#table(block)
    }
  }

  #style(name: string): string {
    if (!this.#breakBefore) return name
    this.#breakBefore = false
    return `${name}_break`
  }

  #paragraph(style: string, content: string): string {
    return `<text:p text:style-name="${this.#style(style)}">${content}</text:p>`
  }

  #table({ rows, hasHead, alignments }: Table): string {
    const name = `Table${++this.#tables}`
    const columns = columnWidths(rows, alignments.length).map((width, column) => {
      this.columnStyles.push(
        `<style:style style:name="${name}.${column}" style:family="table-column"><style:table-column-properties ` +
          `style:rel-column-width="${width}*"/></style:style>`,
      )
      return `<table:table-column table:style-name="${name}.${column}"/>`
    })
    const cell = (content: readonly Inline[], style: string, frame: string): string =>
      `<table:table-cell table:style-name="${frame}" office:value-type="string">` +
      `<text:p text:style-name="${style}">${inlines(content)}</text:p></table:table-cell>`
    const row = (cells: Table['rows'][number], head: boolean): string => {
      const written = alignments.map((alignment, column) => {
        const style = head ? 'P_head' : alignment === 'end' ? 'P_number' : 'P_cell'
        return cell(cells[column] ?? [], style, head ? 'Head' : 'Cell')
      })
      return `<table:table-row table:style-name="Row">${written.join('')}</table:table-row>`
    }
    const head = rows.slice(0, hasHead ? 1 : 0).map((cells) => row(cells, true))
    const rest = rows.slice(head.length).map((cells) => row(cells, false))
    return (
      `<table:table table:name="${name}" table:style-name="Table">${columns.join('')}` +
      (hasHead ? `<table:table-header-rows>${head.join('')}</table:table-header-rows>` : '') +
      `${rest.join('')}</table:table><text:p text:style-name="P_gap"/>`
    )
  }
}

/** In proportion to the texts, so that no column is all line breaks. */
function columnWidths(rows: Table['rows'], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const widths = rows.map((cells) => displayWidth((cells[column] ?? []).map(textOf).join('')))
    return Math.round(Math.min(Math.max(Math.max(...widths), 6), 44) * 100)
  })
}

function textOf(inline: Inline): string {
  return inline.kind === 'ruby' ? inline.base : inline.kind === 'text' ? inline.text : ''
}

function inlines(content: readonly Inline[]): string {
  return content.map(inlineXml).join('')
}

function inlineXml(inline: Inline): string {
  switch (inline.kind) {
    case 'text': {
      // OpenDocument collapses spaces (part 3, §6.1.2).
      const text = escapeXml(inline.text)
        .replaceAll('\t', '<text:tab/>')
        .replace(/^ +| {2,}/g, (spaces) => `<text:s text:c="${spaces.length}"/>`)
      return inline.bold ? `<text:span text:style-name="T_bold">${text}</text:span>` : text
    }
    case 'ruby':
      return (
        `<text:ruby text:style-name="Ruby"><text:ruby-base>${escapeXml(inline.base)}</text:ruby-base>` +
        `<text:ruby-text>${escapeXml(inline.reading)}</text:ruby-text></text:ruby>`
      )
    case 'footnote':
      return (
        `<text:note text:id="ftn${inline.number}" text:note-class="footnote"><text:note-citation>${inline.number}` +
        `</text:note-citation><text:note-body><text:p text:style-name="P_footnote"><text:s/>${escapeXml(inline.text)}` +
        `</text:p></text:note-body></text:note>`
      )
  }
}
