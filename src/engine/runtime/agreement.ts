import { AppError } from '../../shared/errors.ts'
import {
  gatherTargets,
  GraphBuilder,
  logSoftmax,
  rowArgmax,
  serializeModel,
  type ElementType,
} from '../graph/index.ts'
import type { Backend, Binding, HostTensor, Session } from './backend.ts'
import { assertTargets, type LanguageModel, type ScoreWindow } from './language-model.ts'

/** Per target token, how one candidate's prediction compares with the baseline's. */
export interface CandidateAgreement {
  /** KL(baseline ‖ candidate) over the whole vocabulary, nats */
  readonly kl: Float32Array
  /** 1 where both hold the same token for the most likely. */
  readonly sameTop1: Uint8Array
  /** ln p of the true token */
  readonly logProbs: Float32Array
}

export interface PairScores {
  /** ln p of the true token under the baseline */
  readonly baselineLogProbs: Float32Array
  /** In the order of the candidates. */
  readonly candidates: readonly CandidateAgreement[]
}

/** Compares two [1, n, vocab] logits in the runtime, so that they never cross JavaScript number by number. */
class AgreementGraph implements Disposable {
  readonly #session: Session
  readonly #binding: Binding

  private constructor(session: Session) {
    this.#session = session
    this.#binding = session.bind()
  }

  static async open(
    backend: Backend,
    types: { readonly baseline: ElementType; readonly candidate: ElementType },
    vocabSize: number,
    threads: number,
  ): Promise<AgreementGraph> {
    const graph = new GraphBuilder()
    const rows = [1, 'n', vocabSize]
    const baseline = graph.input('baseline', types.baseline, rows)
    const candidate = graph.input('candidate', types.candidate, rows)
    const targets = graph.input('targets', 'int64', [1, 'n', 1])
    const p = logSoftmax(graph, baseline)
    const q = logSoftmax(graph, candidate)
    const terms = graph.node(
      'Mul',
      [graph.node('Exp', [p], 'float32', rows), graph.node('Sub', [p, q], 'float32', rows)],
      'float32',
      rows,
    )
    const kl = graph.node('ReduceSum', [terms, graph.int64s([-1])], 'float32', [1, 'n'], {
      attributes: { keepdims: { int: 0 } },
    })
    graph.output(kl, 'kl')
    const same = graph.node('Equal', [rowArgmax(graph, baseline), rowArgmax(graph, candidate)], 'bool', [
      1,
      'n',
    ])
    graph.output(same, 'same_top1')
    graph.output(gatherTargets(graph, p, targets), 'baseline_log_probs')
    graph.output(gatherTargets(graph, q, targets), 'candidate_log_probs')
    const model = serializeModel(graph.build())
    return new AgreementGraph(
      await backend.createSession(model, { provider: 'cpu', threads, spinning: false }),
    )
  }

  async run(
    baseline: HostTensor,
    candidate: HostTensor,
    targets: Int32Array,
    signal: AbortSignal | undefined,
  ) {
    const dims = [1, targets.length]
    const reals = (): Float32Array => new Float32Array(targets.length)
    const [kl, baselineLogProbs, logProbs, sameTop1] = [
      reals(),
      reals(),
      reals(),
      new Uint8Array(targets.length),
    ]
    this.#binding.input('baseline', baseline)
    this.#binding.input('candidate', candidate)
    const column = BigInt64Array.from(targets, BigInt)
    this.#binding.input('targets', { type: 'int64', dims: [...dims, 1], data: column })
    this.#binding.output('kl', { type: 'float32', dims, data: kl })
    this.#binding.output('same_top1', { type: 'bool', dims, data: sameTop1 })
    this.#binding.output('baseline_log_probs', { type: 'float32', dims, data: baselineLogProbs })
    this.#binding.output('candidate_log_probs', { type: 'float32', dims, data: logProbs })
    await this.#binding.run(signal)
    return { kl, sameTop1, baselineLogProbs, logProbs }
  }

