import { UPLOAD_PIECE_CHARACTERS } from '../../shared/contract/documents.ts'
import { AppError } from '../../shared/errors.ts'

/** Bytes of a piece: as many as fill the longest base64 that one message may carry. */
const PIECE_BYTES = (UPLOAD_PIECE_CHARACTERS / 4) * 3

interface Piece {
  readonly offset: number
  readonly end: number
  readonly isLast: boolean
}

/** Byte ranges of a file's pieces, in order; an empty file has one empty piece. */
export function* piecesOf({ size }: Blob): Generator<Piece> {
  let offset = 0
  do {
    const end = Math.min(offset + PIECE_BYTES, size)
    yield { offset, end, isLast: end === size }
    offset = end
  } while (offset < size)
}

/**
 * A piece's bytes as base64.
 *
 * @throws AppError file/unreadable when the browser can no longer read the file
 */
export async function base64Of(blob: Blob, name: string): Promise<string> {
  // A data URL is the one way to base64 that every browser has built in and does off the page's thread.
  const reader = new FileReader()
  const url = await new Promise<string>((resolve, reject) => {
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => {
      const reason = reader.error?.message ?? ''
      reject(new AppError('file/unreadable', { path: name, reason }, { cause: reader.error }))
    }
    reader.readAsDataURL(blob)
  })
  return url.split(',')[1] ?? ''
}
