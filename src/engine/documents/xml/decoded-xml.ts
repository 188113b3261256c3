import type { AppError } from '../../../shared/errors.ts'

const SNIFFED_BYTES = 256

/**
 * The text of an XML document: by its byte order mark, else by its first bytes, else by its declaration (XML 1.0
 * appendix F).
 *
 * @param fail makes the error of bytes that are not in that encoding
 */
export function* decodedXml(
  chunks: Iterable<Uint8Array>,
  fail: (reason: string, cause?: Error) => AppError,
): Generator<string, void, undefined> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let encoding = 'utf-8'
  const decode = (chunk?: Uint8Array): string => {
    try {
      if (decoder === undefined && chunk !== undefined) {
        encoding = xmlEncoding(chunk)
        decoder = new TextDecoder(encoding, { fatal: true })
      }
      return decoder?.decode(chunk, { stream: chunk !== undefined }) ?? ''
    } catch (error) {
      throw fail(`not ${encoding}`, error instanceof Error ? error : undefined)
    }
  }
  for (const chunk of chunks) yield decode(chunk)
  yield decode()
}

/** The encoding by the first chunk. */
function xmlEncoding(chunk: Uint8Array): string {
  const [first, second] = chunk
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be'
  const head = new TextDecoder('latin1').decode(chunk.subarray(0, SNIFFED_BYTES))
  const declared = /^[^<]{0,3}<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]?.toLowerCase()
  // A declaration that can be read a byte at a time is not in UTF-16, whatever it says.
  return declared === undefined || declared.startsWith('utf-16') ? 'utf-8' : declared
}
