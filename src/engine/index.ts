/** The engine's only door: the use cases that the command line, the desktop and the browser call. */
export { type Logger, type RunContext, silentLogger } from './kernel/run-context.ts'
export { packageVersion } from './kernel/version.ts'
export { CONVERSION_METHODS, convertModelFolder } from './workflows/convert-model.ts'
export type { MeasuredLoss } from './workflows/measure-loss.ts'
export { buildReferenceModels } from './workflows/reference.ts'
export { trainModelFolder } from './workflows/train-model.ts'
export { tuneModelFolder } from './workflows/tune-model.ts'
export { doctor, type DoctorReport } from './workflows/doctor.ts'
export { exportModelFolder } from './workflows/export-model.ts'
export { generateText, type GeneratedText } from './workflows/generate-text.ts'
export { resolveHome, resolveThreads } from './workflows/home.ts'
export { inspectModel, type ModelDescription } from './workflows/inspect-model.ts'
export { type PocOutcome, resumePoc, runPoc } from './workflows/poc/poc.ts'
export type { PocSettings } from './workflows/poc/settings.ts'
export {
  deleteRun,
  listRuns,
  type RunOverview,
  type RunSummary,
  showRun,
  writeReport,
} from './workflows/runs.ts'
export { type DocumentsScore, scoreDocuments } from './workflows/score-documents.ts'
