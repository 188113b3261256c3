export {
  DEFAULT_LIMITS,
  type Document,
  type DocumentFormat,
  type DocumentLimits,
  type TextEncoding,
} from './document.ts'
export type { SkippedFile } from './list-files.ts'
export { folderDigest } from './folder-digest.ts'
export { type DocumentFolder, readDocumentNamed, readDocuments, surveyDocuments } from './read-documents.ts'
