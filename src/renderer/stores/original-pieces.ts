import type { InputOf } from '../../shared/contract.ts'
import type { Api } from '../api.ts'

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0))

/**
 * Fetches a document's original in pieces.
 *
 * @param onProgress told the share that is there, 0 to 1
 * @returns the whole file with its media type
 * @throws AppError
 */
export async function readOriginal(
  api: Api,
  document: Omit<InputOf<'documents.original'>, 'offset'>,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (;;) {
    const { type, bytes, base64 } = await api.call('documents.original', { ...document, offset }, { signal })
    const piece = bytesOf(base64)
    pieces.push(piece)
    offset += piece.length
    onProgress(bytes === 0 ? 1 : Math.min(1, offset / bytes))
    // A piece without bytes before the end would never end.
    if (offset >= bytes || piece.length === 0) return new Blob(pieces, { type })
  }
}
