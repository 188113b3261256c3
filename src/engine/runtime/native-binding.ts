import { AppError } from '../../shared/errors.ts'
import type { Binding, DeviceTensor, HostTensor } from './backend.ts'
import { NativeDeviceTensor } from './native-tensor.ts'
import { addressOf, type OrtApi, type Pointer } from './ort/api.ts'
import { check, Handle, produce, runError, settle } from './ort/status.ts'
import { assertConsistent, ELEMENT_CODES, isDevice } from './tensor-types.ts'

/** What a binding needs of the session that made it. */
export interface BindingHost {
  readonly session: Pointer
  readonly cpuMemory: Pointer
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /** The provider copies host inputs to the device when they are bound, not when they are read. */
  readonly copiesInputs: boolean
  readonly onReleased: (binding: NativeBinding) => void
}

/** A bound tensor: the tensor keeps the memory alive, the value is ONNX Runtime's view of it. */
interface Bound {
  readonly tensor: HostTensor | DeviceTensor
  readonly pointer: Pointer
  readonly owned: Handle | null
}

export class NativeBinding implements Binding {
  readonly #api: OrtApi
  readonly #host: BindingHost
  readonly #handle: Handle
  readonly #inputs = new Map<string, Bound>()
  readonly #outputs = new Map<string, Bound>()
  #runOptions: Handle | undefined
  #running = false
  #closing = false

  constructor(api: OrtApi, host: BindingHost) {
    this.#api = api
    this.#host = host
    const pointer = produce<Pointer>(api, (out) => api.CreateIoBinding(host.session, out))
    this.#handle = new Handle('binding', pointer, api.ReleaseIoBinding)
  }

  input(name: string, tensor: HostTensor | DeviceTensor): void {
    this.#bind('input', name, tensor)
  }

  output(name: string, tensor: HostTensor | DeviceTensor): void {
    this.#bind('output', name, tensor)
  }

  async run(signal?: AbortSignal): Promise<void> {
    this.#assertIdle()
    const aborted = (): boolean => signal?.aborted ?? false
    if (aborted()) throw new AppError('cancelled')
    const api = this.#api
    const options = (this.#runOptions ??= this.#openRunOptions())
    const terminate = (): void => this.#terminate(options)
    this.#running = true
    signal?.addEventListener('abort', terminate, { once: true })
    try {
      if (this.#host.copiesInputs) this.#refreshInputs()
      await settle(api, (done) => {
        api.RunWithBinding.async(this.#host.session, options.pointer, this.#handle.pointer, done)
      })
    } catch (error) {
      if (aborted() || this.#closing) throw new AppError('cancelled', {}, { cause: error })
      throw runError(error)
    } finally {
      signal?.removeEventListener('abort', terminate)
      this.#running = false
      if (aborted()) this.#dropRunOptions()
      if (this.#closing) this.#release()
    }
  }

  /** Ends a run in progress; the memory it uses is given back when it has ended. */
  [Symbol.dispose](): void {
    if (this.#closing) return
    this.#closing = true
    if (!this.#running) return this.#release()
    if (this.#runOptions !== undefined) this.#terminate(this.#runOptions)
  }

  /** Asks a run to end early. Where that fails the run ends in its own time, which no caller can change. */
  #terminate(options: Handle): void {
    const status = this.#api.RunOptionsSetTerminate(options.pointer)
    if (status !== null) this.#api.ReleaseStatus(status)
  }

  #assertIdle(): void {
    if (this.#closing) throw new AppError('runtime/disposed', { what: 'binding' })
    if (this.#running) throw new AppError('runtime/busy', { what: 'binding' })
  }

  #bind(role: 'input' | 'output', name: string, tensor: HostTensor | DeviceTensor): void {
    this.#assertIdle()
    const known = role === 'input' ? this.#host.inputNames : this.#host.outputNames
    if (!known.includes(name)) {
      throw new AppError('runtime/unknown-name', { name, role, known: known.join(', ') })
    }
    const bound = role === 'input' ? this.#inputs : this.#outputs
    const previous = bound.get(name)
    if (previous?.tensor === tensor) return
    const next = this.#wrap(tensor)
    try {
      this.#attach(role, name, next.pointer)
    } catch (error) {
      next.owned?.[Symbol.dispose]()
      throw runError(error)
    }
    bound.set(name, next)
    previous?.owned?.[Symbol.dispose]()
  }

  #attach(role: 'input' | 'output', name: string, value: Pointer): void {
    const attach = role === 'input' ? this.#api.BindInput : this.#api.BindOutput
    check(this.#api, attach(this.#handle.pointer, name, value))
  }

  #wrap(tensor: HostTensor | DeviceTensor): Bound {
    if (isDevice(tensor)) {
      if (!(tensor instanceof NativeDeviceTensor))
        throw new TypeError('the device tensor is of another driver')
      return { tensor, pointer: tensor.pointer, owned: null }
    }
    assertConsistent(tensor)
    const api = this.#api
    const { data, type } = tensor
    const shape = BigInt64Array.from(tensor.dims, BigInt)
    const pointer = produce<Pointer>(api, (out) =>
      api.CreateTensorWithDataAsOrtValue(
        this.#host.cpuMemory,
        addressOf(data),
        data.byteLength,
        shape,
        shape.length,
        ELEMENT_CODES[type],
        out,
      ),
    )
    return { tensor, pointer, owned: new Handle('tensor', pointer, api.ReleaseValue) }
  }

  #refreshInputs(): void {
    for (const [name, { pointer, owned }] of this.#inputs)
      if (owned !== null) this.#attach('input', name, pointer)
  }

  #openRunOptions(): Handle {
    const pointer = produce<Pointer>(this.#api, (out) => this.#api.CreateRunOptions(out))
    return new Handle('run options', pointer, this.#api.ReleaseRunOptions)
  }

  /** The terminate flag stays set in the options it was set on: the next run gets new ones. */
  #dropRunOptions(): void {
    this.#runOptions?.[Symbol.dispose]()
    this.#runOptions = undefined
  }

  #release(): void {
    this.#handle[Symbol.dispose]()
    for (const { owned } of [...this.#inputs.values(), ...this.#outputs.values()]) owned?.[Symbol.dispose]()
    this.#inputs.clear()
    this.#outputs.clear()
    this.#dropRunOptions()
    this.#host.onReleased(this)
  }
}
