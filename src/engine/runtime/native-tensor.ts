import { ELEMENT_BYTES, type ElementType } from '../graph/index.ts'
import type { DeviceTensor } from './backend.ts'
import type { Pointer } from './ort/api.ts'
import type { Handle } from './ort/status.ts'
import { elementCount } from './tensor-types.ts'

/** A tensor in a provider's memory; only the session that made it can bind it. */
export class NativeDeviceTensor implements DeviceTensor {
  readonly kind = 'device'
  readonly type: ElementType
  readonly dims: readonly number[]
  readonly bytes: number
  readonly #value: Handle

  constructor(type: ElementType, dims: readonly number[], value: Handle) {
    this.type = type
    this.dims = dims
    this.bytes = elementCount(dims) * ELEMENT_BYTES[type]
    this.#value = value
  }

  get pointer(): Pointer {
    return this.#value.pointer
  }

  [Symbol.dispose](): void {
    this.#value[Symbol.dispose]()
  }
}
