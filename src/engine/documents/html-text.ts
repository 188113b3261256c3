import { compile, type FormatCallback } from 'html-to-text'

/** Stands where html-to-text left something out; no text holds it, since control characters are no HTML. */
const OMITTED = '\u0001'
const MAX_DEPTH = 500

const SKIPPED = ['rt', 'rp', 'script', 'style', 'noscript', 'template', 'svg', 'img']
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']

const row: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 })
  walk(element.children, builder)
  builder.closeBlock({ trailingLineBreaks: 1 })
}

const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder)
  builder.addLiteral('\t')
}

const convert = compile({
  wordwrap: false,
  limits: { ellipsis: OMITTED, maxDepth: MAX_DEPTH, maxInputLength: Number.MAX_SAFE_INTEGER },
  formatters: { row, cell },
  selectors: [
    ...SKIPPED.map((selector) => ({ selector, format: 'skip' })),
    ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'row' },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
  ],
})

/**
 * The readable text of an HTML page: block elements on lines of their own, a table row a line with its cells
 * separated by tabs, ruby without the readings, no addresses of links. Null when elements are nested too deeply
 * to be read whole.
 */
export function htmlText(html: string): string | null {
  const text = convert(html.replaceAll(OMITTED, ''))
  return text.includes(OMITTED) ? null : text.replaceAll(/\t(?=\n|$)/g, '')
}

/** The encoding that a page declares in its first 1,024 bytes (HTML standard, "prescan a byte stream"). */
export function declaredHtmlEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 1024))
  return /<meta[^>]*\bcharset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1]
}
