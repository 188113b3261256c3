import { GraphBuilder, serializeModel } from '../graph/index.ts'
import type { Backend, HostTensor } from './backend.ts'
import { hostTensor } from './tensor-types.ts'

const QUERY_HEADS = 2
const HEAD_DIM = 8
const LENGTH = 6
const STEPS = 3
// The drivers run the same kernel on the same numbers; only a wrong or stale buffer makes a difference.
const TOLERANCE = 1e-6

/**
 * Attention over a KV cache that is bound as input and output at once, run for a few steps: what the language model
 * relies on, in the smallest graph that shows it.
 *
 * @returns the attention outputs of all steps, then keys and values of the cache
 */
async function attendInPlace(backend: Backend): Promise<number[]> {
  using session = await backend.createSession(attentionGraph(), {
    provider: 'cpu',
    threads: 1,
    spinning: false,
  })
  using binding = session.bind()
  const query = hostTensor('float32', [1, 1, QUERY_HEADS * HEAD_DIM])
  const key = hostTensor('float32', [1, 1, HEAD_DIM])
  const value = hostTensor('float32', [1, 1, HEAD_DIM])
  const lastIndex = hostTensor('int32', [1])
  const total = hostTensor('int32', [])
  const output = hostTensor('float32', [1, 1, QUERY_HEADS * HEAD_DIM])
  const caches = ['key', 'value'].map((name) => {
    const cache = hostTensor('float32', [1, 1, LENGTH, HEAD_DIM])
    binding.input(`past.${name}`, cache)
    binding.output(`present.${name}`, cache)
    return cache
  })
  for (const [name, tensor] of Object.entries({ query, key, value, seqlens_k: lastIndex, total })) {
    binding.input(name, tensor)
  }
  binding.output('attended', output)
  const seen: number[] = []
  for (let step = 0; step < STEPS; step++) {
    for (const [salt, tensor] of [query, key, value].entries()) fill(tensor, step * 3 + salt)
    lastIndex.data[0] = step
    total.data[0] = step + 1
    await binding.run()
    seen.push(...numbers(output))
  }
  return [...seen, ...caches.flatMap(numbers)]
}

function attentionGraph(): Uint8Array {
  const graph = new GraphBuilder()
  const row = (name: string, heads: number) => graph.input(name, 'float32', [1, 1, heads * HEAD_DIM])
  const cache = (name: string) => graph.input(name, 'float32', [1, 1, LENGTH, HEAD_DIM])
  const type = 'float32'
  const outputs = graph.nodeWithOutputs(
    'GroupQueryAttention',
    [
      row('query', QUERY_HEADS),
      row('key', 1),
      row('value', 1),
      cache('past.key'),
      cache('past.value'),
      graph.input('seqlens_k', 'int32', [1]),
      graph.input('total', 'int32', []),
    ],
    [
      { type, shape: [1, 1, QUERY_HEADS * HEAD_DIM], name: 'attended' },
      { type, shape: [1, 1, LENGTH, HEAD_DIM], name: 'present.key' },
      { type, shape: [1, 1, LENGTH, HEAD_DIM], name: 'present.value' },
    ],
    { attributes: { num_heads: { int: QUERY_HEADS }, kv_num_heads: { int: 1 } }, domain: 'com.microsoft' },
  )
  for (const output of outputs) graph.output(output)
  return serializeModel(graph.build())
}

function fill(tensor: HostTensor, salt: number): void {
  for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = Math.sin(1 + salt * 31 + i * 7)
}

const numbers = ({ data }: HostTensor): number[] => Array.from(data, Number)

/**
 * Compares a driver with the reference driver on an in-place KV cache.
 *
 * @throws Error when they differ
 */
export async function selfTest(backend: Backend, reference: Backend): Promise<void> {
  const actual = await attendInPlace(backend)
  const expected = await attendInPlace(reference)
  const worst = Math.max(...expected.map((value, index) => Math.abs(value - (actual[index] ?? Number.NaN))))
  // Written so that NaN fails too.
  if (!(worst <= TOLERANCE)) throw new Error(`the drivers differ by ${worst} on an in-place KV cache`)
}
