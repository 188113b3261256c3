export { ADAMW_DEFAULTS, adamWStep, type AdamWSettings, type Moments, type ParameterRange } from './adamw.ts'
export { trainingOps, type TokenBatch } from './decoder-ops.ts'
export { DifferentiableGraph, elementCount, type Variable } from './differentiable-graph.ts'
export { gradientGraph, lossGraph, STEP_NAMES, type BatchShape, type Objective } from './step-graph.ts'
