import type { EmbeddedFile, FormatReader } from '../format-reader.ts'
import { ZipArchive } from '../zip/zip-archive.ts'

/** Files that operating systems and Office leave beside documents; names that begin with a period are hidden. */
const LITTER = /^(?:\.(?!\.?$).*|~\$.*|__macosx|thumbs\.db|desktop\.ini)$/i

/**
 * Lists the files of a zip archive, which are read one by one: one that is encrypted or damaged does not spoil the
 * others.
 *
 * @throws AppError documents/damaged, documents/too-many-entries, documents/overlapping-entries
 */
export const readZipFolder: FormatReader = (input) => {
  const archive = ZipArchive.open(input, 'ZIP')
  const embedded: EmbeddedFile[] = archive.entries
    .filter(({ name, isFolder }) => !isFolder && !name.split('/').some((part) => LITTER.test(part)))
    .map(({ name }) => ({ name, read: () => archive.read(name) }))
  return { text: null, embedded }
}
