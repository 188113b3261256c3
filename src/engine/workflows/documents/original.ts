import { open } from 'node:fs/promises'

import { ORIGINAL_PIECE_BYTES } from '../../../shared/contract/documents.ts'
import { AppError } from '../../../shared/errors.ts'
import { findFile } from '../../documents/index.ts'
import { fileError } from '../../kernel/files.ts'

/** What a window can draw, by the first bytes of a file. */
const DRAWN = [
  { type: 'application/pdf', begins: '%PDF-' },
  { type: 'image/png', begins: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', begins: '\xff\xd8\xff' },
  { type: 'image/gif', begins: 'GIF8' },
  { type: 'image/bmp', begins: 'BM' },
  { type: 'image/webp', begins: 'RIFF' },
] as const
/** A PDF may have other bytes before its mark. */
const SNIFFED_BYTES = 1024

/** A piece of a file. */
export interface OriginalPiece {
  readonly type: (typeof DRAWN)[number]['type']
  /** Of the whole file. */
  readonly bytes: number
  readonly piece: Uint8Array
}

/**
 * A piece of the original of a PDF or a picture.
 *
 * @param offset where it begins, bytes
 * @throws AppError documents/not-found; documents/not-drawn for other formats and for what lies inside another file; file/*
 */
export async function documentOriginal(folder: string, name: string, offset: number): Promise<OriginalPiece> {
  const file = await findFile(folder, name)
  if (file === null) throw new AppError('documents/not-found', { name, path: folder })
  if (file.name !== name) throw new AppError('documents/not-drawn', { name })
  try {
    await using handle = await open(file.path)
    const { size } = await handle.stat()
    const head = await readAt(0, SNIFFED_BYTES)
    const type = typeOf(Buffer.from(head).toString('latin1'))
    if (type === null) throw new AppError('documents/not-drawn', { name })
    return { type, bytes: size, piece: await readAt(offset, ORIGINAL_PIECE_BYTES) }

    async function readAt(position: number, length: number): Promise<Uint8Array> {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    }
  } catch (error) {
    throw fileError(error, file.path, 'read')
  }
}

function typeOf(head: string): OriginalPiece['type'] | null {
  const match = DRAWN.find(({ type, begins }) =>
    type === 'application/pdf' ? head.includes(begins) : head.startsWith(begins),
  )
  return match?.type ?? null
}
