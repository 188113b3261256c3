export type { HistogramBucket } from './histogram.ts'
export type { Language } from './language.ts'
export { groupNearDuplicates } from './near-duplicates.ts'
export { type NormalizationStep, normalizeText } from './normalize.ts'
export {
  type Corpus,
  type CorpusDocument,
  type CorpusOptions,
  type DistinctTexts,
  distinctTexts,
  prepareCorpus,
  textsSha256,
} from './prepare-corpus.ts'
export { type CorpusSplit, EVALUATE_ONLY, type SplitShares, TUNE_AND_EVALUATE } from './split.ts'
