import type { ElementType, TensorData } from '../graph/index.ts'
import type { DeviceTensor, HostTensor } from './backend.ts'

/** The array that holds each element type; float16 as bit patterns, bool as bytes. */
const ARRAYS = {
  float32: Float32Array,
  float16: Uint16Array,
  uint8: Uint8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
} as const satisfies Record<ElementType, new (length: number) => TensorData>

/** ONNXTensorElementDataType */
export const ELEMENT_CODES: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
}

export const elementCount = (dims: readonly number[]): number =>
  dims.reduce((product, dim) => product * dim, 1)

/** A zero-filled tensor in memory that JavaScript owns. */
export function hostTensor(type: ElementType, dims: readonly number[]): HostTensor {
  return { type, dims, data: new ARRAYS[type](elementCount(dims)) }
}

export function isDevice(tensor: HostTensor | DeviceTensor): tensor is DeviceTensor {
  return 'kind' in tensor
}

/** @throws RangeError when the array does not fit the type and dims: handing it over would overrun memory */
export function assertConsistent({ type, dims, data }: HostTensor): void {
  if (!(data instanceof ARRAYS[type]) || data.length !== elementCount(dims)) {
    const held = `${data.constructor.name}(${data.length})`
    throw new RangeError(`a ${type} tensor of [${dims.join()}] cannot be held by ${held}`)
  }
}
