import { GraphBuilder, serializeModel, type ElementType, type Value } from '../graph/index.ts'
import type { Backend, Binding, HostTensor, Session } from './backend.ts'
import type { RunScores } from './decoder-session.ts'
import { hostTensor } from './tensor-types.ts'

/** log-softmax over the vocabulary in float32, [1, n, vocab]. */
export function logSoftmax(graph: GraphBuilder, logits: Value): Value {
  const shape = logits.shape
  const real =
    logits.type === 'float32'
      ? logits
      : graph.node('Cast', [logits], 'float32', shape, { attributes: { to: { int: 1 } } })
  return graph.node('LogSoftmax', [real], 'float32', shape, { attributes: { axis: { int: -1 } } })
}

/** The entry of each row at its target: [1, n, vocab] and int64 [1, n] to [1, n]. */
export function gatherTargets(graph: GraphBuilder, rows: Value, targets: Value): Value {
  const column = graph.node('Unsqueeze', [targets, graph.int64s([-1])], 'int64', [1, 'n', 1])
  const picked = graph.node('GatherElements', [rows, column], 'float32', [1, 'n', 1], {
    attributes: { axis: { int: -1 } },
  })
  return graph.node('Squeeze', [picked, graph.int64s([-1])], 'float32', [1, 'n'])
}

/** Index of the largest entry of each row, int64 [1, n]. */
export function rowArgmax(graph: GraphBuilder, rows: Value): Value {
  return graph.node('ArgMax', [rows], 'int64', [1, 'n'], {
    attributes: { axis: { int: -1 }, keepdims: { int: 0 } },
  })
}

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
    const targets = graph.input('targets', 'int64', [1, 'n'])
    const logProbs = logSoftmax(graph, logits)
    graph.output(gatherTargets(graph, logProbs, targets), 'log_probs')
    graph.output(rowArgmax(graph, logits), 'top1')
    const model = serializeModel(graph.build())
    return new ScoreHead(await backend.createSession(model, { provider: 'cpu', threads, spinning: false }))
  }

  async run(logits: HostTensor, targets: Int32Array, signal?: AbortSignal): Promise<RunScores> {
    const row = [1, targets.length]
    const logProbs = new Float32Array(targets.length)
    const top1 = hostTensor('int64', row)
    this.#binding.input('logits', logits)
    this.#binding.input('targets', { type: 'int64', dims: row, data: BigInt64Array.from(targets, BigInt) })
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
