export { calibrationWindows } from './calibration-windows.ts'
export {
  assertKvHeads,
  CONVERSION_METHODS,
  convertModel,
  type ConversionMethod,
  type ConversionOptions,
  type ModelWeights,
} from './convert-model.ts'
export { collectHeadStatistics, type CalibrationInput, type LayerStatistics } from './head-statistics.ts'
