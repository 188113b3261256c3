import koffi from 'koffi'

import { AppError } from '../../../shared/errors.ts'
import { ortLibraryPath } from './library.ts'

/** A native address. Koffi hands pointers over as bigint and null as null. */
export type Pointer = bigint
/** OrtStatus*: null is success. */
export type Status = Pointer | null
/** Receives one value that the callee writes. */
export type Out<T> = [T | null]

/**
 * The part of OrtApi that the runtime uses, with the meaning of onnxruntime_c_api.h. Typed arrays are passed as
 * the address of their first element.
 */
interface OrtFunctions {
  GetErrorCode(status: Pointer): number
  GetErrorMessage(status: Pointer): string
  CreateEnv(logSeverity: number, logId: string, out: Out<Pointer>): Status
  DisableTelemetryEvents(env: Pointer): Status
  CreateSession(env: Pointer, path: string, options: Pointer, out: Out<Pointer>): Status
  CreateSessionFromArray(
    env: Pointer,
    bytes: Uint8Array,
    length: number,
    options: Pointer,
    out: Out<Pointer>,
  ): Status
  CreateSessionOptions(out: Out<Pointer>): Status
  SetSessionLogSeverityLevel(options: Pointer, severity: number): Status
  SetIntraOpNumThreads(options: Pointer, threads: number): Status
  SessionGetInputCount(session: Pointer, out: Out<number>): Status
  SessionGetOutputCount(session: Pointer, out: Out<number>): Status
  SessionGetInputName(session: Pointer, index: number, allocator: Pointer, out: Out<Pointer>): Status
  SessionGetOutputName(session: Pointer, index: number, allocator: Pointer, out: Out<Pointer>): Status
  CreateRunOptions(out: Out<Pointer>): Status
  RunOptionsSetTerminate(options: Pointer): Status
  CreateTensorAsOrtValue(
    allocator: Pointer,
    dims: BigInt64Array,
    rank: number,
    type: number,
    out: Out<Pointer>,
  ): Status
  CreateTensorWithDataAsOrtValue(
    memory: Pointer,
    address: Pointer,
    bytes: number,
    dims: BigInt64Array,
    rank: number,
    type: number,
    out: Out<Pointer>,
  ): Status
  CreateMemoryInfo(
    name: string,
    allocatorType: number,
    id: number,
    memoryType: number,
    out: Out<Pointer>,
  ): Status
  CreateCpuMemoryInfo(allocatorType: number, memoryType: number, out: Out<Pointer>): Status
  AllocatorFree(allocator: Pointer, address: Pointer): Status
  GetAllocatorWithDefaultOptions(out: Out<Pointer>): Status
  ReleaseStatus(status: Pointer): void
  ReleaseMemoryInfo(memory: Pointer): void
  ReleaseSession(session: Pointer): void
  ReleaseValue(value: Pointer): void
  ReleaseRunOptions(options: Pointer): void
  ReleaseSessionOptions(options: Pointer): void
  GetAvailableProviders(out: Out<Pointer>, count: Out<number>): Status
  ReleaseAvailableProviders(names: Pointer, count: number): Status
  AddSessionConfigEntry(options: Pointer, key: string, value: string): Status
  CreateAllocator(session: Pointer, memory: Pointer, out: Out<Pointer>): Status
  ReleaseAllocator(allocator: Pointer): void
  RunWithBinding(session: Pointer, options: Pointer, binding: Pointer): Status
  CreateIoBinding(session: Pointer, out: Out<Pointer>): Status
  ReleaseIoBinding(binding: Pointer): void
  BindInput(binding: Pointer, name: string, value: Pointer): Status
  BindOutput(binding: Pointer, name: string, value: Pointer): Status
  CreateCUDAProviderOptions(out: Out<Pointer>): Status
  SessionOptionsAppendExecutionProvider_CUDA_V2(options: Pointer, cuda: Pointer): Status
  ReleaseCUDAProviderOptions(cuda: Pointer): void
  SessionOptionsAppendExecutionProvider(
    options: Pointer,
    name: string,
    keys: readonly string[],
    values: readonly string[],
    count: number,
  ): Status
  GetKeyValuePairs(pairs: Pointer, keys: Out<Pointer>, values: Out<Pointer>, count: Out<number>): void
  ReleaseKeyValuePairs(pairs: Pointer): void
  AllocatorGetStats(allocator: Pointer, out: Out<Pointer>): Status
}

