export type {
  Backend,
  Binding,
  DeviceTensor,
  HostTensor,
  LogSeverity,
  Session,
  SessionOptions,
} from './backend.ts'
export { openBackend, probeBackend, type BackendReport, type OpenBackendOptions } from './open-backend.ts'
export { assertProviderAvailable } from './providers.ts'
export { hostTensor } from './tensor-types.ts'
export { PairScorer, type CandidateAgreement, type PairScores } from './agreement.ts'
export { compiledDecoderIo, type DecoderSource } from './decoder-io.ts'
export {
  LanguageModel,
  type DecoderGraphs,
  type GenerateOptions,
  type Generation,
  type LanguageModelOptions,
  type Measurement,
  type ModelMemory,
  type ScoreWindow,
  type Timing,
  type WindowScores,
} from './language-model.ts'
export type { Sampling } from './sampling.ts'
export { Arm, type ArmOptions, type CallOptions } from './arm/arm.ts'
export type { ArmInput, ArmOutput, ArmVerb } from './arm/protocol.ts'
