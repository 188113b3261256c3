import { elementCount } from '../../../src/engine/autodiff/index.ts'
import { serializeModel, type DecoderConfig, type GraphModel } from '../../../src/engine/graph/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  openBackend,
  type Backend,
  type HostTensor,
  type Session,
} from '../../../src/engine/runtime/index.ts'

/** A decoder small enough for finite differences; three planes a head and two query heads a group. */
export const TINY: DecoderConfig = {
  family: 'llama',
  vocabSize: 31,
  hiddenSize: 24,
  intermediateSize: 40,
  layers: 2,
  queryHeads: 4,
  kvHeads: 2,
  headDim: 6,
  maxPositions: 64,
  normEpsilon: 1e-5,
  rope: { theta: 10000, scaling: null },
  tiedEmbeddings: true,
  qkvBias: false,
  outputBias: false,
  mlpBias: false,
  qkNorm: false,
  bosTokenId: null,
  eosTokenIds: [0],
}

let shared: Promise<Backend> | undefined

function backend(): Promise<Backend> {
  return (shared ??= openBackend(quietContext()))
}

/** A session with its outputs bound to fresh arrays. */
export class Runner implements Disposable {
  readonly outputs = new Map<string, Float32Array>()
  readonly #session: Session
  readonly #binding

  private constructor(session: Session, graph: GraphModel, inputs: ReadonlyMap<string, HostTensor>) {
    this.#session = session
    this.#binding = session.bind()
    for (const [name, tensor] of inputs) this.#binding.input(name, tensor)
    for (const { name, shape } of graph.outputs) {
      const dims = shape.map(Number)
      const data = new Float32Array(elementCount(dims))
      this.outputs.set(name, data)
      this.#binding.output(name, { type: 'float32', dims, data })
    }
  }

  static async open(graph: GraphModel, inputs: ReadonlyMap<string, HostTensor>): Promise<Runner> {
    const options = { provider: 'cpu', threads: 2, spinning: false } as const
    return new Runner(await (await backend()).createSession(serializeModel(graph), options), graph, inputs)
  }

  async run(): Promise<ReadonlyMap<string, Float32Array>> {
    await this.#binding.run()
    return this.outputs
  }

  [Symbol.dispose](): void {
    this.#binding[Symbol.dispose]()
    this.#session[Symbol.dispose]()
  }
}
