import { CFB } from 'xlsx'

/** One record of the Binary Interchange File Format ([MS-XLS] §2.1.4). */
export function record(type: number, ...parts: readonly (number | Uint8Array)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) =>
      typeof part === 'number' ? Buffer.from([part & 0xff, part >> 8]) : Buffer.from(part),
    ),
  )
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(body.length, 2)
  return Buffer.concat([head, body])
}

/** A compound file with a stream that was written by hand. */
export function compoundFile(stream: 'Book' | 'Workbook', content: Uint8Array): Uint8Array {
  const file = CFB.utils.cfb_new()
  CFB.utils.cfb_add(file, `/${stream}`, Buffer.from(content))
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer)
}
