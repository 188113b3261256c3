export { guessLanguage } from './language.ts'
export { mojibakeShare } from './mojibake.ts'
export { type NormalizedText, normalizeText, type NormalizeOptions } from './normalize.ts'
export {
  countSensitive,
  findSensitive,
  type SensitiveCount,
  type SensitivePassage,
} from './sensitive/find-sensitive.ts'
export {
  fewerPassages,
  KEPT_BELOW,
  MINHASHES,
  MOST_PASSAGES,
  sharedPassages,
  similarity,
  type Sketch,
  sketchOf,
} from './sketch.ts'
export { unreadableCharacters } from './unreadable.ts'
