import { AppError } from '../../../shared/errors.ts'
import { listCompoundFile, openCompoundFile, type Storage } from '../compound/compound-file.ts'
import type { FileFormat, ReaderInput } from '../format-reader.ts'

/** Streams and storages directly below the root that tell what a compound file is. */
const FORMATS: readonly (readonly [string, FileFormat])[] = [
  ['WordDocument', 'doc'],
  ['Workbook', 'xls'],
  ['Book', 'xls'],
  ['__properties_version1.0', 'msg'],
]
const UNSUPPORTED: readonly (readonly [string, string])[] = [
  ['VisioDocument', 'Visio'],
  ['DocumentText', 'Ichitaro'],
  ['BodyText', 'HWP'],
  ['Quill', 'Publisher'],
  ['MatOST', 'Works'],
]

/**
 * What a compound file is, by what lies directly below its root. One that was cut short is what it was: its reader
 * tells that it is damaged.
 *
 * @param type how the format is called if it turns out to be damaged
 * @throws AppError documents/damaged, documents/encrypted, documents/rights-managed, documents/legacy-format,
 *   documents/unsupported-type
 */
export function compoundFormat(input: ReaderInput, type: string): FileFormat {
  const { name } = input
  const root = listCompoundFile(input, type)
  const has = (entry: string): boolean => root.streams.has(entry) || root.storages.has(entry)
  if (isRightsManaged(root)) throw new AppError('documents/rights-managed', { name })
  if (has('EncryptedPackage')) throw new AppError('documents/encrypted', { name, type: 'Office' })
  const format = FORMATS.find(([entry]) => has(entry))?.[1]
  if (format !== undefined) return format
  if (has('PowerPoint Document')) {
    throw new AppError('documents/legacy-format', { name, type: 'PPT', wanted: 'PPTX' })
  }
  const known = UNSUPPORTED.find(([entry]) => has(entry))?.[1]
  // What would tell the kind may lie beyond where the file was cut.
  if (known === undefined) openCompoundFile(input, type)
  throw new AppError('documents/unsupported-type', { name, type: known ?? 'OLE' })
}

/** Whether rights management encrypted it: binary documents, and packages of Office Open XML (MS-OFFCRYPTO §2.2). */
function isRightsManaged({ streams, storages }: Storage<null>): boolean {
  const spaces = storages.get('\x06DataSpaces')?.storages.get('DataSpaceInfo')?.streams
  return streams.has('\x09DRMContent') || spaces?.has('DRMEncryptedDataSpace') === true
}
