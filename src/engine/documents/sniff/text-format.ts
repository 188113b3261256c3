import { extname } from 'node:path'

import { AppError } from '../../../shared/errors.ts'
import type { FileFormat } from '../format-reader.ts'

/** What plain text may be, which only its name tells. */
const NAMED: Readonly<Record<string, FileFormat>> = {
  '.txt': 'text',
  '.text': 'text',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
}
const PAGE_NAMES = new Set(['.html', '.htm', '.xhtml', '.xht', '.shtml'])

/** What may stand before the first element of a page. Pieces of it begin with different characters. */
const PAGE_PROLOGUE = /^(?:\s+|<!--[^]*?-->|<\?xml[^>]*>)*/i
const PAGE_START = /^<(?:!doctype\s+html|html|head|body|frameset|meta)[\s>]/i
/** Elements with which a page or a table begins that a program exported under another name. */
const FRAGMENT_START = /^<(?:center|div|font|h[1-6]|p|script|span|style|table|title)[\s>]/i
const TAG = /<\/?[a-z][^<>]*>/i

const XML_TYPES: readonly (readonly [RegExp, { readonly type: string; readonly wanted?: string }])[] = [
  [/<\?mso-application\s+progid="Word\.Document"/, { type: 'Word 2003 XML', wanted: 'DOCX' }],
  [/<\?mso-application\s+progid="Excel\.Sheet"/, { type: 'Excel 2003 XML', wanted: 'XLSX' }],
  [/<pkg:package[\s>]/, { type: 'Flat OPC', wanted: 'DOCX' }],
  [/<office:document[\s>]/, { type: 'Flat ODF', wanted: 'ODT, ODS, ODP' }],
  [/<svg[\s>]/, { type: 'SVG' }],
]

/** Header fields of mails that programs write, and that people write, too (RFC 5322 §3.6, RFC 2045). */
const MACHINE_FIELDS =
  /^(?:content-type|delivered-to|dkim-signature|message-id|mime-version|received|return-path|x-mailer)$/i
const HUMAN_FIELDS = /^(?:bcc|cc|date|from|reply-to|sender|subject|to)$/i
const MAILBOX_START = /^From \S+ .*\d{2}:\d{2}.*\r?\n/

/**
 * What a text is, by how it begins; between plain text, Markdown and tables its name decides.
 *
 * @param head the beginning
 * @throws AppError documents/legacy-format, documents/unsupported-type
 */
export function textFormat(head: string, name: string): FileFormat {
  const extension = extname(name).toLowerCase()
  if (/^\s*\{\\rtf/.test(head)) return 'rtf'
  const named = NAMED[extension]
  const start = head.slice(PAGE_PROLOGUE.exec(head)?.[0].length)
  if (PAGE_START.test(start)) return 'html'
  if (PAGE_NAMES.has(extension)) {
    if (TAG.test(head)) return 'html'
  } else if (named === undefined && FRAGMENT_START.test(start)) return 'html'
  if (/^\s*<\?xml\s/.test(head)) refuseXml(head, name)
  return isMail(head, named !== undefined) ? 'eml' : (named ?? 'text')
}

function refuseXml(head: string, name: string): never {
  const { type, wanted } = XML_TYPES.find(([pattern]) => pattern.test(head))?.[1] ?? { type: 'XML' }
  if (wanted === undefined) throw new AppError('documents/unsupported-type', { name, type })
  throw new AppError('documents/legacy-format', { name, type, wanted })
}

/**
 * Whether a text begins with header fields, two of them such as mails have. A memorandum has some of them too: in a
 * file with the name of a text one must be of those that programs write.
 */
function isMail(head: string, isNamedText: boolean): boolean {
  const fields = new Set<string>()
  const lines = head.replace(MAILBOX_START, '').split(/\r\n?|\n/)
  for (const line of lines) {
    const field = /^([!-9;-~]+)[ \t]*:/.exec(line)?.[1]
    if (field === undefined && !(fields.size > 0 && /^[ \t]+\S/.test(line))) break
    if (field !== undefined) fields.add(field.toLowerCase())
  }
  const machine = [...fields].filter((field) => MACHINE_FIELDS.test(field)).length
  const human = [...fields].filter((field) => HUMAN_FIELDS.test(field)).length
  return machine + human >= 2 && (machine > 0 || !isNamedText)
}
