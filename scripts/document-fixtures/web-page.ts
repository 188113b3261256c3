import type { Block, Inline } from '../office/blocks.ts'
import { escapeXml } from '../office/xml.ts'

export interface PageLook {
  readonly language: 'ja' | 'en'
  readonly style?: string
  readonly charset?: string
}

/** Blocks as a page of a browser. */
export function webPage(
  blocks: readonly Block[],
  { language, style = '', charset = 'utf-8' }: PageLook,
): string {
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="${charset}">
<title>${escapeXml(titleOf(blocks))}</title>
<style>
@page { size: A4; margin: 18mm }
body { font-family: "Noto Sans CJK JP"; font-size: 10.5pt; line-height: 1.6; margin: 0 }
h1 { font-size: 18pt; text-align: center } h2 { font-size: 13pt } p { margin: 0 0 0.4em }
table { border-collapse: collapse; margin: 0.5em 0 } th, td { border: 0.5pt solid #777; padding: 2pt 5pt }
${style}
</style>
</head>
<body>
<main>
${blocks.map(blockHtml).join('\n')}
</main>
</body>
</html>
`
}

function titleOf(blocks: readonly Block[]): string {
  const [first] = blocks
  return first && 'content' in first
    ? first.content.map((inline) => (inline.kind === 'text' ? inline.text : '')).join('')
    : ''
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${inlines(block.content)}</h${block.level}>`
    case 'item':
      return `<p>${escapeXml(block.mark)} ${inlines(block.content)}</p>`
    case 'clause':
      return `<p>第${block.number}条 ${inlines(block.content)}</p>`
    case 'page-break':
      return '<hr>'
    case 'table': {
      const [head = [], ...rest] = block.rows
      const row = (cells: typeof head, tag: string): string =>
        `<tr>${cells.map((cell) => `<${tag}>${inlines(cell)}</${tag}>`).join('')}</tr>`
      return `<table>\n<thead>${row(head, 'th')}</thead>\n<tbody>\n${rest.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`
    }
    case 'paragraph':
    case 'text-box':
      return `<p>${inlines(block.content)}</p>`
  }
}

function inlines(content: readonly Inline[]): string {
  return content
    .map((inline) => {
      if (inline.kind === 'ruby')
        return `<ruby>${escapeXml(inline.base)}<rp>（</rp><rt>${escapeXml(inline.reading)}</rt><rp>）</rp></ruby>`
      if (inline.kind === 'footnote') return ''
      return inline.bold ? `<strong>${escapeXml(inline.text)}</strong>` : escapeXml(inline.text)
    })
    .join('')
}
