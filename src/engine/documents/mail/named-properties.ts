const ENTRY_BYTES = 128
const NAMES = Buffer.from('__nameid_version1.0\0', 'utf16le')

/**
 * An Outlook message without the list of what its named properties are ([MS-OXMSG] §2.2.3). None of them is text that
 * a reader sees, and the parser of messages writes to the console where it cannot make sense of one.
 */
export function withoutNamedProperties(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes)
  for (let at = copy.indexOf(NAMES); at !== -1; at = copy.indexOf(NAMES, at + 1)) {
    // Only names in the directory stand at such places. A folder of another name is not looked into.
    if (at % ENTRY_BYTES === 0) copy[at] = 'x'.charCodeAt(0)
  }
  return new Uint8Array(copy.buffer, copy.byteOffset, copy.byteLength)
}
