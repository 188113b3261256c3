import { AppError } from '../../shared/errors.ts'
import type { Provider } from '../../shared/settings.ts'
import { GraphBuilder, serializeModel } from '../graph/index.ts'
import type { Backend, HostTensor } from './backend.ts'
import { hostTensor, isDevice } from './tensor-types.ts'

const TOKENS = 80
const QUERY_HEADS = 2
/** Below the length from which WebGPU's attention uses subgroups. */
const SHORT_RUN = 16
// Attention outputs are of order 1; reduced-precision arithmetic (TF32) stays well below, a wrong kernel well above.
const TOLERANCE = 0.02

/**
 * The most tokens that a provider's attention kernel takes correctly in one run, found by comparing it with the CPU on
 * a cached prefill. WebGPU's kernel for 32 and more tokens is wrong on adapters with subgroups of four, as
 * SwiftShader's; single and short runs use another kernel.
 *
 * @param headDim d_h of the model: kernels are chosen by it
 * @returns Infinity on the CPU and where long runs are right
 * @throws AppError runtime/device-wrong when short runs differ too
 */
export async function longestCorrectRun(
  backend: Backend,
  provider: Provider,
  headDim: number,
): Promise<number> {
  if (provider === 'cpu') return Infinity
  const known = verified.get(backend) ?? new Map<string, Promise<number>>()
  verified.set(backend, known)
  const key = `${provider}|${headDim}`
  const check = known.get(key) ?? compareWithCpu(backend, provider, headDim)
  known.set(key, check)
  return check
}

const verified = new WeakMap<Backend, Map<string, Promise<number>>>()

async function compareWithCpu(backend: Backend, provider: Provider, headDim: number): Promise<number> {
  const expected = await attend(backend, 'cpu', headDim, TOKENS)
  for (const [run, limit] of [
    [TOKENS / 2, Infinity],
    [SHORT_RUN, SHORT_RUN],
  ] as const) {
    const actual = await attend(backend, provider, headDim, run)
    const worst = actual.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index]!)), 0)
    if (worst <= TOLERANCE) return limit
  }
  throw new AppError('runtime/device-wrong', { provider })
}

/** Attention over `TOKENS` tokens in runs of `count`, with the cache updated in place: [TOKENS · n_h · d_h]. */
async function attend(
  backend: Backend,
  provider: Provider,
  headDim: number,
  count: number,
): Promise<Float32Array> {
  const graph = attentionGraph(headDim)
  using session = await backend.createSession(graph, { provider, threads: 1, spinning: false })
  using binding = session.bind()
  const caches = ['key', 'value'].map((name) => {
    const cache = session.allocate('float32', [1, 1, TOKENS, headDim])
    binding.input(`past.${name}`, cache)
    binding.output(`present.${name}`, cache)
    return cache
  })
  const width = QUERY_HEADS * headDim
  const attended = new Float32Array(TOKENS * width)
  for (let past = 0; past < TOKENS; past += count) {
    const rows = Math.min(count, TOKENS - past)
    binding.input('query', waves(past, rows, width, 1))
    binding.input('key', waves(past, rows, headDim, 2))
    binding.input('value', waves(past, rows, headDim, 3))
    binding.input('seqlens_k', { type: 'int32', dims: [1], data: Int32Array.of(past + rows - 1) })
    binding.input('total', { type: 'int32', dims: [], data: Int32Array.of(past + rows) })
    const output = hostTensor('float32', [1, rows, width])
    binding.output('attended', output)
    await binding.run()
    attended.set(output.data as Float32Array, past * width)
  }
  for (const cache of caches) if (isDevice(cache)) cache[Symbol.dispose]()
  return attended
}

function attentionGraph(headDim: number): Uint8Array {
  const graph = new GraphBuilder()
  const type = 'float32'
  const width = QUERY_HEADS * headDim
  const cache = [1, 1, TOKENS, headDim]
  const outputs = graph.nodeWithOutputs(
    'GroupQueryAttention',
    [
      graph.input('query', type, [1, 'seq', width]),
      graph.input('key', type, [1, 'seq', headDim]),
      graph.input('value', type, [1, 'seq', headDim]),
      graph.input('past.key', type, cache),
      graph.input('past.value', type, cache),
      graph.input('seqlens_k', 'int32', [1]),
      graph.input('total', 'int32', []),
    ],
    [
      { type, shape: [1, 'seq', width], name: 'attended' },
      { type, shape: cache, name: 'present.key' },
      { type, shape: cache, name: 'present.value' },
    ],
    { attributes: { num_heads: { int: QUERY_HEADS }, kv_num_heads: { int: 1 } }, domain: 'com.microsoft' },
  )
  for (const output of outputs) graph.output(output)
  return serializeModel(graph.build())
}

/** Rows `past` to `past + rows` of a fixed sequence, [1, rows, width]. */
function waves(past: number, rows: number, width: number, salt: number): HostTensor {
  const data = Float32Array.from({ length: rows * width }, (_, i) =>
    Math.sin(salt + (past * width + i) * (salt + 0.7)),
  )
  return { type: 'float32', dims: [1, rows, width], data }
}
