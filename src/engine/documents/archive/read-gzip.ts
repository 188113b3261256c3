import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { AppError } from '../../../shared/errors.ts'
import type { FormatReader, ReaderInput } from '../format-reader.ts'
import { damaged } from '../zip/damaged.ts'

/**
 * The one file that a gzip file holds (RFC 1952, all of its members together), called as the gzip file without its
 * ending: the name inside is optional and may be another's.
 *
 * @throws AppError documents/damaged, documents/unpacked-too-large, when the file in it is read
 */
export const readGzip: FormatReader = (input) => {
  const name = basename(input.name)
    .replace(/\.gz$/i, '')
    .replace(/\.tgz$/i, '.tar')
  return { text: null, embedded: [{ name, read: () => gunzip(input) }] }
}

function gunzip(input: ReaderInput): Uint8Array {
  const { bytes, name, limits, budget } = input
  try {
    const unpacked = gunzipSync(bytes, { maxOutputLength: limits.unpackedBytes })
    budget.take(unpacked.length, name)
    return unpacked
  } catch (error) {
    if (!(error instanceof Error) || error instanceof AppError) throw error
    if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      const limit = limits.unpackedBytes
      throw new AppError('documents/unpacked-too-large', { name, limit }, { cause: error })
    }
    throw damaged({ input, type: 'GZIP' }, error.message, error)
  }
}
