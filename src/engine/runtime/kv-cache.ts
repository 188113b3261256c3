import { ELEMENT_BYTES, type KvIo } from '../graph/index.ts'
import type { Binding, DeviceTensor, HostTensor, Session } from './backend.ts'
import type { DecoderSource } from './decoder-io.ts'
import { hostTensor, isDevice } from './tensor-types.ts'

/** Keys and values of all layers for one sequence, tied to a session's binding. */
export interface KvCache extends Disposable {
  /** Tokens that fit. */
  readonly capacity: number
  /** Memory of its buffers as they are now. */
  readonly bytes: number
  /** Binds what a run over `count` tokens after `past` tokens reads and writes. */
  prepare(past: number, count: number): void
}

/** @param capacity tokens; an in-place cache takes the memory for all of them from the start */
export function openKvCache(
  session: Session,
  binding: Binding,
  io: KvIo,
  config: DecoderSource['config'],
  capacity: number,
): KvCache {
  const layers = Array.from({ length: config.layers }, (_, layer) => {
    const name = (template: string): string => template.replace('%d', String(layer))
    return [
      { past: name(io.pastKey), present: name(io.presentKey) },
      { past: name(io.pastValue), present: name(io.presentValue) },
    ]
  }).flat()
  const dims = (length: number): number[] => [1, config.kvHeads, length, config.headDim]
  const bytesPerToken = layers.length * config.kvHeads * config.headDim * ELEMENT_BYTES[io.type]
  return io.layout === 'in-place'
    ? inPlaceCache(
        layers,
        (length) => session.allocate(io.type, dims(length)),
        binding,
        capacity,
        bytesPerToken,
      )
    : appendedCache(layers, (length) => hostTensor(io.type, dims(length)), binding, capacity)
}

type LayerNames = readonly { readonly past: string; readonly present: string }[]

/** One buffer of full length, past and present at once: a token's update costs the same at every length. */
function inPlaceCache(
  names: LayerNames,
  allocate: (length: number) => HostTensor | DeviceTensor,
  binding: Binding,
  capacity: number,
  bytesPerToken: number,
): KvCache {
  const tensors: (HostTensor | DeviceTensor)[] = []
  const release = (): void => {
    for (const tensor of tensors) if (isDevice(tensor)) tensor[Symbol.dispose]()
  }
  try {
    for (const { past, present } of names) {
      const tensor = allocate(capacity)
      tensors.push(tensor)
      binding.input(past, tensor)
      binding.output(present, tensor)
    }
  } catch (error) {
    release()
    throw error
  }
  return { capacity, bytes: capacity * bytesPerToken, prepare: () => {}, [Symbol.dispose]: release }
}

/** Graphs that return past and new tokens as a longer tensor: the present of one run is the past of the next. */
function appendedCache(
  names: LayerNames,
  allocate: (length: number) => HostTensor,
  binding: Binding,
  capacity: number,
): KvCache {
  let pasts: HostTensor[] = []
  let presents: HostTensor[] = []
  return {
    capacity,
    get bytes() {
      // Both are bound, and so held, until the next run.
      return [...pasts, ...presents].reduce((sum, { data }) => sum + data.byteLength, 0)
    },
    prepare(past, count) {
      pasts = past === 0 ? names.map(() => allocate(0)) : presents
      presents = names.map(() => allocate(past + count))
      for (const [index, name] of names.entries()) {
        binding.input(name.past, pasts[index]!)
        binding.output(name.present, presents[index]!)
      }
    },
    [Symbol.dispose]() {
      pasts = []
      presents = []
    },
  }
}
