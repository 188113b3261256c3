import { AppError } from '../../../shared/errors.ts'
import { mojibakeShare } from '../../text/index.ts'
import type { ReaderInput } from '../format-reader.ts'
import { countBroken, decodeText, type DecodedText, MAX_BROKEN, TOLERATED_LOSS } from './text-encoding.ts'

/** Share of garbled lines above which a text is. */
const MOJIBAKE = 0.5

/**
 * Decodes a text document as `decodeText` does, and refuses what is no text.
 *
 * @param declared the name of an encoding that the file itself gives
 * @throws AppError documents/not-text, documents/mojibake, documents/broken-text
 */
export function decodeDocument({ bytes, name }: ReaderInput, declared?: string): DecodedText {
  const decoded = decodeText(bytes, declared)
  if (decoded === null) throw new AppError('documents/not-text', { name, type: 'binary' })
  const { text, encoding } = decoded
  if (mojibakeShare(text) > MOJIBAKE) throw new AppError('documents/mojibake', { name })
  if (controlShare(text) > TOLERATED_LOSS) {
    throw new AppError('documents/not-text', { name, type: 'binary' })
  }
  const broken = countBroken(text)
  if (broken > text.length * MAX_BROKEN) {
    throw new AppError('documents/broken-text', { name, broken, characters: text.length, encoding })
  }
  return decoded
}

/** Share of characters that no text has: C0 and C1 controls but for white space. */
function controlShare(text: string): number {
  let controls = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x20 ? code < 0x09 || code > 0x0d : code >= 0x7f && code < 0xa0 && code !== 0x85) controls++
  }
  return controls / Math.max(1, text.length)
}
