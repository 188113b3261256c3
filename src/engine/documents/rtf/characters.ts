/** Control words that stand for a character. */
export const CHARACTERS: Readonly<Record<string, string>> = {
  bullet: '•',
  column: '\n',
  emdash: '—',
  emspace: '\u2003',
  endash: '–',
  enspace: '\u2002',
  lbr: '\n',
  ldblquote: '“',
  line: '\n',
  lquote: '‘',
  ltrmark: '\u200e',
  page: '\n',
  qmspace: '\u2005',
  rdblquote: '”',
  rquote: '’',
  rtlmark: '\u200f',
  sect: '\n',
  tab: '\t',
  zwj: '\u200d',
  zwnj: '\u200c',
}

/** Control symbols that stand for a character. */
export const SYMBOLS: Readonly<Record<string, string>> = { '~': '\u00a0', _: '\u2011', '-': '\u00ad' }
