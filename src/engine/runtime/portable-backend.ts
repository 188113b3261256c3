import type * as Ort from 'onnxruntime-node'

import { AppError } from '../../shared/errors.ts'
import { PROVIDERS, type Provider } from '../../shared/settings.ts'
import type { ElementType } from '../graph/index.ts'
import type {
  Backend,
  Binding,
  DeviceTensor,
  HostTensor,
  LogSeverity,
  Session,
  SessionOptions,
} from './backend.ts'
import { hasCudaLibrary } from './ort/library.ts'
import { runError } from './ort/status.ts'
import { assertProviderAvailable, assertReadable, sessionError } from './providers.ts'
import { assertConsistent, hostTensor, isDevice } from './tensor-types.ts'

type OrtModule = typeof Ort

const LOG_SEVERITIES: Readonly<Record<LogSeverity, 0 | 1 | 2 | 3 | 4>> = {
  verbose: 0,
  info: 1,
  warning: 2,
  error: 3,
  fatal: 4,
}

/**
 * Drives ONNX Runtime through onnxruntime-node's own interface, for places where the C API cannot be used. Correct
 * but slower: a run blocks the event loop, cannot be terminated (an abort takes effect when it ends), and every
 * output is allocated anew and copied into the bound tensor.
 */
export class PortableBackend implements Backend {
  readonly driver = 'portable'
  readonly version: string
  readonly #ort: OrtModule

  private constructor(ort: OrtModule) {
    this.#ort = ort
    this.version = ort.env.versions.node ?? ort.env.versions.common
  }

  /** @throws AppError runtime/library-unusable */
  static async open(): Promise<PortableBackend> {
    try {
      // Loaded on demand: importing the addon fails where it has no build for the platform.
      return new PortableBackend(await import('onnxruntime-node'))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new AppError('runtime/library-unusable', { path: 'onnxruntime-node', reason }, { cause: error })
    }
  }

  availableProviders(): readonly Provider[] {
    const supported = new Set(this.#ort.listSupportedBackends().map(({ name }) => name))
    return PROVIDERS.filter((name) => supported.has(name) && (name !== 'cuda' || hasCudaLibrary()))
  }

  async createSession(model: string | Uint8Array, options: SessionOptions): Promise<Session> {
    const { provider, threads, spinning, forbidCpuFallback, logSeverity } = options
    assertProviderAvailable(provider, this.availableProviders())
    if (typeof model === 'string') await assertReadable(model)
    const settings: Ort.InferenceSession.SessionOptions = {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      logSeverityLevel: LOG_SEVERITIES[logSeverity ?? 'fatal'],
      extra: {
        session: {
          intra_op: { allow_spinning: spinning ? '1' : '0' },
          ...(spinning ? {} : { dynamic_block_base: '4' }),
          ...(forbidCpuFallback === true && provider !== 'cpu' ? { disable_cpu_ep_fallback: '1' } : {}),
        },
      },
    }
    try {
      const session =
        typeof model === 'string'
          ? await this.#ort.InferenceSession.create(model, settings)
          : await this.#ort.InferenceSession.create(model, settings)
      return new PortableSession(this.#ort, session)
    } catch (error) {
      throw sessionError(error, model, provider)
    }
  }
}

class PortableSession implements Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly #ort: OrtModule
  readonly #session: Ort.InferenceSession
  #disposed = false

  constructor(ort: OrtModule, session: Ort.InferenceSession) {
    this.#ort = ort
    this.#session = session
    this.inputNames = session.inputNames
    this.outputNames = session.outputNames
  }

  bind(): Binding {
    if (this.#disposed) throw new AppError('runtime/disposed', { what: 'session' })
    return new PortableBinding(this.#ort, this.#session)
  }

  allocate(type: ElementType, dims: readonly number[]): HostTensor {
    return hostTensor(type, dims)
  }

  peakArenaBytes(): null {
    return null
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return
    this.#disposed = true
    void this.#session.release()
  }
}

class PortableBinding implements Binding {
  readonly #ort: OrtModule
  readonly #session: Ort.InferenceSession
  readonly #inputs = new Map<string, Ort.Tensor>()
  readonly #outputs = new Map<string, HostTensor>()
  #running = false
  #disposed = false

  constructor(ort: OrtModule, session: Ort.InferenceSession) {
    this.#ort = ort
    this.#session = session
  }

  input(name: string, tensor: HostTensor | DeviceTensor): void {
    const { type, dims, data } = this.#accept('input', name, tensor)
    this.#inputs.set(name, new this.#ort.Tensor(type, data, dims))
  }

  output(name: string, tensor: HostTensor | DeviceTensor): void {
    this.#outputs.set(name, this.#accept('output', name, tensor))
  }

  async run(signal?: AbortSignal): Promise<void> {
    this.#assertIdle()
    const throwIfAborted = (): void => {
      if (signal?.aborted ?? false) throw new AppError('cancelled')
    }
    throwIfAborted()
    this.#running = true
    try {
      const results = await this.#session.run(Object.fromEntries(this.#inputs), [...this.#outputs.keys()])
      for (const [name, bound] of this.#outputs) copyResult(name, results[name], bound)
    } catch (error) {
      throw runError(error)
    } finally {
      this.#running = false
    }
    throwIfAborted()
  }

  [Symbol.dispose](): void {
    this.#disposed = true
    this.#inputs.clear()
    this.#outputs.clear()
  }

  #assertIdle(): void {
    if (this.#disposed) throw new AppError('runtime/disposed', { what: 'binding' })
    if (this.#running) throw new AppError('runtime/busy', { what: 'binding' })
  }

  #accept(role: 'input' | 'output', name: string, tensor: HostTensor | DeviceTensor): HostTensor {
    this.#assertIdle()
    const known = role === 'input' ? this.#session.inputNames : this.#session.outputNames
    if (!known.includes(name))
      throw new AppError('runtime/unknown-name', { name, role, known: known.join(', ') })
    if (isDevice(tensor)) throw new TypeError('the portable driver binds host tensors only')
    assertConsistent(tensor)
    return tensor
  }
}

function copyResult(name: string, result: Ort.Tensor | undefined, { type, dims, data }: HostTensor): void {
  if (result === undefined) throw new Error(`output ${name} is missing`)
  if (result.type !== type || result.dims.join() !== dims.join()) {
    const got = `${result.type} [${result.dims.join()}]`
    throw new Error(`output ${name} is ${got}, bound is ${type} [${dims.join()}]`)
  }
  // Bytes, because float16 results may come as Float16Array while the bound array holds bit patterns.
  const source = result.data as ArrayBufferView
  const target = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  target.set(new Uint8Array(source.buffer, source.byteOffset, source.byteLength))
}
