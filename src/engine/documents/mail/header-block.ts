const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** Bytes of the header fields of a mail, up to the empty line after them. */
export function headerLength(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) {
    const next = bytes[at + 1] === CARRIAGE_RETURN ? at + 2 : at + 1
    if (bytes[next] === LINE_FEED) return at + 1
  }
  return bytes.length
}
