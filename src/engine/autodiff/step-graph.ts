import { decoderForward, parameterShapes, type DecoderConfig, type GraphModel } from '../graph/index.ts'
import { trainingOps, type TokenBatch } from './decoder-ops.ts'
import { DifferentiableGraph, type Variable } from './differentiable-graph.ts'
import { add, scale } from './operations/elementwise.ts'
import { crossEntropy, klDivergence } from './operations/losses.ts'

/** What is minimised: w · KL(teacher ‖ student) + (1 − w) · CE, or CE alone. */
export type Objective =
  | { readonly kind: 'cross-entropy' }
  | { readonly kind: 'distillation'; readonly teacher: DecoderConfig; readonly klWeight: number }

export interface BatchShape {
  /** Windows in a batch. */
  readonly batch: number
  /** Tokens in a window. */
  readonly length: number
}

/** Names of the graph inputs and outputs beside the parameters, which keep their Hugging Face names. */
export const STEP_NAMES = {
  ids: 'input_ids',
  targets: 'targets',
  weights: 'weights',
  loss: 'loss',
  teacher: (name: string) => `teacher.${name}`,
  accumulated: (name: string) => `accumulated.${name}`,
  gradient: (name: string) => `gradient.${name}`,
} as const

interface StepInputs {
  readonly tokens: TokenBatch
  readonly targets: Variable
  readonly weights: Variable
}

/**
 * A graph that computes the loss of one micro-batch and adds its gradients to those accumulated so far.
 *
 * Inputs: `input_ids` and `targets` int32 [B · S], `weights` float32 [B · S] (the loss is Σ weights · loss of a
 * token), every parameter, `teacher.*` when distilling, `accumulated.*` for the trainable parameters.
 * Outputs: `loss` [] and `gradient.*` = `accumulated.*` + this batch's gradient; both may be the same memory.
 */
export function gradientGraph(
  config: DecoderConfig,
  shape: BatchShape,
  objective: Objective,
  trainable: (name: string) => boolean,
): GraphModel {
  const graph = new DifferentiableGraph()
  const inputs = stepInputs(graph, shape)
  const parameters = new Map<string, Variable>()
  const selected: string[] = []
  for (const [name, extents] of parameterShapes(config)) {
    const train = trainable(name)
    if (train) selected.push(name)
    parameters.set(name, train ? graph.parameter(name, extents) : graph.input(name, 'float32', extents))
  }
  const logits = forward(graph, config, inputs.tokens, parameters)
  const loss = objectiveLoss(graph, logits, inputs, objective)
  const gradients = graph.gradients(
    loss,
    selected.map((name) => required(parameters, name)),
  )
  graph.output(loss, STEP_NAMES.loss)
  for (const [index, name] of selected.entries()) {
    const gradient = gradients[index]!
    const accumulated = graph.input(STEP_NAMES.accumulated(name), 'float32', gradient.shape)
    graph.output(graph.emit('Add', [accumulated, gradient], gradient.shape), STEP_NAMES.gradient(name))
  }
  return graph.build()
}

/** The forward half: the cross-entropy of a batch, with the inputs of `gradientGraph` and the output `loss`. */
export function lossGraph(config: DecoderConfig, shape: BatchShape): GraphModel {
  const graph = new DifferentiableGraph()
  const inputs = stepInputs(graph, shape)
  const parameters = new Map<string, Variable>()
  for (const [name, extents] of parameterShapes(config))
    parameters.set(name, graph.input(name, 'float32', extents))
  const logits = forward(graph, config, inputs.tokens, parameters)
  graph.output(crossEntropy(graph, logits, inputs.targets, inputs.weights), STEP_NAMES.loss)
  return graph.build()
}

function stepInputs(graph: DifferentiableGraph, { batch, length }: BatchShape): StepInputs {
  const rows = [batch * length]
  return {
    tokens: { batch, length, ids: graph.input(STEP_NAMES.ids, 'int32', rows) },
    targets: graph.input(STEP_NAMES.targets, 'int32', rows),
    weights: graph.input(STEP_NAMES.weights, 'float32', rows),
  }
}

function forward(
  graph: DifferentiableGraph,
  config: DecoderConfig,
  tokens: TokenBatch,
  parameters: ReadonlyMap<string, Variable>,
): Variable {
  return decoderForward(config, trainingOps(graph, config, tokens), (name) => required(parameters, name))
}

function objectiveLoss(
  graph: DifferentiableGraph,
  logits: Variable,
  { tokens, targets, weights }: StepInputs,
  objective: Objective,
): Variable {
  if (objective.kind === 'cross-entropy') return crossEntropy(graph, logits, targets, weights)
  const teacher = new Map<string, Variable>()
  for (const [name, extents] of parameterShapes(objective.teacher)) {
    teacher.set(name, graph.input(STEP_NAMES.teacher(name), 'float32', extents))
  }
  const teacherLogits = forward(graph, objective.teacher, tokens, teacher)
  const divergence = klDivergence(graph, logits, teacherLogits, weights)
  if (objective.klWeight === 1) return divergence
  return add(
    graph,
    scale(graph, divergence, objective.klWeight),
    scale(graph, crossEntropy(graph, logits, targets, weights), 1 - objective.klWeight),
  )
}

function required(parameters: ReadonlyMap<string, Variable>, name: string): Variable {
  const variable = parameters.get(name)
  if (variable === undefined) throw new Error(`no parameter named ${name}`)
  return variable
}
