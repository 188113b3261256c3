import type { OfferedFile } from '../../stores/uploads.ts'

/** Files of an input element, in order of name; a chosen folder's own name is kept in front. */
export function offeredByInput(files: Iterable<File>): readonly OfferedFile[] {
  return Array.from(files, (file) => ({ name: file.webkitRelativePath || file.name, file })).sort(byName)
}

/**
 * Files of a drop, folders with all that lies in them. Call it inside the event handler: entries can be asked for only
 * there.
 */
export async function offeredByDrop(items: Iterable<DataTransferItem>): Promise<readonly OfferedFile[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const found = await Promise.all(entries.map((entry) => filesOf(entry)))
  return found.flat().sort(byName)
}

async function filesOf(entry: FileSystemEntry): Promise<readonly OfferedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    return [{ name: entry.fullPath.replace(/^\//, ''), file }]
  }
  if (!isFolder(entry)) return []
  const reader = entry.createReader()
  const found: OfferedFile[] = []
  for (;;) {
    // A reader tells its entries in batches, the last of which is empty.
    const batch = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (batch.length === 0) return found
    for (const inner of batch) found.push(...(await filesOf(inner)))
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const byName = (a: OfferedFile, b: OfferedFile): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
