import { open } from 'node:fs/promises'
import { extname } from 'node:path'

import { AppError, assertNever } from '../../shared/errors.ts'
import { fileError, sha256 } from '../kernel/files.ts'
import type { Document, DocumentFormat, DocumentLimits } from './document.ts'
import { declaredHtmlEncoding, htmlText } from './html-text.ts'
import { isMojibake } from './mojibake.ts'
import { foreignFormat } from './signature.ts'
import { tableText } from './table-text.ts'
import { countBroken, decodeText, TOLERATED_LOSS } from './text-encoding.ts'

const FORMATS: Readonly<Record<string, DocumentFormat>> = {
  '.txt': 'text',
  '.text': 'text',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.html': 'html',
  '.htm': 'html',
}

/** The format that a file name promises, or null when it is none that can be read. */
export function formatOf(name: string): DocumentFormat | null {
  return FORMATS[extname(name).toLowerCase()] ?? null
}

/**
 * Reads one file. Runs in the process it is called in: reading a folder does this in a child that can be killed.
 * @param name how the document is called in the result and in errors
 * @throws AppError documents/… or file/… with the reason why the file cannot be used
 */
export async function readDocument(
  path: string,
  name: string,
  limits: Pick<DocumentLimits, 'fileBytes' | 'characters'>,
): Promise<Document> {
  const format = formatOf(name)
  if (format === null) throw new AppError('documents/unsupported-type', { name, type: extname(name) || '-' })
  const bytes = await readBytes(path, name, limits.fileBytes)
  return {
    ...extractText(bytes, name, format, limits.characters),
    name,
    sha256: sha256(bytes),
    bytes: bytes.length,
  }
}

async function readBytes(path: string, name: string, limit: number): Promise<Uint8Array> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      if (size > limit) throw new AppError('documents/too-large', { name, bytes: size, limit })
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fileError(error, name, 'read')
  }
}

function extractText(
  bytes: Uint8Array,
  name: string,
  format: DocumentFormat,
  limit: number,
): Pick<Document, 'encoding' | 'format' | 'characters' | 'brokenCharacters' | 'text'> {
  const foreign = foreignFormat(bytes)
  if (foreign !== null) throw new AppError('documents/not-text', { name, type: foreign })
  const decoded = decodeText(bytes, format === 'html' ? declaredHtmlEncoding(bytes) : undefined)
  if (decoded !== null && isMojibake(decoded.text)) throw new AppError('documents/mojibake', { name })
  if (decoded === null || controlShare(decoded.text) > TOLERATED_LOSS) {
    throw new AppError('documents/not-text', { name, type: 'binary' })
  }
  const { encoding } = decoded
  const text = readable(decoded.text, name, format)
  if (text.trim() === '') throw new AppError('documents/empty', { name })
  const characters = text.length
  if (characters > limit) throw new AppError('documents/too-long', { name, characters, limit })
  const brokenCharacters = countBroken(text)
  if (brokenCharacters > characters * TOLERATED_LOSS) {
    throw new AppError('documents/broken-text', { name, broken: brokenCharacters, characters, encoding })
  }
  return { encoding, format, characters, brokenCharacters, text }
}

function readable(text: string, name: string, format: DocumentFormat): string {
  switch (format) {
    case 'text':
    case 'markdown':
      return text
    case 'csv':
      return tableText(text, name)
    case 'tsv':
      return tableText(text, name, '\t')
    case 'html': {
      const readableText = htmlText(text)
      if (readableText === null) throw new AppError('documents/too-deep', { name })
      return readableText
    }
    default:
      return assertNever(format)
  }
}

/** Share of characters that no text has: C0 and C1 controls but for white space. */
function controlShare(text: string): number {
  const controls = text.match(/[\p{Cc}--[\t\n\v\f\r\x85]]/gv)?.length ?? 0
  return text.length === 0 ? 0 : controls / text.length
}
