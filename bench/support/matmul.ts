import { GraphBuilder, serializeModel, type Value } from '../../src/engine/graph/index.ts'
import {
  hostTensor,
  type Backend,
  type Binding,
  type HostTensor,
  type Session,
} from '../../src/engine/runtime/index.ts'
import { fillFromTile, normalTile } from './models.ts'

/** [m, k] · [k, n] */
export interface MatMulShape {
  readonly m: number
  readonly k: number
  readonly n: number
}

/**
 * `constant`: weights of the graph, which the runtime packs once when it loads them, as in inference; `input`: packed
 * at every run, as in training.
 */
export type RightOperands = 'constant' | 'input'

/** 2·m·k·n a product. */
export function matMulFlops(shapes: readonly MatMulShape[]): number {
  return shapes.reduce((sum, { m, k, n }) => sum + 2 * m * k * n, 0)
}

/**
 * A graph of independent MatMuls and nothing else: what ONNX Runtime makes of the machine's floating point when no
 * other operation is in the way. Products of one shape are written to one buffer and read one left operand, which
 * favours this side.
 */
export class MatMulLimit implements Disposable {
  readonly flops: number
  readonly #session: Session
  readonly #binding: Binding

  private constructor(session: Session, shapes: readonly MatMulShape[]) {
    this.flops = matMulFlops(shapes)
    this.#session = session
    this.#binding = session.bind()
  }

  /** @param right whether the right operands are weights of the graph or inputs, see `RightOperands` */
  static async open(
    backend: Backend,
    shapes: readonly MatMulShape[],
    right: RightOperands,
    threads: number,
  ): Promise<MatMulLimit> {
    const { graph, inputs, outputs } = matMulGraph(shapes, right)
    const options = { provider: 'cpu', threads, spinning: true } as const
    const limit = new MatMulLimit(await backend.createSession(graph, options), shapes)
    for (const [name, tensor] of inputs) limit.#binding.input(name, tensor)
    for (const [name, tensor] of outputs) limit.#binding.output(name, tensor)
    return limit
  }

  /** GFLOP/s over all products. */
  async measure(): Promise<number> {
    const start = performance.now()
    await this.#binding.run()
    return this.flops / (performance.now() - start) / 1e6
  }

  [Symbol.dispose](): void {
    this.#binding[Symbol.dispose]()
    this.#session[Symbol.dispose]()
  }
}

interface MatMulGraph {
  readonly graph: Uint8Array
  readonly inputs: ReadonlyMap<string, HostTensor>
  readonly outputs: ReadonlyMap<string, HostTensor>
}

function matMulGraph(shapes: readonly MatMulShape[], right: RightOperands): MatMulGraph {
  const graph = new GraphBuilder()
  const lefts = new Map<string, Value>()
  const inputs = new Map<string, HostTensor>()
  const outputs = new Map<string, HostTensor>()
  const products = new Map<string, HostTensor>()
  const tile = normalTile(2)
  const input = (name: string, tensor: HostTensor): Value => {
    inputs.set(name, tensor)
    return graph.input(name, 'float32', tensor.dims)
  }
  for (const [index, { m, k, n }] of shapes.entries()) {
    const leftName = `left_${m}x${k}`
    const left = lefts.get(leftName) ?? input(leftName, randomMatrix(m, k, tile, index))
    lefts.set(leftName, left)
    const weight = randomMatrix(k, n, tile, index * k * n)
    const name = `right_${index}`
    const operand =
      right === 'input'
        ? input(name, weight)
        : graph.initializer(name, 'float32', weight.dims, { kind: 'inline', data: weight.data })
    const product = products.get(`${m}x${n}`) ?? hostTensor('float32', [m, n])
    products.set(`${m}x${n}`, product)
    outputs.set(`product_${index}`, product)
    graph.output(graph.node('MatMul', [left, operand], 'float32', [m, n]), `product_${index}`)
  }
  return { graph: serializeModel(graph.build()), inputs, outputs }
}

function randomMatrix(rows: number, columns: number, tile: Float32Array, start: number): HostTensor {
  const data = new Float32Array(rows * columns)
  fillFromTile(data, tile, start, 1 / Math.sqrt(rows))
  return { type: 'float32', dims: [rows, columns], data }
}
