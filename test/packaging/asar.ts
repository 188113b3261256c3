import { mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A file inside an archive, or beside it in `<archive>.unpacked`. */
export interface ArchivedFile {
  readonly size: number
  readonly isUnpacked: boolean
  /** In the archive's data; 0 where the file lies beside it. */
  readonly offset: number
}

interface Node {
  readonly files?: Readonly<Record<string, Node>>
  readonly size?: number
  readonly offset?: string
  readonly unpacked?: boolean
}

/** Sizes of the two pickled headers stand in front; the second holds the tree of files as JSON. */
const HEADER_SIZE_AT = 4
const JSON_SIZE_AT = 12
const JSON_AT = 16

/** What an asar archive holds, by path, and where its data begins. */
export async function readAsar(path: string): Promise<{ files: Map<string, ArchivedFile>; dataAt: number }> {
  const handle = await open(path)
  try {
    const sizes = Buffer.alloc(JSON_AT)
    await handle.read(sizes, 0, JSON_AT, 0)
    const json = Buffer.alloc(sizes.readUInt32LE(JSON_SIZE_AT))
    await handle.read(json, 0, json.length, JSON_AT)
    const files = new Map(listFiles('', JSON.parse(json.toString('utf8')) as Node))
    return { files, dataAt: 8 + sizes.readUInt32LE(HEADER_SIZE_AT) }
  } finally {
    await handle.close()
  }
}

function listFiles(
  path: string,
  { files, size = 0, offset = '0', unpacked = false }: Node,
): [string, ArchivedFile][] {
  if (files === undefined) return [[path, { size, offset: Number(offset), isUnpacked: unpacked }]]
  return Object.entries(files).flatMap(([name, node]) =>
    listFiles(path === '' ? name : `${path}/${name}`, node),
  )
}

/** Writes an archive's files, those beside it included, as Electron would see them. */
export async function extractAsar(path: string, folder: string): Promise<void> {
  const [archive, { files, dataAt }] = await Promise.all([readFile(path), readAsar(path)])
  for (const [name, { size, offset, isUnpacked }] of files) {
    const target = join(folder, name)
    await mkdir(dirname(target), { recursive: true })
    const content = isUnpacked
      ? await readFile(join(`${path}.unpacked`, name))
      : archive.subarray(dataAt + offset, dataAt + offset + size)
    await writeFile(target, content)
  }
}
