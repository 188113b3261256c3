import { AppError } from '../../../shared/errors.ts'
import type { FileFormat, ReaderInput } from '../format-reader.ts'
import { ZipArchive } from '../zip/zip-archive.ts'

const CONTENT_TYPES = '[Content_Types].xml'
const MANIFEST = 'META-INF/manifest.xml'
/** Of a part, as much as tells the format. */
const LOOKED_AT_BYTES = 262_144

/** Content types of main parts (ISO/IEC 29500-1 §15.2, MS-OFFMACRO2), without their common beginnings. */
const MAIN_PARTS: readonly (readonly [RegExp, FileFormat])[] = [
  [
    /(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled)\.main\+xml/i,
    'docx',
  ],
  [
    /(?:presentationml\.(?:presentation|slideshow|template)|ms-powerpoint\.(?:presentation|slideshow|template|addin)\.macroEnabled)\.main\+xml/i,
    'pptx',
  ],
  [
    /(?:spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template|addin)\.macroEnabled)\.main\+xml/i,
    'xlsx',
  ],
]
const BINARY_WORKBOOK = /ms-excel\.sheet\.binary\.macroEnabled\.main/i

const OPEN_DOCUMENTS: Readonly<Record<string, FileFormat>> = {
  text: 'odt',
  spreadsheet: 'ods',
  presentation: 'odp',
}

/** Entries that only files of these kinds have. */
const UNSUPPORTED: readonly (readonly [string, string])[] = [
  ['AndroidManifest.xml', 'APK'],
  ['META-INF/MANIFEST.MF', 'JAR'],
  ['Index/Document.iwa', 'iWork'],
  ['Index.zip', 'iWork'],
]

/**
 * What a zip file is: an Office Open XML or OpenDocument file by what it says of its main part, else a folder of
 * files.
 *
 * @param type how the format is called if it turns out to be damaged
 * @throws AppError as ZipArchive.open; documents/legacy-format, documents/unsupported-type
 */
export function zipFormat(input: ReaderInput, type: string): FileFormat {
  const { name } = input
  const archive = ZipArchive.open(input, type)
  const mediaType = archive.has('mimetype') ? beginning(archive, 'mimetype').trim() : ''
  if (mediaType === 'application/epub+zip') throw unsupported(name, 'EPUB')
  if (archive.has(CONTENT_TYPES)) return officeFormat(beginning(archive, CONTENT_TYPES), name)
  const open = openDocumentType(mediaType) ?? (archive.has(MANIFEST) ? manifestType(archive) : undefined)
  if (open !== undefined) {
    const format = OPEN_DOCUMENTS[open]
    if (format === undefined) throw unsupported(name, `OpenDocument ${open}`)
    return format
  }
  const known = UNSUPPORTED.find(([entry]) => archive.has(entry))
  if (known !== undefined) throw unsupported(name, known[1])
  return 'zip'
}

function officeFormat(contentTypes: string, name: string): FileFormat {
  const format = MAIN_PARTS.find(([pattern]) => pattern.test(contentTypes))?.[1]
  if (format !== undefined) return format
  if (BINARY_WORKBOOK.test(contentTypes)) {
    throw new AppError('documents/legacy-format', { name, type: 'XLSB', wanted: 'XLSX' })
  }
  if (/ms-visio/i.test(contentTypes)) throw unsupported(name, 'Visio')
  throw unsupported(name, /fixeddocumentsequence/i.test(contentTypes) ? 'XPS' : 'Office Open XML')
}

function manifestType(archive: ZipArchive): string | undefined {
  return openDocumentType(/application\/vnd\.oasis\.[\w.-]+/.exec(beginning(archive, MANIFEST))?.[0] ?? '')
}

/** `text` of `application/vnd.oasis.opendocument.text-template`. */
function openDocumentType(mediaType: string): string | undefined {
  return /^application\/vnd\.oasis\.opendocument\.(\w+)/.exec(mediaType)?.[1]
}

function beginning(archive: ZipArchive, part: string): string {
  const pieces: Uint8Array[] = []
  let length = 0
  for (const piece of archive.chunks(part)) {
    pieces.push(piece)
    length += piece.length
    if (length >= LOOKED_AT_BYTES) break
  }
  const bytes = Buffer.concat(pieces)
  const isWide = bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xff || bytes[0] === 0xfe
  // What is looked for is ASCII.
  return isWide ? bytes.toString('latin1').replaceAll('\0', '') : bytes.toString('latin1')
}

function unsupported(name: string, type: string): AppError {
  return new AppError('documents/unsupported-type', { name, type })
}
