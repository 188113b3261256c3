/** The engine's only door: the use cases that the command line, the desktop and the browser call. */
export { parentChannel, useChildSpawner } from './kernel/child-process.ts'
export { installNetworkGuard } from './kernel/network-guard.ts'
export { packageRoot } from './kernel/package-root.ts'
export { parentChildSpawner } from './kernel/parent-spawner.ts'
export { newRunId } from './runs/index.ts'
export { type Logger, type RunContext, silentLogger } from './kernel/run-context.ts'
export { packageVersion } from './kernel/version.ts'
export { CONVERSION_METHODS, convertModelFolder } from './workflows/convert-model.ts'
export type { MeasuredLoss } from './workflows/measure-loss.ts'
export { readAppSettings, writeAppSettings } from './workflows/app-settings.ts'
export { beginningAssumptions } from './workflows/assumptions.ts'
export { bundledModels } from './workflows/bundled-models.ts'
export { corpusOverview, type TokenCounts } from './workflows/documents/corpus-overview.ts'
export { deleteDocuments, documentDeletion } from './workflows/documents/delete.ts'
export { fileTexts } from './workflows/documents/file-texts.ts'
export { Surveys } from './workflows/documents/surveys.ts'
export { excludeDocuments } from './workflows/documents/exclude.ts'
export { documentOriginal } from './workflows/documents/original.ts'
export { unknownExclusions } from './workflows/documents/corpus-of.ts'
export { type DocumentsInput, documentsOverview, documentText } from './workflows/documents/overview.ts'
export { clearCache, measureCache } from './workflows/cache.ts'
export { listFolders } from './workflows/list-folders.ts'
export {
  deleteAssumptionSet,
  listAssumptionSets,
  readAssumptionSet,
  saveAssumptionSet,
} from './workflows/project/assumption-sets.ts'
export { createProject, openProject, suggestedParent } from './workflows/project/create-project.ts'
export { readProject, updateProject } from './workflows/project/project-file.ts'
export { deleteProjectRun, runReportsFolder } from './workflows/project/run-reports.ts'
export { projectRunSettings } from './workflows/project/run-settings.ts'
export { forgetProject, recentProjects } from './workflows/project/recent-projects.ts'
export { openSampleProject } from './workflows/project/sample-project.ts'
export { uploadDocument } from './workflows/documents/upload.ts'
export { buildReferenceModels } from './workflows/reference.ts'
export { trainModelFolder } from './workflows/train-model.ts'
export { tuneModelFolder } from './workflows/tune-model.ts'
export { doctor, type DoctorReport } from './workflows/doctor.ts'
export { exportModelFolder } from './workflows/export-model.ts'
export { SideBySide } from './workflows/side-by-side.ts'
export { generateText, type GeneratedText } from './workflows/generate-text.ts'
export {
  graphCache,
  resolveHome,
  resolveThreads,
  type Storage,
  storageIn,
  textCache,
} from './workflows/home.ts'
export { inspectModel, type ModelDescription } from './workflows/inspect-model.ts'
export { checkPoc } from './workflows/check-poc.ts'
export { type PocObserver, type PocOutcome, resumePoc, runPoc } from './workflows/poc/poc.ts'
export type { PocSettings } from './workflows/poc/settings.ts'
export { calculateOwnRoi, calculateRunRoi, writeRoiTemplate } from './workflows/roi.ts'
export {
  deleteRun,
  listRuns,
  reportContent,
  reportName,
  type ReportOrder,
  runLocale,
  type RunOverview,
  runReport,
  runResults,
  type RunSummary,
  showRun,
  writeReport,
  writeRunReport,
} from './workflows/runs.ts'
export { type DocumentsScore, scoreDocuments } from './workflows/score-documents.ts'