/** A function that can also run on a thread of libuv's pool, leaving the event loop free. */
type Callable<F> = F extends (...args: infer A) => infer R
  ? F & { readonly async: (...args: [...A, (error: Error | null, result: R) => void]) => void }
  : never

export type OrtApi = { readonly [K in keyof OrtFunctions]: Callable<OrtFunctions[K]> }

/** The table is append-only; AllocatorGetStats, the youngest entry used, came with version 23. */
const API_VERSION = 23

// ORTCHAR_T: paths are UTF-16 on Windows, the file system's bytes elsewhere.
const PATH = process.platform === 'win32' ? 'const char16_t*' : 'const char*'

/** Index in the function table of OrtApi version 23, result type, argument types. */
const SIGNATURES: {
  readonly [K in keyof OrtFunctions]: readonly [index: number, result: string, args: string]
} = {
  GetErrorCode: [1, 'int', 'void*'],
  GetErrorMessage: [2, 'const char*', 'void*'],
  CreateEnv: [3, 'void*', 'int, const char*, _Out_ void**'],
  DisableTelemetryEvents: [6, 'void*', 'void*'],
  CreateSession: [7, 'void*', `void*, ${PATH}, void*, _Out_ void**`],
  CreateSessionFromArray: [8, 'void*', 'void*, const void*, size_t, void*, _Out_ void**'],
  CreateSessionOptions: [10, 'void*', '_Out_ void**'],
  SetSessionLogSeverityLevel: [22, 'void*', 'void*, int'],
  SetIntraOpNumThreads: [24, 'void*', 'void*, int'],
  SessionGetInputCount: [30, 'void*', 'void*, _Out_ size_t*'],
  SessionGetOutputCount: [31, 'void*', 'void*, _Out_ size_t*'],
  SessionGetInputName: [36, 'void*', 'void*, size_t, void*, _Out_ void**'],
  SessionGetOutputName: [37, 'void*', 'void*, size_t, void*, _Out_ void**'],
  CreateRunOptions: [39, 'void*', '_Out_ void**'],
  RunOptionsSetTerminate: [46, 'void*', 'void*'],
  CreateTensorAsOrtValue: [48, 'void*', 'void*, const int64_t*, size_t, int, _Out_ void**'],
  CreateTensorWithDataAsOrtValue: [
    49,
    'void*',
    'void*, void*, size_t, const int64_t*, size_t, int, _Out_ void**',
  ],
  CreateMemoryInfo: [68, 'void*', 'const char*, int, int, int, _Out_ void**'],
  CreateCpuMemoryInfo: [69, 'void*', 'int, int, _Out_ void**'],
  AllocatorFree: [76, 'void*', 'void*, void*'],
  GetAllocatorWithDefaultOptions: [78, 'void*', '_Out_ void**'],
  ReleaseStatus: [93, 'void', 'void*'],
  ReleaseMemoryInfo: [94, 'void', 'void*'],
  ReleaseSession: [95, 'void', 'void*'],
  ReleaseValue: [96, 'void', 'void*'],
  ReleaseRunOptions: [97, 'void', 'void*'],
  ReleaseSessionOptions: [100, 'void', 'void*'],
  GetAvailableProviders: [125, 'void*', '_Out_ void**, _Out_ int*'],
  ReleaseAvailableProviders: [126, 'void*', 'void*, int'],
  AddSessionConfigEntry: [130, 'void*', 'void*, const char*, const char*'],
  CreateAllocator: [131, 'void*', 'void*, void*, _Out_ void**'],
  ReleaseAllocator: [132, 'void', 'void*'],
  RunWithBinding: [133, 'void*', 'void*, void*, void*'],
  CreateIoBinding: [134, 'void*', 'void*, _Out_ void**'],
  ReleaseIoBinding: [135, 'void', 'void*'],
  BindInput: [136, 'void*', 'void*, const char*, void*'],
  BindOutput: [137, 'void*', 'void*, const char*, void*'],
  SessionOptionsAppendExecutionProvider_CUDA_V2: [204, 'void*', 'void*, void*'],
  CreateCUDAProviderOptions: [205, 'void*', '_Out_ void**'],
  ReleaseCUDAProviderOptions: [208, 'void', 'void*'],
  SessionOptionsAppendExecutionProvider: [
    216,
    'void*',
    'void*, const char*, const char**, const char**, size_t',
  ],
  GetKeyValuePairs: [298, 'void', 'void*, _Out_ void**, _Out_ void**, _Out_ size_t*'],
  ReleaseKeyValuePairs: [300, 'void', 'void*'],
  AllocatorGetStats: [319, 'void*', 'void*, _Out_ void**'],
}

