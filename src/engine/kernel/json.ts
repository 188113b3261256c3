import { AppError } from '../../shared/errors.ts'

/**
 * A JSON text's value; a byte order mark in front, as editors on Windows put it, is accepted.
 *
 * @param path what messages call the text
 * @throws AppError file/not-json naming the line and the column, both from 1 on
 */
export function parseJson(text: string, path: string): unknown {
  const plain = text.replace(/^\ufeff/, '')
  try {
    return JSON.parse(plain)
  } catch (cause) {
    const lines = plain.slice(0, faultIn(plain)).split(/\r\n|\r|\n/)
    const column = [...(lines.at(-1) ?? '')].length + 1
    throw new AppError('file/not-json', { path, line: lines.length, column }, { cause })
  }
}

const SPACE = /[ \t\n\r]*/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
// eslint-disable-next-line no-control-regex -- control characters must be escaped in a string
const PLAIN = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Where a pattern that is looked for at a place ends; the place itself where it is not found. */
function past(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' }

/**
 * Where a text first breaks the grammar of RFC 8259; its end where more should follow. The engine's own message does
 * not always say, and never in the reader's language.
 */
function faultIn(text: string): number {
  const open: string[] = []
  let awaited: 'value' | 'first' | 'name' | 'colon' | 'next' = 'value'
  let at = past(SPACE, text, 0)
  for (;;) {
    const here = text[at]
    const within = open.at(-1)
    if ((awaited === 'first' || awaited === 'next') && within !== undefined && here === CLOSING[within]) {
      open.pop()
      awaited = 'next'
      at++
    } else if (awaited === 'next') {
      if (within === undefined || here !== ',') return at
      awaited = within === '{' ? 'name' : 'value'
      at++
    } else if (awaited === 'colon') {
      if (here !== ':') return at
      awaited = 'value'
      at++
    } else if (here === '"') {
      at = stringIn(text, at + 1)
      if (text[at] !== '"') return at
      awaited = isName(awaited, within) ? 'colon' : 'next'
      at++
    } else if (isName(awaited, within)) {
      return at
    } else if (here === '{' || here === '[') {
      open.push(here)
      awaited = 'first'
      at++
    } else {
      const end = past(SCALAR, text, at)
      if (end === at) return at
      awaited = 'next'
      at = end
    }
    at = past(SPACE, text, at)
  }
}

const isName = (awaited: string, within: string | undefined): boolean =>
  awaited === 'name' || (awaited === 'first' && within === '{')

/** Where the characters of a string end. */
function stringIn(text: string, from: number): number {
  let at = from
  for (;;) {
    const plain = past(PLAIN, text, at)
    const escaped = past(ESCAPE, text, plain)
    if (escaped === plain) return plain
    at = escaped
  }
}
