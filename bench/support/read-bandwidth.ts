import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import { GraphBuilder, serializeModel } from '../../src/engine/graph/index.ts'
import { hostTensor, type Backend, type HostTensor } from '../../src/engine/runtime/index.ts'
import type { Side } from './rounds.ts'

/** A thread's part of the memory that is read. */
export interface ReadRegion {
  readonly memory: SharedArrayBuffer
  readonly offset: number
  readonly length: number
  /** A byte that does not occur. */
  readonly absentByte: number
}

/** One way of reading memory as fast as it goes; each `measure` gives GB/s (10⁹ bytes). */
export interface ReadMethod extends AsyncDisposable {
  readonly measure: Side
}

const ABSENT_BYTE = 0xff
const PRESENT_BYTE = 0x3f

/**
 * A byte search by memchr over shared memory, one part a thread.
 *
 * @param bytes far more than the caches hold; a multiple of the threads
 */
export async function openSearch(bytes: number, threads: number): Promise<ReadMethod> {
  const memory = new SharedArrayBuffer(bytes)
  // Untouched pages would all be one page of zeros, in the cache.
  new Uint8Array(memory).fill(PRESENT_BYTE)
  const length = Math.floor(bytes / threads)
  const workers = Array.from({ length: threads }, (_, index) => {
    const region: ReadRegion = { memory, offset: index * length, length, absentByte: ABSENT_BYTE }
    return new Worker(new URL('./read-worker.ts', import.meta.url), { workerData: region })
  })
  await Promise.all(workers.map((worker) => once(worker, 'online')))
  return {
    async measure() {
      const start = performance.now()
      const replies = workers.map((worker) => once(worker, 'message'))
      for (const worker of workers) worker.postMessage(null)
      const found = await Promise.all(replies)
      if (found.some(([index]) => index !== -1))
        throw new Error('the search stopped before the end of the memory')
      return (length * threads) / (performance.now() - start) / 1e6
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

const ROW_LENGTH = 16_384

/** One of ONNX Runtime's own reductions over a tensor in rows: vectorised, and spread over its threads. */
export async function openReduction(
  op: 'ReduceSum' | 'ReduceMax',
  backend: Backend,
  tensor: HostTensor,
  threads: number,
): Promise<ReadMethod> {
  const graph = new GraphBuilder()
  const rows = tensor.dims[0]!
  const input = graph.input('x', 'float32', tensor.dims)
  const attributes = { keepdims: { int: 0 } }
  graph.output(graph.node(op, [input, graph.int64s([1])], 'float32', [rows], { attributes }), 'y')
  const session = await backend.createSession(serializeModel(graph.build()), {
    provider: 'cpu',
    threads,
    spinning: true,
  })
  const binding = session.bind()
  binding.input('x', tensor)
  binding.output('y', hostTensor('float32', [rows]))
  return {
    async measure() {
      const start = performance.now()
      await binding.run()
      return tensor.data.byteLength / (performance.now() - start) / 1e6
    },
    async [Symbol.asyncDispose]() {
      binding[Symbol.dispose]()
      session[Symbol.dispose]()
    },
  }
}

/** A tensor of about so many bytes for `openReduction`. */
export function reductionTensor(bytes: number): HostTensor {
  const rows = Math.ceil(bytes / 4 / ROW_LENGTH)
  return { type: 'float32', dims: [rows, ROW_LENGTH], data: new Float32Array(rows * ROW_LENGTH).fill(1) }
}
