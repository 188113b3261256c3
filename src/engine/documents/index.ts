export {
  DEFAULT_LIMITS,
  type Document,
  type DocumentFormat,
  type DocumentLimits,
  type TextEncoding,
} from './document.ts'
export type { SkippedFile } from './list-files.ts'
export { type DocumentFolder, readDocuments } from './read-documents.ts'
