import { gradientGraph, STEP_NAMES, type BatchShape, type Objective } from '../autodiff/index.ts'
import { serializeModel, type DecoderConfig } from '../graph/index.ts'
import type { Backend, Binding, HostTensor, Session, SessionOptions } from '../runtime/index.ts'
import type { ParameterStore } from './parameter-store.ts'
import type { TokenWindows } from './token-stream.ts'

/** What is minimised; the teacher's weights stay as they are. */
export type TrainingGoal =
  | { readonly kind: 'cross-entropy' }
  | { readonly kind: 'distillation'; readonly teacher: ParameterStore; readonly klWeight: number }

/** Training shares the cores with other work: busy waiting would slow both. */
export function trainingSessionOptions(threads: number): SessionOptions {
  return { provider: 'cpu', threads, spinning: false }
}

/** A gradient graph whose parameters and gradients are bound in place to flat arrays. */
export class GradientSession implements Disposable {
  readonly #session: Session
  readonly #binding: Binding
  readonly #inputs: StepTensors
  readonly #loss = new Float32Array(1)

  private constructor(session: Session, shape: BatchShape) {
    this.#session = session
    this.#binding = session.bind()
    this.#inputs = bindStepTensors(this.#binding, shape)
    this.#binding.output(STEP_NAMES.loss, { type: 'float32', dims: [], data: this.#loss })
  }

  /** @param gradients flat, laid out like the student's values; `accumulate` adds to it */
  static async open(
    backend: Backend,
    student: ParameterStore,
    gradients: Float32Array,
    shape: BatchShape,
    goal: TrainingGoal,
    trainable: (name: string) => boolean,
    threads: number,
  ): Promise<GradientSession> {
    const graph = gradientGraph(student.config, shape, objectiveOf(goal), trainable)
    const native = await backend.createSession(serializeModel(graph), trainingSessionOptions(threads))
    const session = new GradientSession(native, shape)
    const binding = session.#binding
    bindParameters(binding, student)
    if (goal.kind === 'distillation') bindParameters(binding, goal.teacher, STEP_NAMES.teacher)
    for (const [name, dims] of student.shapes) {
      if (!trainable(name)) continue
      const gradient: HostTensor = { type: 'float32', dims, data: student.view(name, gradients) }
      binding.input(STEP_NAMES.accumulated(name), gradient)
      binding.output(STEP_NAMES.gradient(name), gradient)
    }
    return session
  }

  /**
   * Adds share · ∂(mean loss of the windows) to the gradients.
   *
   * @returns share · mean loss, in nats
   */
  async accumulate(windows: TokenWindows, share: number, signal: AbortSignal): Promise<number> {
    this.#inputs.ids.set(windows.ids)
    this.#inputs.targets.set(windows.targets)
    this.#inputs.weights.fill(share / windows.ids.length)
    await this.#binding.run(signal)
    return this.#loss[0]!
  }

  [Symbol.dispose](): void {
    this.#binding[Symbol.dispose]()
    this.#session[Symbol.dispose]()
  }
}

export interface StepTensors {
  readonly ids: Int32Array
  readonly targets: Int32Array
  readonly weights: Float32Array
}

/** Binds arrays for the token inputs that a caller fills before each run. */
export function bindStepTensors(binding: Binding, { batch, length }: BatchShape): StepTensors {
  const rows = batch * length
  const tensors = {
    ids: new Int32Array(rows),
    targets: new Int32Array(rows),
    weights: new Float32Array(rows),
  }
  binding.input(STEP_NAMES.ids, { type: 'int32', dims: [rows], data: tensors.ids })
  binding.input(STEP_NAMES.targets, { type: 'int32', dims: [rows], data: tensors.targets })
  binding.input(STEP_NAMES.weights, { type: 'float32', dims: [rows], data: tensors.weights })
  return tensors
}

/** Binds every parameter in place, under its own name or a derived one. */
export function bindParameters(
  binding: Binding,
  store: ParameterStore,
  inputName: (name: string) => string = (name) => name,
): void {
  for (const [name, dims] of store.shapes) {
    binding.input(inputName(name), { type: 'float32', dims, data: store.view(name) })
  }
}

function objectiveOf(goal: TrainingGoal): Objective {
  if (goal.kind === 'cross-entropy') return goal
  const teacher: DecoderConfig = goal.teacher.config
  return { kind: 'distillation', teacher, klWeight: goal.klWeight }
}
