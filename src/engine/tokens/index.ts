export { type BpeTrainingOptions, END_OF_TEXT, trainByteLevelBpe } from './byte-level-bpe.ts'
export {
  assertTokenizerFits,
  createTokenizer,
  loadTokenizer,
  type Tokenizer,
  tokenizerConfigJson,
  tokenizersAgree,
} from './tokenizer.ts'
export {
  bucketRange,
  encodeDocument,
  positionBucket,
  rollingWindows,
  type ScorableDocument,
  type ScoringWindow,
  strideOf,
} from './windows.ts'
