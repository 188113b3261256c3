import { createCanvas, loadImage } from '@napi-rs/canvas'

import { AppError } from '../../../shared/errors.ts'
import type { FormatReader, ReaderInput } from '../format-reader.ts'
import { recognizePicture } from '../ocr/recognize-picture.ts'
import { measurePicture, type PictureHeader } from './measure-picture.ts'

const BYTES_PER_PIXEL = 4
/** A page of A3 at 300 dpi. More adds nothing that is recognised and takes long. */
const MAX_PIXELS = 18_000_000

/**
 * Reads the text in a picture (PNG, JPEG, GIF, BMP or WebP; of a moving one the first frame), if pictures are to be
 * recognised.
 *
 * @throws AppError documents/scan, documents/unsupported-type (TIFF), documents/unpacked-too-large,
 *   documents/damaged, documents/nothing-recognized
 */
export const readImage: FormatReader = async (input) => {
  const { name } = input
  if (!input.ocr) throw new AppError('documents/scan', { name, pages: 1 })
  const { text, steps, confidence } = await recognizePicture(await drawnOnPaper(input), input)
  if (text === '') throw new AppError('documents/nothing-recognized', { name })
  return { text, steps: [...steps, 'ocr'], health: { ocr: { pages: 1, confidence } } }
}

/** The picture as a PNG without transparency, of a size that can be recognised. */
async function drawnOnPaper({ bytes, name, budget }: ReaderInput): Promise<Uint8Array> {
  if (isTiff(bytes)) throw new AppError('documents/unsupported-type', { name, type: 'TIFF' })
  const header = measurePicture(bytes)
  const { width = 0, height = 0, type = 'picture' } = header ?? {}
  if (header?.isWhole !== true || width === 0 || height === 0) throw damaged(name, type, 'end of file')
  budget.take(width * height * BYTES_PER_PIXEL, name)
  const scale = Math.min(1, Math.sqrt(MAX_PIXELS / (width * height)))
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
  const context = canvas.getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  try {
    context.drawImage(await loadImage(bytes), 0, 0, canvas.width, canvas.height)
  } catch (error) {
    throw damaged(name, type, error instanceof Error ? error.message.slice(0, 120) : 'picture', error)
  }
  return await canvas.encode('png')
}

function isTiff([first, second]: Uint8Array): boolean {
  return first === second && (first === 0x49 || first === 0x4d)
}

function damaged(
  name: string,
  type: PictureHeader['type'] | 'picture',
  part: string,
  cause?: unknown,
): AppError {
  return new AppError('documents/damaged', { name, type, part }, { cause })
}
