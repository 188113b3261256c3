import type { EmbeddedFile } from '../format-reader.ts'

const LINE_FEED = 0x0a
/** The line before each mail in a mailbox (RFC 4155): who sent it, and when. */
const SEPARATOR = Buffer.from('From ')
const SEPARATOR_LINE = /^From \S+ .*\d{2}:\d{2}/
/** Bytes of a separator that are looked at. */
const LONGEST_SEPARATOR = 200

/** The mails of a mailbox; null for bytes that are none. */
export function mailsOf(bytes: Uint8Array): readonly EmbeddedFile[] | null {
  if (!SEPARATOR.equals(bytes.subarray(0, SEPARATOR.length))) return null
  const starts = separators(bytes)
  if (starts[0]?.from !== 0) return null
  return starts.map(({ to }, index) => ({
    name: `${index + 1}.eml`,
    read: () => unquoted(bytes.subarray(to, starts[index + 1]?.from)),
  }))
}

/** Separators stand at the start or after an empty line. */
function separators(bytes: Uint8Array): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = []
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let from = buffer.indexOf(SEPARATOR); from !== -1; from = buffer.indexOf(SEPARATOR, from + 1)) {
    if (from > 0 && !/\n\r?\n$/.test(buffer.toString('latin1', Math.max(0, from - 3), from))) continue
    const end = buffer.indexOf(LINE_FEED, from)
    const to = end === -1 ? buffer.length : end + 1
    const line = buffer.toString('latin1', from, Math.min(to, from + LONGEST_SEPARATOR))
    if (SEPARATOR_LINE.test(line)) found.push({ from, to })
  }
  return found
}

/** A line that would look like a separator stands with a `>` before it. */
function unquoted(bytes: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(bytes)
      .toString('latin1')
      .replaceAll(/^>(>*From )/gm, '$1'),
    'latin1',
  )
}
