export { groupNearDuplicates } from './clusters.ts'
export { coverage, lengthHistogram } from './lengths.ts'
export {
  type Corpus,
  type CorpusDocument,
  type CorpusOptions,
  prepareCorpus,
  textsSha256,
} from './prepare-corpus.ts'
export { type Selection, selectDocuments, type SelectionOptions } from './select-documents.ts'
export type { SketchedDocuments } from './sketches.ts'
export { EVALUATE_ONLY, type SplitShares, TUNE_AND_EVALUATE } from './split.ts'
