/** The encoding of a Windows code page as TextDecoder calls it; windows-1252 for those that it does not know. */
export function codePageLabel(codePage: number): string {
  return CODE_PAGES[codePage] ?? 'windows-1252'
}

/**
 * The encoding of the text in a font, by the font's character set (\[MS-WMF] §2.1.1.5). Null for the character set
 * of the document: DEFAULT_CHARSET, OEM_CHARSET and unknown ones.
 */
export function charsetLabel(charset: number): string | null {
  return CHARSETS[charset] ?? null
}

/** The character set of fonts whose codes mean pictures rather than letters. */
export const SYMBOL_CHARSET = 2
/** The character set of Western fonts. */
export const ANSI_CHARSET = 0

const CODE_PAGES: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1253: 'windows-1253',
  1254: 'windows-1254',
  1255: 'windows-1255',
  1256: 'windows-1256',
  1257: 'windows-1257',
  1258: 'windows-1258',
  1361: 'euc-kr',
  10000: 'macintosh',
  10001: 'shift_jis',
  20932: 'euc-jp',
  28592: 'iso-8859-2',
  50220: 'iso-2022-jp',
  50221: 'iso-2022-jp',
  50222: 'iso-2022-jp',
  51932: 'euc-jp',
  54936: 'gb18030',
  65001: 'utf-8',
}

const CHARSETS: Readonly<Record<number, string>> = {
  [ANSI_CHARSET]: 'windows-1252',
  77: 'macintosh',
  78: 'shift_jis',
  128: 'shift_jis',
  129: 'euc-kr',
  130: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
}
