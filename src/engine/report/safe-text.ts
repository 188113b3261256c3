/** Longest text Excel takes in one cell. */
const CELL_LIMIT = 32_767

/**
 * Text as a cell can hold it: characters that XML 1.0 forbids and lone surrogates replaced, Excel's own escape
 * form `_x0041_` neutralised (it would be read back as "A"), cut at the cell limit. It is always written as a string
 * cell, so a leading "=" stays text.
 */
export function safeText(value: string): string {
  const clean = value
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- exactly the characters XML 1.0 does not allow
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  if (clean.length <= CELL_LIMIT) return clean
  return `${clean.slice(0, CELL_LIMIT - 1).toWellFormed()}…`
}
