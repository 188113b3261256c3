import type { ZipArchive } from '../zip/zip-archive.ts'

/** Whether an Open XML document holds macros; what they are is not looked at. */
export function hasMacros(archive: ZipArchive): boolean {
  return archive.entries.some(({ name }) => /(^|\/)vbaProject\.bin$/i.test(name))
}
