const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}

const NAMESPACES = [
  'office',
  'style',
  'text',
  'table',
  'meta',
  'presentation',
  'datastyle:number',
  'drawing:draw',
]
  .map((name) => {
    const [last = '', prefix = last] = name.split(':')
    return `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${last}:1.0"`
  })
  .concat(
    ['xsl-fo:fo', 'svg:svg'].map((name) => {
      const [last = '', prefix = ''] = name.split(':')
      return `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${last}-compatible:1.0"`
    }),
    'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"',
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
  )
  .join(' ')

/** A flat OpenDocument file (OpenDocument 1.3 part 3, §3.1.2). */
export function flatOdf(kind: 'text' | 'spreadsheet' | 'presentation', parts: readonly string[]): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<office:document ${NAMESPACES} office:version="1.3" ` +
    `office:mimetype="application/vnd.oasis.opendocument.${kind}">${parts.join('\n')}</office:document>\n`
  )
}

export const FONT_FACES =
  '<office:font-face-decls>' +
  ['Noto Sans CJK JP', 'Noto Serif CJK JP', 'Noto Sans Mono CJK JP', 'Liberation Sans', 'Liberation Serif']
    .map((font) => `<style:font-face style:name="${font}" svg:font-family="'${font}'"/>`)
    .join('') +
  '</office:font-face-decls>'
