import type { ElementType, TensorData } from '../graph/index.ts'
import type { Provider } from '../../shared/settings.ts'

/** A tensor whose memory JavaScript owns. The backend reads or writes `data` in place where it can. */
export interface HostTensor {
  readonly type: ElementType
  readonly dims: readonly number[]
  readonly data: TensorData
}

/** A tensor in the provider's own memory (a WebGPU buffer, CUDA memory); opaque to JavaScript. */
export interface DeviceTensor extends Disposable {
  readonly kind: 'device'
  readonly type: ElementType
  readonly dims: readonly number[]
  readonly bytes: number
}

export type LogSeverity = 'verbose' | 'info' | 'warning' | 'error' | 'fatal'

export interface SessionOptions {
  readonly provider: Provider
  /** Intra-op threads: the number of physical cores unless told otherwise. */
  readonly threads: number
  /** Busy-waiting workers: on for decode, off where other load may share the cores (training). */
  readonly spinning: boolean
  /** Fail instead of running a node on the CPU when the provider, another than the CPU, lacks it. */
  readonly forbidCpuFallback?: boolean
  /** From which severity on ONNX Runtime writes to stderr; 'fatal' unless told otherwise, as errors are thrown. */
  readonly logSeverity?: LogSeverity
}

/**
 * Inputs and outputs tied to one session. Tensors stay bound between runs; a caller changes their `data` in place
 * or rebinds. The same tensor may be bound as input and output (KV cache updated in place).
 */
export interface Binding extends Disposable {
  input(name: string, tensor: HostTensor | DeviceTensor): void
  output(name: string, tensor: HostTensor | DeviceTensor): void
  /**
   * Runs the graph off the JavaScript thread. An abort terminates the run inside the runtime; the session stays
   * usable. @throws AppError cancelled, runtime/failed
   */
  run(signal?: AbortSignal): Promise<void>
}

export interface Session extends Disposable {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  bind(): Binding
  /** Zero-filled host memory on the CPU; memory of the provider, with undefined content, on a device. */
  allocate(type: ElementType, dims: readonly number[]): HostTensor | DeviceTensor
  /** Peak bytes of the session's arena, where the runtime tells; null otherwise. */
  peakArenaBytes(): number | null
}

/** One way of driving ONNX Runtime: `native` through its C API, `portable` through onnxruntime-node. */
export interface Backend {
  readonly driver: 'native' | 'portable'
  /** ONNX Runtime's version. */
  readonly version: string
  /** Providers compiled into the library at hand. */
  availableProviders(): readonly Provider[]
  /**
   * @param model a path (external data is found beside it) or serialised bytes
   * @throws AppError runtime/provider-missing, runtime/device-missing, runtime/cpu-fallback, runtime/model-rejected
   */
  createSession(model: string | Uint8Array, options: SessionOptions): Promise<Session>
}
