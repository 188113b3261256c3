import { lossGraph, STEP_NAMES, type BatchShape } from '../autodiff/index.ts'
import { serializeModel } from '../graph/index.ts'
import type { Backend, Binding, Session } from '../runtime/index.ts'
import { rollingWindows } from '../tokens/index.ts'
import {
  bindParameters,
  bindStepTensors,
  trainingSessionOptions,
  type StepTensors,
} from './gradient-session.ts'
import type { ParameterStore } from './parameter-store.ts'

/** Negative log-likelihood of some tokens: the sum in nats, accumulated in float64, and how many were scored. */
export interface NllSum {
  readonly nllSum: number
  readonly tokens: number
}

/** Measures the loss of the parameters that a store holds at that moment. */
export class LossEvaluator implements Disposable {
  readonly #session: Session
  readonly #binding: Binding
  readonly #inputs: StepTensors
  readonly #shape: BatchShape
  readonly #loss = new Float32Array(1)

  private constructor(session: Session, store: ParameterStore, shape: BatchShape) {
    this.#session = session
    this.#shape = shape
    this.#binding = session.bind()
    this.#inputs = bindStepTensors(this.#binding, shape)
    bindParameters(this.#binding, store)
    this.#binding.output(STEP_NAMES.loss, { type: 'float32', dims: [], data: this.#loss })
  }

  static async open(
    backend: Backend,
    store: ParameterStore,
    shape: BatchShape,
    threads: number,
  ): Promise<LossEvaluator> {
    const graph = serializeModel(lossGraph(store.config, shape))
    return new LossEvaluator(
      await backend.createSession(graph, trainingSessionOptions(threads)),
      store,
      shape,
    )
  }

  /**
   * Scores a document with rolling windows of the evaluator's length: every position but the first, which is
   * context only, exactly once (see `rollingWindows`).
   *
   * @param ids start token and document
   */
  async document(ids: Int32Array, signal: AbortSignal): Promise<NllSum> {
    const { batch, length } = this.#shape
    const windows = rollingWindows(ids.length, length)
    let nllSum = 0
    for (let first = 0; first < windows.length; first += batch) {
      // Padding behind a window cannot reach it through causal attention; its weight is 0.
      this.#inputs.ids.fill(0)
      this.#inputs.targets.fill(0)
      this.#inputs.weights.fill(0)
      for (const [row, { start, end, scoreFrom }] of windows.slice(first, first + batch).entries()) {
        const base = row * length
        this.#inputs.ids.set(ids.subarray(start, end - 1), base)
        this.#inputs.targets.set(ids.subarray(start + 1, end), base)
        this.#inputs.weights.fill(1, base + scoreFrom - start - 1, base + end - start - 1)
      }
      await this.#binding.run(signal)
      nllSum += this.#loss[0]!
    }
    return { nllSum, tokens: Math.max(0, ids.length - 1) }
  }

  async documents(documents: Iterable<Int32Array>, signal: AbortSignal): Promise<NllSum> {
    let [nllSum, tokens] = [0, 0]
    for (const document of documents) {
      const sum = await this.document(document, signal)
      nllSum += sum.nllSum
      tokens += sum.tokens
    }
    return { nllSum, tokens }
  }

  [Symbol.dispose](): void {
    this.#binding[Symbol.dispose]()
    this.#session[Symbol.dispose]()
  }
}
