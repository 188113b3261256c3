import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of an archive that is written by hand; what is left out is what an honest writer would put. */
export interface RawEntry {
  readonly name: string
  readonly content: Uint8Array | string
  /** What stands in the archive in place of the deflated content. */
  readonly packed?: Uint8Array
  readonly method?: number
  readonly flags?: number
  readonly crc?: number
  readonly declaredBytes?: number
  /** Where the local header is said to be. */
  readonly offset?: number
}

/** A zip file, byte by byte after PKWARE's APPNOTE: local headers with data, central directory, its end. */
export function zipBytes(entries: readonly RawEntry[]): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let position = 0
  for (const entry of entries) {
    const content = Buffer.from(entry.content)
    const packed = entry.packed ?? deflateRawSync(content)
    const name = Buffer.from(entry.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(entry.flags ?? 0x0800, 2)
    common.writeUInt16LE(entry.method ?? 8, 4)
    common.writeUInt32LE(entry.crc ?? crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(entry.declaredBytes ?? content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const offset = Buffer.alloc(4)
    offset.writeUInt32LE(entry.offset ?? position)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), common, Buffer.alloc(10), offset, name)
    const local = [Buffer.from('PK\u0003\u0004', 'latin1'), common, name, Buffer.from(packed)]
    locals.push(...local)
    position += local.reduce((sum, part) => sum + part.length, 0)
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(entries.length & 0xffff, 8)
  end.writeUInt16LE(entries.length & 0xffff, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(position, 16)
  return new Uint8Array(Buffer.concat([...locals, listed, end]))
}
