import { elementCount, type ParameterRange } from '../autodiff/index.ts'
import { parameterShapes, type DecoderConfig } from '../graph/index.ts'
import type { SeededRandom } from '../kernel/random.ts'

/** The parameters of one decoder in a single flat array; every tensor is a view of it. */
export class ParameterStore {
  readonly config: DecoderConfig
  readonly shapes: ReadonlyMap<string, readonly number[]>
  readonly values: Float32Array
  readonly #offsets = new Map<string, number>()

  constructor(config: DecoderConfig) {
    this.config = config
    this.shapes = parameterShapes(config)
    let size = 0
    for (const [name, shape] of this.shapes) {
      this.#offsets.set(name, size)
      size += elementCount(shape)
    }
    this.values = new Float32Array(size)
  }

  /** A store holding a copy of `weights`. @throws RangeError when a tensor is missing or has another size */
  static from(config: DecoderConfig, weights: ReadonlyMap<string, Float32Array>): ParameterStore {
    const store = new ParameterStore(config)
    for (const name of store.shapes.keys()) {
      const view = store.view(name)
      const tensor = weights.get(name)
      if (tensor?.length !== view.length) {
        throw new RangeError(`${name} has ${tensor?.length ?? 'no'} elements, expected ${view.length}`)
      }
      view.set(tensor)
    }
    return store
  }

  /**
   * Random weights: normal with deviation 0.02, divided by √(2·layers) where a block writes into the residual
   * stream (GPT-2); norms start at 1, biases at 0.
   */
  static initialized(config: DecoderConfig, random: SeededRandom): ParameterStore {
    const store = new ParameterStore(config)
    for (const [name, shape] of store.shapes) {
      const view = store.view(name)
      if (shape.length === 1) {
        view.fill(name.endsWith('.bias') ? 0 : 1)
        continue
      }
      const deviation = /\.(o_proj|down_proj)\.weight$/.test(name)
        ? 0.02 / Math.sqrt(2 * config.layers)
        : 0.02
      for (let i = 0; i < view.length; i++) view[i] = deviation * random.normal()
    }
    return store
  }

  /** The tensor's part of `flat`, which is laid out like `values`; no copy. */
  view(name: string, flat: Float32Array = this.values): Float32Array {
    const offset = this.#offsets.get(name)
    const shape = this.shapes.get(name)
    if (offset === undefined || shape === undefined) throw new RangeError(`no parameter named ${name}`)
    return flat.subarray(offset, offset + elementCount(shape))
  }

  /** The tensors as views of this store, by Hugging Face name. */
  tensors(): Map<string, Float32Array> {
    return new Map([...this.shapes.keys()].map((name) => [name, this.view(name)]))
  }

  /** Where the chosen parameters lie in the flat array, with their part in weight decay. */
  ranges(trainable: (name: string) => boolean): ParameterRange[] {
    return [...this.shapes].flatMap(([name, shape]) => {
      if (!trainable(name)) return []
      const from = this.#offsets.get(name)!
      return [{ from, to: from + elementCount(shape), decayed: shape.length > 1 }]
    })
  }
}
