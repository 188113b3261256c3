import {
  gatherTargets,
  GraphBuilder,
  logSoftmax,
  rowArgmax,
  serializeModel,
  type ElementType,
} from '../graph/index.ts'
import type { Backend, Binding, HostTensor, Session } from './backend.ts'
import type { RunScores } from './decoder-session.ts'
import { hostTensor } from './tensor-types.ts'

/** Scores targets from logits, for decoder graphs that have no scoring outputs of their own. */
export class ScoreHead implements Disposable {
  readonly #session: Session
  readonly #binding: Binding

  private constructor(session: Session) {
    this.#session = session
    this.#binding = session.bind()
  }

  static async open(
    backend: Backend,
    type: ElementType,
    vocabSize: number,
    threads: number,
  ): Promise<ScoreHead> {
    const graph = new GraphBuilder()
    const logits = graph.input('logits', type, [1, 'n', vocabSize])
    const targets = graph.input('targets', 'int64', [1, 'n', 1])
    graph.output(gatherTargets(graph, logSoftmax(graph, logits), targets), 'log_probs')
    graph.output(rowArgmax(graph, logits), 'top1')
    const model = serializeModel(graph.build())
    return new ScoreHead(await backend.createSession(model, { provider: 'cpu', threads, spinning: false }))
  }

  async run(logits: HostTensor, targets: Int32Array, signal?: AbortSignal): Promise<RunScores> {
    const row = [1, targets.length]
    const logProbs = new Float32Array(targets.length)
    const top1 = hostTensor('int64', row)
    this.#binding.input('logits', logits)
    const column = BigInt64Array.from(targets, BigInt)
    this.#binding.input('targets', { type: 'int64', dims: [...row, 1], data: column })
    this.#binding.output('log_probs', { type: 'float32', dims: row, data: logProbs })
    this.#binding.output('top1', top1)
    await this.#binding.run(signal)
    return { logProbs, top1: top1.data as BigInt64Array }
  }

  [Symbol.dispose](): void {
    this.#binding[Symbol.dispose]()
    this.#session[Symbol.dispose]()
  }
}
