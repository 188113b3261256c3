export { DEFAULT_LIMITS, type Document, type DocumentLimits } from './document.ts'
export { folderDigest } from './folder-digest.ts'
export { findFile, type FoundFile, type SkippedFile } from './list-files.ts'
export {
  assertSomeRead,
  filesOfDocuments,
  nameAndContainers,
  readDocumentNamed,
  readDocuments,
  type ReadingChoices,
  surveyDocuments,
  surveyFiles,
} from './read-documents.ts'
export type { SketchHead } from './sketch-file.ts'
export type { DocumentFolder } from './survey.ts'
export { TextStore } from './text-store.ts'