const POINTER_BYTES = 8
/** Stack of a native call: what the main thread of a process usually has. */
const STACK_BYTES = 8 * 2 ** 20

interface OrtLibrary {
  readonly api: OrtApi
  /** ONNX Runtime's version, "1.30.0". */
  readonly version: string
}

let loaded: OrtLibrary | undefined

/**
 * Loads the ONNX Runtime library of the onnxruntime-node package and binds its C API; once per process.
 *
 * @throws AppError runtime/library-unusable when the file is missing, cannot be loaded or is too old
 */
export function loadOrt(): OrtLibrary {
  return (loaded ??= bindLibrary(ortLibraryPath()))
}

function bindLibrary(path: string): OrtLibrary {
  try {
    // Koffi runs a call on a stack of its own, by default 128 KiB for asynchronous ones: too small to compile a
    // shader or to optimise a deep graph. Only what is touched takes memory.
    koffi.config({ sync_stack_size: STACK_BYTES, async_stack_size: STACK_BYTES })
    const base: Pointer = koffi.load(path).func('void* OrtGetApiBase()')()
    // OrtApiBase: two function pointers, GetApi and GetVersionString.
    const getApi = functionAt<(version: number) => Pointer | null>(base, 0, 'void*', 'uint32_t')
    const version = functionAt<() => string>(base, 1, 'const char*', '')()
    const table = getApi(API_VERSION)
    if (table === null) throw new Error(`version ${version} lacks C API ${API_VERSION}`)
    const entries = Object.entries(SIGNATURES).map(([name, [index, result, args]]) => [
      name,
      functionAt(table, index, result, args),
    ])
    return { version, api: Object.fromEntries(entries) as OrtApi }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('runtime/library-unusable', { path, reason }, { cause: error })
  }
}

function functionAt<F>(table: Pointer, index: number, result: string, args: string): F {
  const address: unknown = koffi.decode(table, index * POINTER_BYTES, 'void*')
  return koffi.decode(address, koffi.proto(`${result} (${args})`)) as F
}

/** `count` C strings from an array of char pointers. */
export function decodeStrings(array: Pointer, count: number): string[] {
  return count === 0 ? [] : (koffi.decode(array, koffi.array('const char*', count)) as string[])
}

/** One C string. */
export function decodeString(address: Pointer): string {
  return koffi.decode.string(address)
}

/**
 * Address of an array's first element. Stable for as long as the array is reachable: the caller keeps it so.
 */
export function addressOf(array: ArrayBufferView): Pointer {
  // V8 keeps small typed arrays inside the moving heap until `buffer` is asked for.
  if (array.buffer.byteLength === 0) return 0n
  return koffi.address(array)
}
