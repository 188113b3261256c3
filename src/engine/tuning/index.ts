export type { CurvePoint } from './checkpoint.ts'
export type { TrainingGoal } from './gradient-session.ts'
export { LossEvaluator, type NllSum } from './loss-evaluator.ts'
export { ParameterStore } from './parameter-store.ts'
export { learningRate, type Schedule } from './schedule.ts'
export { pretrainingSettings, tuningSettings, type TrainingLength } from './settings.ts'
export { TokenStream, type StreamPosition, type TokenWindows } from './token-stream.ts'
export {
  runTraining,
  type TrainingOutcome,
  type TrainingPhase,
  type TrainingRun,
  type TrainingSettings,
} from './training-run.ts'
