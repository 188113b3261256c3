import { AppError } from '../../shared/errors.ts'
import type { DecoderIo, DecoderOutputs } from '../graph/index.ts'
import type { Backend, Binding, HostTensor, Session, SessionOptions } from './backend.ts'
import type { DecoderSource } from './decoder-io.ts'
import { openKvCache, type KvCache } from './kv-cache.ts'
import { hostTensor } from './tensor-types.ts'

/** The targets' log-probabilities and the most likely tokens of one run, one entry a position. */
export interface RunScores {
  readonly logProbs: Float32Array
  readonly top1: BigInt64Array
}

/**
 * One sequence in one decoder graph. Input and output tensors stay bound while the number of tokens a run takes
 * stays the same, so that a decoded token costs no binding call.
 */
export class DecoderSession implements Disposable {
  readonly io: DecoderIo
  readonly source: DecoderSource
  readonly #session: Session
  readonly #binding: Binding
  readonly #lastIndex = new Int32Array(1)
  readonly #total = new Int32Array(1)
  readonly #tensors = new Map<string, HostTensor>()
  #cache: KvCache | null = null
  #position = 0

  private constructor(session: Session, source: DecoderSource, io: DecoderIo) {
    this.#session = session
    this.source = source
    this.io = io
    this.#binding = session.bind()
    if (io.positions.kind === 'lengths') {
      this.#binding.input(io.positions.lastIndex, { type: 'int32', dims: [1], data: this.#lastIndex })
      this.#binding.input(io.positions.total, { type: 'int32', dims: [], data: this.#total })
    }
  }

  /** @throws AppError as Backend.createSession; runtime/unknown-name when the graph lacks an input */
  static async open(
    backend: Backend,
    source: DecoderSource,
    io: DecoderIo,
    options: SessionOptions,
  ): Promise<DecoderSession> {
    const session = await backend.createSession(source.graphPath, options)
    try {
      return new DecoderSession(session, source, io)
    } catch (error) {
      session[Symbol.dispose]()
      throw error
    }
  }

  /** Bytes of the KV cache as allocated; 0 before the first sequence. */
  get kvBytes(): number {
    return this.#cache?.bytes ?? 0
  }

  get peakArenaBytes(): number | null {
    return this.#session.peakArenaBytes()
  }

  /**
   * Starts a sequence that will take at most `length` tokens. A cache that is large enough is used again unless
   * `exact` asks for one of that very length.
   *
   * @throws AppError runtime/beyond-positions
   */
  begin(length: number, { exact = false }: { readonly exact?: boolean } = {}): void {
    const { config } = this.source
    if (length > config.maxPositions) {
      throw new AppError('runtime/beyond-positions', { length, maximum: config.maxPositions })
    }
    this.#position = 0
    const capacity = this.#cache?.capacity ?? 0
    if (exact ? capacity === length : capacity >= length) return
    this.#cache?.[Symbol.dispose]()
    this.#cache = null
    this.#cache = openKvCache(this.#session, this.#binding, this.io.kv, config, length)
  }

  /**
   * Appends tokens and returns the logits: [1, 1, vocab] or [1, ids.length, vocab] as the graph has them. The
   * tensor is overwritten by the next run.
   */
  async logits(ids: Int32Array, signal?: AbortSignal): Promise<HostTensor> {
    const outputs = this.#outputs('logits')
    const rows = outputs.rows === 'last' ? 1 : ids.length
    const tensor = this.#tensor('logits', rows, () => {
      return hostTensor(outputs.type, [1, rows, this.source.config.vocabSize])
    })
    this.#binding.output(outputs.logits, tensor)
    await this.#run(ids, signal)
    return tensor
  }

  /** Appends tokens and scores `targets`, the token after each. The arrays are overwritten by the next run. */
  async scores(ids: Int32Array, targets: Int32Array, signal?: AbortSignal): Promise<RunScores> {
    const outputs = this.#outputs('scores')
    const count = ids.length
    const row = (name: string, type: 'int64' | 'float32'): HostTensor =>
      this.#tensor(name, count, () => hostTensor(type, [1, count]))
    const wanted = this.#tensor('targets', count, () => hostTensor('int64', [1, count, 1]))
    copyIds(targets, wanted, this.source.config.vocabSize)
    const logProbs = row('logProbs', 'float32')
    const top1 = row('top1', 'int64')
    this.#binding.input(outputs.targets, wanted)
    this.#binding.output(outputs.logProbs, logProbs)
    this.#binding.output(outputs.top1, top1)
    await this.#run(ids, signal)
    return { logProbs: logProbs.data as Float32Array, top1: top1.data as BigInt64Array }
  }

  [Symbol.dispose](): void {
    this.#binding[Symbol.dispose]()
    this.#cache?.[Symbol.dispose]()
    this.#session[Symbol.dispose]()
  }

  async #run(ids: Int32Array, signal: AbortSignal | undefined): Promise<void> {
    const past = this.#position
    const total = past + ids.length
    const cache = this.#cache
    if (cache === null || total > cache.capacity) {
      throw new RangeError(`${total} tokens do not fit a KV cache begun for ${cache?.capacity ?? 0}`)
    }
    const tensor = this.#tensor('ids', ids.length, () => hostTensor('int64', [1, ids.length]))
    copyIds(ids, tensor, this.source.config.vocabSize)
    this.#binding.input(this.io.inputIds, tensor)
    this.#place(past, total)
    cache.prepare(past, ids.length)
    await this.#binding.run(signal)
    this.#position = total
  }

  #place(past: number, total: number): void {
    const { positions } = this.io
    if (positions.kind === 'lengths') {
      this.#lastIndex[0] = total - 1
      this.#total[0] = total
      return
    }
    const mask = new BigInt64Array(total).fill(1n)
    this.#binding.input(positions.attentionMask, { type: 'int64', dims: [1, total], data: mask })
    if (positions.positionIds !== null) {
      const ids = BigInt64Array.from({ length: total - past }, (_, index) => BigInt(past + index))
      this.#binding.input(positions.positionIds, { type: 'int64', dims: [1, ids.length], data: ids })
    }
  }

  /** The tensor of a role for one count of rows; the one of another count is forgotten, so that one stays. */
  #tensor(role: string, count: number, create: () => HostTensor): HostTensor {
    const known = this.#tensors.get(role)
    const rows = known?.dims[1]
    if (known !== undefined && rows === count) return known
    const tensor = create()
    this.#tensors.set(role, tensor)
    return tensor
  }

  #outputs<K extends DecoderOutputs['kind']>(kind: K): Extract<DecoderOutputs, { kind: K }> {
    const { outputs } = this.io
    if (outputs.kind !== kind) throw new TypeError(`the decoder graph computes ${outputs.kind}, not ${kind}`)
    return outputs as Extract<DecoderOutputs, { kind: K }>
  }
}

/** Token ids as int64. @throws AppError runtime/token-out-of-range: the embedding would read foreign memory */
function copyIds(ids: Int32Array, tensor: HostTensor, vocabSize: number): void {
  const target = tensor.data as BigInt64Array
  for (const [index, id] of ids.entries()) {
    if (id < 0 || id >= vocabSize) throw new AppError('runtime/token-out-of-range', { token: id, vocabSize })
    target[index] = BigInt(id)
  }
}
