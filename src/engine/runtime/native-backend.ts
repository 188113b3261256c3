import type { Provider } from '../../shared/settings.ts'
import type { Backend, LogSeverity, Session, SessionOptions } from './backend.ts'
import { NativeSession } from './native-session.ts'
import { decodeStrings, loadOrt, type OrtApi, type Out, type Pointer } from './ort/api.ts'
import { hasCudaLibrary } from './ort/library.ts'
import { check, Handle, produce, settle } from './ort/status.ts'
import { assertProviderAvailable, assertReadable, sessionError } from './providers.ts'

const LOG_SEVERITIES: Readonly<Record<LogSeverity, number>> = {
  verbose: 0,
  info: 1,
  warning: 2,
  error: 3,
  fatal: 4,
}

const ORT_PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  cpu: 'CPUExecutionProvider',
  webgpu: 'WebGpuExecutionProvider',
  cuda: 'CUDAExecutionProvider',
  dml: 'DmlExecutionProvider',
}

// ONNX Runtime has one environment per process and expects it to outlive every session: it is never released.
let environment: Pointer | undefined

function openEnvironment(api: OrtApi): Pointer {
  if (environment !== undefined) return environment
  const env = produce<Pointer>(api, (out) => api.CreateEnv(LOG_SEVERITIES.fatal, 'soroban', out))
  check(api, api.DisableTelemetryEvents(env))
  return (environment = env)
}

/**
 * Drives ONNX Runtime through its C API: outputs and the KV cache stay in the buffers they are bound to, runs
 * leave the event loop free and can be terminated.
 */
export class NativeBackend implements Backend {
  readonly driver = 'native'
  readonly version: string
  readonly #api: OrtApi
  readonly #env: Pointer
  readonly #providers: readonly Provider[]

  /** @throws AppError runtime/library-unusable */
  constructor() {
    const { api, version } = loadOrt()
    this.#api = api
    this.version = version
    this.#env = openEnvironment(api)
    this.#providers = listProviders(api)
  }

  availableProviders(): readonly Provider[] {
    return this.#providers
  }

  async createSession(model: string | Uint8Array, options: SessionOptions): Promise<Session> {
    assertProviderAvailable(options.provider, this.#providers)
    if (typeof model === 'string') await assertReadable(model)
    const api = this.#api
    try {
      using sessionOptions = this.#sessionOptions(options)
      const out: Out<Pointer> = [null]
      await settle(api, (done) => {
        if (typeof model === 'string') {
          api.CreateSession.async(this.#env, model, sessionOptions.pointer, out, done)
        } else {
          api.CreateSessionFromArray.async(
            this.#env,
            model,
            model.byteLength,
            sessionOptions.pointer,
            out,
            done,
          )
        }
      })
      if (out[0] === null) throw new Error('ONNX Runtime returned no session')
      return new NativeSession(api, new Handle('session', out[0], api.ReleaseSession), options.provider)
    } catch (error) {
      throw sessionError(error, model, options.provider)
    }
  }

  #sessionOptions({ provider, threads, spinning, forbidCpuFallback, logSeverity }: SessionOptions): Handle {
    const api = this.#api
    const pointer = produce<Pointer>(api, (out) => api.CreateSessionOptions(out))
    const options = new Handle('session options', pointer, api.ReleaseSessionOptions)
    try {
      const configure = (key: string, value: string): void =>
        check(api, api.AddSessionConfigEntry(pointer, key, value))
      check(api, api.SetSessionLogSeverityLevel(pointer, LOG_SEVERITIES[logSeverity ?? 'fatal']))
      check(api, api.SetIntraOpNumThreads(pointer, threads))
      configure('session.intra_op.allow_spinning', spinning ? '1' : '0')
      // Without spinning a late worker must not hold a large block that the others wait for.
      if (!spinning) configure('session.dynamic_block_base', '4')
      if (forbidCpuFallback === true && provider !== 'cpu') configure('session.disable_cpu_ep_fallback', '1')
      this.#appendProvider(pointer, provider)
      return options
    } catch (error) {
      options[Symbol.dispose]()
      throw error
    }
  }

  #appendProvider(options: Pointer, provider: Provider): void {
    const api = this.#api
    switch (provider) {
      case 'cpu':
        return
      case 'webgpu':
        return check(api, api.SessionOptionsAppendExecutionProvider(options, 'WebGPU', [], [], 0))
      case 'dml':
        return check(api, api.SessionOptionsAppendExecutionProvider(options, 'DML', [], [], 0))
      case 'cuda': {
        const pointer = produce<Pointer>(api, (out) => api.CreateCUDAProviderOptions(out))
        using cuda = new Handle('CUDA options', pointer, api.ReleaseCUDAProviderOptions)
        return check(api, api.SessionOptionsAppendExecutionProvider_CUDA_V2(options, cuda.pointer))
      }
    }
  }
}

function listProviders(api: OrtApi): Provider[] {
  const count: [number | null] = [null]
  const names = produce<Pointer>(api, (out) => api.GetAvailableProviders(out, count))
  try {
    const compiled = new Set(decodeStrings(names, count[0] ?? 0))
    return (Object.keys(ORT_PROVIDER_NAMES) as Provider[]).filter(
      (provider) =>
        // The library knows of CUDA even where its separate provider library was not downloaded.
        compiled.has(ORT_PROVIDER_NAMES[provider]) && (provider !== 'cuda' || hasCudaLibrary()),
    )
  } finally {
    check(api, api.ReleaseAvailableProviders(names, count[0] ?? 0))
  }
}
