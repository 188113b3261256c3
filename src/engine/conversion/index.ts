export { calibrationWindows } from './calibration-windows.ts'
export { assertKvHeads, convertModel, type ConversionOptions, type ModelWeights } from './convert-model.ts'
export { collectHeadStatistics, type CalibrationInput, type LayerStatistics } from './head-statistics.ts'
export { CONVERSION_METHODS, type ConversionMethod } from './merge-heads.ts'
