import type { EmbeddedFile, FormatReader } from '../format-reader.ts'
import { isLitter } from '../litter.ts'
import { ZipArchive } from '../zip/zip-archive.ts'

/**
 * Lists the files of a zip archive, which are read one by one: one that is encrypted or damaged does not spoil the
 * others.
 *
 * @throws AppError documents/damaged, documents/too-many-entries, documents/overlapping-entries
 */
export const readZipFolder: FormatReader = (input) => {
  const archive = ZipArchive.open(input, 'ZIP')
  const embedded: EmbeddedFile[] = archive.entries
    .filter(({ name, isFolder }) => !isFolder && !name.split('/').some(isLitter))
    .map(({ name }) => ({ name, read: () => archive.read(name) }))
  return { text: null, embedded }
}