  [Symbol.dispose](): void {
    this.#binding[Symbol.dispose]()
    this.#session[Symbol.dispose]()
  }
}

/**
 * Scores windows under a baseline and its candidates side by side; the models must have a `logits` graph and
 * belong to the caller.
 */
export class PairScorer implements Disposable {
  readonly #backend: Backend
  readonly #baseline: LanguageModel
  readonly #candidates: readonly LanguageModel[]
  readonly #threads: number
  readonly #graphs = new Map<string, AgreementGraph>()

  /** @throws AppError runtime/vocabulary-mismatch */
  constructor(
    backend: Backend,
    baseline: LanguageModel,
    candidates: readonly LanguageModel[],
    { threads }: { readonly threads: number },
  ) {
    if (candidates.length === 0) throw new RangeError('a baseline is compared with at least one candidate')
    if (new Set([baseline, ...candidates]).size <= candidates.length) {
      throw new RangeError('every arm needs a LanguageModel of its own: each holds one sequence')
    }
    for (const candidate of candidates) {
      if (candidate.vocabSize === baseline.vocabSize) continue
      throw new AppError('runtime/vocabulary-mismatch', {
        candidate: candidate.name,
        candidateSize: candidate.vocabSize,
        baselineSize: baseline.vocabSize,
      })
    }
    this.#backend = backend
    this.#baseline = baseline
    this.#candidates = candidates
    this.#threads = threads
  }

  /**
   * Runs all models over the window chunk by chunk and compares each chunk's logits.
   *
   * @throws AppError runtime/beyond-positions, runtime/token-out-of-range, cancelled
   */
  async score({ ids, targetsFrom }: ScoreWindow, signal?: AbortSignal): Promise<PairScores> {
    assertTargets(ids, targetsFrom)
    const count = ids.length - targetsFrom
    const baselineLogProbs = new Float32Array(count)
    const results = this.#candidates.map(() => ({
      kl: new Float32Array(count),
      sameTop1: new Uint8Array(count),
      logProbs: new Float32Array(count),
    }))
    const models = [this.#baseline, ...this.#candidates]
    for (const model of models) await model.prepare(['logits'])
    const chunk = Math.min(...models.map(({ runTokens }) => runTokens))
    const others = this.#candidates.map((candidate) => candidate.logitsOf(ids, chunk, signal))
    for await (const { start, logits, targets } of this.#baseline.logitsOf(ids, chunk, signal)) {
      // Positions of this chunk that belong to targets wanted.
      const skipped = Math.max(0, targetsFrom - (start + 1))
      const at = start + 1 + skipped - targetsFrom
      for (const [index, other] of others.entries()) {
        const step = await other.next()
        if (step.done === true) throw new Error('the candidate ended before the baseline')
        if (skipped >= targets.length) continue
        const graph = await this.#graph(logits.type, step.value.logits.type)
        const run = await graph.run(logits, step.value.logits, targets, signal)
        const result = results[index]!
        baselineLogProbs.set(run.baselineLogProbs.subarray(skipped), at)
        result.logProbs.set(run.logProbs.subarray(skipped), at)
        result.kl.set(run.kl.subarray(skipped), at)
        result.sameTop1.set(run.sameTop1.subarray(skipped), at)
      }
    }
    return { baselineLogProbs, candidates: results }
  }

  [Symbol.dispose](): void {
    for (const graph of this.#graphs.values()) graph[Symbol.dispose]()
    this.#graphs.clear()
  }

  async #graph(baseline: ElementType, candidate: ElementType): Promise<AgreementGraph> {
    const key = `${baseline}|${candidate}`
    const known = this.#graphs.get(key)
    if (known !== undefined) return known
    const graph = await AgreementGraph.open(
      this.#backend,
      { baseline, candidate },
      this.#baseline.vocabSize,
      this.#threads,
    )
    this.#graphs.set(key, graph)
    return graph
  }
}
