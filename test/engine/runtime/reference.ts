import { hostTensor, type Backend, type DecoderSource } from '../../../src/engine/runtime/index.ts'

/** Logits of every position from one uncached run through a `logits` graph, as rows. */
export async function fullLogits(
  backend: Backend,
  source: DecoderSource,
  ids: Int32Array,
): Promise<Float32Array[]> {
  const { layers, kvHeads, headDim, vocabSize } = source.config
  using session = await backend.createSession(source.graphPath, {
    provider: 'cpu',
    threads: 1,
    spinning: false,
  })
  using binding = session.bind()
  const count = ids.length
  binding.input('input_ids', { type: 'int64', dims: [1, count], data: BigInt64Array.from(ids, BigInt) })
  binding.input('seqlens_k', { type: 'int32', dims: [1], data: Int32Array.of(count - 1) })
  binding.input('total_sequence_length', { type: 'int32', dims: [], data: Int32Array.of(count) })
  for (let layer = 0; layer < layers; layer++) {
    for (const kind of ['key', 'value']) {
      const dims = [1, kvHeads, count, headDim]
      binding.input(`past_key_values.${layer}.${kind}`, hostTensor('float32', dims))
      binding.output(`present.${layer}.${kind}`, hostTensor('float32', dims))
    }
  }
  const logits = new Float32Array(count * vocabSize)
  binding.output('logits', { type: 'float32', dims: [1, count, vocabSize], data: logits })
  await binding.run()
  return Array.from({ length: count }, (_, row) => logits.slice(row * vocabSize, (row + 1) * vocabSize))
}

/** ln softmax in float64. */
export function logSoftmax(row: Float32Array): number[] {
  const values = Array.from(row)
  const peak = Math.max(...values)
  const logSum = peak + Math.log(values.reduce((sum, value) => sum + Math.exp(value - peak), 0))
  return values.map((value) => value - logSum)
}

export function indexOfMax(row: ArrayLike<number>): number {
  const values = Array.from(row)
  return values.indexOf(Math.max(...values))
}
