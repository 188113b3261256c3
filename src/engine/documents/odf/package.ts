import { AppError } from '../../../shared/errors.ts'
import type { ReaderInput } from '../format-reader.ts'
import { parseXml } from '../xml/parse-xml.ts'
import { damaged, type PartContext } from '../zip/damaged.ts'
import { ZipArchive } from '../zip/zip-archive.ts'

const MANIFEST = 'META-INF/manifest.xml'
export const CONTENT = 'content.xml'
export const STYLES = 'styles.xml'

/** Modules of Basic libraries (the index of a library is none) and scripts of other languages. */
const MACROS = /^(?:Basic\/.+\/(?!script-lb\.xml$)[^/]+|Scripts\/.+[^/])$/

interface OdfPackage {
  readonly archive: ZipArchive
  readonly context: PartContext
  readonly hasMacros: boolean
}

/**
 * Opens an OpenDocument package (ODF 1.3 part 2).
 *
 * @param type the format, as it is called in errors
 * @throws AppError documents/encrypted, documents/damaged and what the archive throws
 */
export function openPackage(input: ReaderInput, type: string): OdfPackage {
  const context = { input, type }
  const archive = ZipArchive.open(input, type)
  const open = (name: string): void => {
    if (name === 'manifest:encryption-data') {
      throw new AppError('documents/encrypted', { name: input.name, type: 'ODF' })
    }
  }
  if (archive.has(MANIFEST)) parseXml(archive, MANIFEST, { open }, context)
  if (!archive.has(CONTENT)) throw damaged(context, CONTENT)
  return { archive, context, hasMacros: archive.entries.some(({ name }) => MACROS.test(name)) }
}
