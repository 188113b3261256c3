import { viewOf } from '../byte-view.ts'

const HEADER_BYTES = 16
const COMPRESSED = 0x75465a4c
const UNCOMPRESSED = 0x414c454d
const DICTIONARY_BYTES = 4096
/** What every compressed text can refer to (\[MS-OXRTFCP] §2.1.2.1). */
const FIRST_DICTIONARY = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
)

/**
 * Decompresses the RTF body of an Outlook message (\[MS-OXRTFCP] §2.2).
 *
 * @param take called with the number of bytes, as they come
 * @returns null where the bytes are not sound
 */
export function decompressedRtf(bytes: Uint8Array, take: (bytes: number) => void): Uint8Array | null {
  if (bytes.length < HEADER_BYTES) return null
  const view = viewOf(bytes)
  const end = view.getUint32(0, true) + 4
  const size = view.getUint32(4, true)
  const type = view.getUint32(8, true)
  if (end > bytes.length) return null
  if (type === UNCOMPRESSED) return bytes.subarray(HEADER_BYTES, HEADER_BYTES + size)
  return type === COMPRESSED ? inflated(bytes.subarray(HEADER_BYTES, end), size, take) : null
}

function inflated(bytes: Uint8Array, size: number, take: (bytes: number) => void): Uint8Array | null {
  // Two bytes stand for 17 at most.
  if (size > bytes.length * 9) return null
  take(size)
  const output = new Uint8Array(size)
  const dictionary = new Uint8Array(DICTIONARY_BYTES)
  dictionary.set(FIRST_DICTIONARY)
  let place = FIRST_DICTIONARY.length
  let length = 0
  const put = (byte: number): void => {
    output[length++] = byte
    dictionary[place] = byte
    place = (place + 1) % DICTIONARY_BYTES
  }
  for (let at = 0; at < bytes.length;) {
    const control = bytes[at++]!
    for (let bit = 0; bit < 8 && at < bytes.length; bit++) {
      if ((control & (1 << bit)) === 0) put(bytes[at++]!)
      else {
        const token = (bytes[at]! << 8) | (bytes[at + 1] ?? 0)
        at += 2
        const offset = token >> 4
        // A reference to the place that comes next ends the text.
        if (offset === place) return length === size ? output : null
        for (let index = 0; index < (token & 15) + 2; index++)
          put(dictionary[(offset + index) % DICTIONARY_BYTES]!)
      }
    }
  }
  return null
}
