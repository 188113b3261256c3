import { AppError } from '../../shared/errors.ts'
import type { Provider } from '../../shared/settings.ts'
import type { ElementType } from '../graph/index.ts'
import type { Binding, DeviceTensor, HostTensor, Session } from './backend.ts'
import { NativeBinding } from './native-binding.ts'
import { NativeDeviceTensor } from './native-tensor.ts'
import { decodeString, decodeStrings, type OrtApi, type Out, type Pointer, type Status } from './ort/api.ts'
import { check, Handle, OrtError, produce, runError } from './ort/status.ts'
import { ELEMENT_CODES, hostTensor } from './tensor-types.ts'

/** OrtAllocatorType and OrtMemType of the C API. */
const DEVICE_ALLOCATOR = 0
const ARENA_ALLOCATOR = 1
const DEFAULT_MEMORY = 0

/** Names that the providers give their device memory. */
const DEVICE_MEMORY: Readonly<Record<Exclude<Provider, 'cpu'>, string>> = {
  webgpu: 'WebGPU_Buf',
  cuda: 'Cuda',
  dml: 'DML',
}

export class NativeSession implements Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly #api: OrtApi
  readonly #handle: Handle
  readonly #provider: Provider
  readonly #cpuMemory: Handle
  readonly #arena: Handle
  readonly #bindings = new Set<NativeBinding>()
  #deviceAllocator: Handle | undefined
  #closing = false

  /** Takes over the native session. */
  constructor(api: OrtApi, handle: Handle, provider: Provider) {
    this.#api = api
    this.#handle = handle
    this.#provider = provider
    this.inputNames = readNames(api, handle.pointer, api.SessionGetInputCount, api.SessionGetInputName)
    this.outputNames = readNames(api, handle.pointer, api.SessionGetOutputCount, api.SessionGetOutputName)
    const memory = produce<Pointer>(api, (out) =>
      api.CreateCpuMemoryInfo(ARENA_ALLOCATOR, DEFAULT_MEMORY, out),
    )
    this.#cpuMemory = new Handle('memory description', memory, api.ReleaseMemoryInfo)
    this.#arena = this.#openAllocator(memory)
  }

  bind(): Binding {
    if (this.#closing) throw new AppError('runtime/disposed', { what: 'session' })
    const binding = new NativeBinding(this.#api, {
      session: this.#handle.pointer,
      cpuMemory: this.#cpuMemory.pointer,
      inputNames: this.inputNames,
      outputNames: this.outputNames,
      copiesInputs: this.#provider !== 'cpu',
      onReleased: (released) => {
        this.#bindings.delete(released)
        if (this.#closing) this.#releaseWhenIdle()
      },
    })
    this.#bindings.add(binding)
    return binding
  }

  allocate(type: ElementType, dims: readonly number[]): HostTensor | DeviceTensor {
    if (this.#provider === 'cpu') return hostTensor(type, dims)
    const api = this.#api
    try {
      const allocator = (this.#deviceAllocator ??= this.#openDeviceAllocator(this.#provider))
      const shape = BigInt64Array.from(dims, BigInt)
      const value = produce<Pointer>(api, (out) =>
        api.CreateTensorAsOrtValue(allocator.pointer, shape, shape.length, ELEMENT_CODES[type], out),
      )
      return new NativeDeviceTensor(type, dims, new Handle('device tensor', value, api.ReleaseValue))
    } catch (error) {
      throw runError(error)
    }
  }

  peakArenaBytes(): number | null {
    const api = this.#api
    const out: Out<Pointer> = [null]
    try {
      check(api, api.AllocatorGetStats(this.#arena.pointer, out))
    } catch (error) {
      if (error instanceof OrtError) return null // The allocator keeps no statistics.
      throw error
    }
    if (out[0] === null) return null
    using pairs = new Handle('statistics', out[0], api.ReleaseKeyValuePairs)
    const keys: Out<Pointer> = [null]
    const values: Out<Pointer> = [null]
    const count: Out<number> = [null]
    api.GetKeyValuePairs(pairs.pointer, keys, values, count)
    if (keys[0] === null || values[0] === null || count[0] === null) return null
    const index = decodeStrings(keys[0], count[0]).indexOf('MaxInUse')
    const peak = Number(decodeStrings(values[0], count[0])[index])
    return Number.isFinite(peak) ? peak : null
  }

  [Symbol.dispose](): void {
    if (this.#closing) return
    this.#closing = true
    for (const binding of [...this.#bindings]) binding[Symbol.dispose]()
    this.#releaseWhenIdle()
  }

  /** A binding that is still running is released when its run ends; the session must outlive it. */
  #releaseWhenIdle(): void {
    if (this.#bindings.size > 0) return
    this.#deviceAllocator?.[Symbol.dispose]()
    this.#arena[Symbol.dispose]()
    this.#cpuMemory[Symbol.dispose]()
    this.#handle[Symbol.dispose]()
  }

  #openAllocator(memory: Pointer): Handle {
    const api = this.#api
    const allocator = produce<Pointer>(api, (out) => api.CreateAllocator(this.#handle.pointer, memory, out))
    return new Handle('allocator', allocator, api.ReleaseAllocator)
  }

  #openDeviceAllocator(provider: Exclude<Provider, 'cpu'>): Handle {
    const api = this.#api
    const pointer = produce<Pointer>(api, (out) =>
      api.CreateMemoryInfo(DEVICE_MEMORY[provider], DEVICE_ALLOCATOR, 0, DEFAULT_MEMORY, out),
    )
    using memory = new Handle('memory description', pointer, api.ReleaseMemoryInfo)
    return this.#openAllocator(memory.pointer)
  }
}

function readNames(
  api: OrtApi,
  session: Pointer,
  getCount: (session: Pointer, out: Out<number>) => Status,
  getName: (session: Pointer, index: number, allocator: Pointer, out: Out<Pointer>) => Status,
): string[] {
  const allocator = produce<Pointer>(api, (out) => api.GetAllocatorWithDefaultOptions(out))
  const count = produce<number>(api, (out) => getCount(session, out))
  return Array.from({ length: count }, (_, index) => {
    const name = produce<Pointer>(api, (out) => getName(session, index, allocator, out))
    try {
      return decodeString(name)
    } finally {
      check(api, api.AllocatorFree(allocator, name))
    }
  })
}
