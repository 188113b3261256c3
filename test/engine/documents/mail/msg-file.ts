import { CFB } from 'xlsx'

/** Properties by their tag, `0037001F` for a subject in Unicode: bytes of a stream, or a number of 32 bits. */
export interface MsgPart {
  readonly properties: Readonly<Record<string, Uint8Array | number | bigint>>
  readonly recipients?: readonly MsgPart[]
  readonly attachments?: readonly MsgPart[]
  /** The message of an attachment that is one. */
  readonly message?: MsgPart
}

type Container = ReturnType<typeof CFB.utils.cfb_new>

export const unicode = (text: string): Uint8Array => Buffer.from(text, 'utf16le')

/**
 * A message as Outlook saves it ([MS-OXMSG] §2), written by SheetJS.
 *
 * @param names the lists of named properties (§2.2.3): of their sets, of the properties, of strings
 */
export function msgFile(
  message: MsgPart,
  names: readonly [sets: Uint8Array, entries: Uint8Array, strings: Uint8Array] = [
    new Uint8Array(0),
    new Uint8Array(0),
    new Uint8Array(0),
  ],
): Uint8Array {
  const container = CFB.utils.cfb_new()
  for (const [index, list] of names.entries()) {
    CFB.utils.cfb_add(container, `/__nameid_version1.0/__substg1.0_000${index + 2}0102`, Buffer.from(list))
  }
  add(container, '/', message, 32)
  return Uint8Array.from(CFB.write(container, { type: 'buffer' }) as Uint8Array)
}

function add(container: Container, path: string, part: MsgPart, headerBytes: number): void {
  const entries: Buffer[] = [Buffer.alloc(headerBytes)]
  for (const [tag, value] of Object.entries(part.properties)) {
    const entry = Buffer.alloc(16)
    entry.writeUInt32LE(Number.parseInt(tag, 16), 0)
    entry.writeUInt32LE(6, 4)
    if (typeof value === 'number') entry.writeUInt32LE(value, 8)
    else if (typeof value === 'bigint') entry.writeBigUInt64LE(value, 8)
    else {
      entry.writeUInt32LE(value.length, 8)
      CFB.utils.cfb_add(container, `${path}__substg1.0_${tag}`, Buffer.from(value))
    }
    entries.push(entry)
  }
  CFB.utils.cfb_add(container, `${path}__properties_version1.0`, Buffer.concat(entries))
  const number = (index: number): string => index.toString(16).toUpperCase().padStart(8, '0')
  for (const [index, recipient] of (part.recipients ?? []).entries()) {
    add(container, `${path}__recip_version1.0_#${number(index)}/`, recipient, 8)
  }
  for (const [index, attachment] of (part.attachments ?? []).entries()) {
    add(container, `${path}__attach_version1.0_#${number(index)}/`, attachment, 8)
  }
  if (part.message !== undefined) add(container, `${path}__substg1.0_3701000D/`, part.message, 24)
}
