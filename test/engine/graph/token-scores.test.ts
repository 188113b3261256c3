import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'

import {
  gatherTargets,
  GraphBuilder,
  logSoftmax,
  rowArgmax,
  serializeModel,
} from '../../../src/engine/graph/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { int64Tensor } from '../../fixtures/run-decoder.ts'

const ROWS = 5
const VOCABULARY = 32_000

/** Log-probabilities of the targets and the most likely tokens, from logits [1, ROWS, VOCABULARY]. */
async function score(logits: Tensor, targets: Int32Array) {
  const graph = new GraphBuilder()
  const input = graph.input('logits', 'float32', [1, 'n', VOCABULARY])
  const wanted = graph.input('targets', 'int64', [1, 'n', 1])
  graph.output(gatherTargets(graph, logSoftmax(graph, input), wanted), 'log_probs')
  graph.output(rowArgmax(graph, input), 'top1')
  const session = await InferenceSession.create(serializeModel(graph.build()), { intraOpNumThreads: 1 })
  const outputs = await session.run({ logits, targets: int64Tensor(targets, [1, targets.length, 1]) })
  await session.release()
  return {
    dims: outputs['log_probs']?.dims,
    logProbs: outputs['log_probs']?.data as Float32Array,
    top1: Array.from(outputs['top1']?.data as BigInt64Array, Number),
  }
}

const peakOf = (row: Float32Array): number => row.reduce((a, b) => Math.max(a, b))

/** ln softmax(row)[target] in float64. */
function expectedLogProb(row: Float32Array, target: number): number {
  const peak = peakOf(row)
  const sum = row.reduce((total, value) => total + Math.exp(value - peak), 0)
  return row[target]! - peak - Math.log(sum)
}

function randomLogits(scale: number, offset: number): Float32Array {
  const random = new SeededRandom(1)
  return Float32Array.from({ length: ROWS * VOCABULARY }, () => offset + scale * random.normal())
}

const targets = Int32Array.of(0, 31_999, 7, 12_345, 1)

describe('scores of tokens', () => {
  // Offsets at which exp would overflow or vanish without the shift; scales from near-uniform to one certain token.
  it.each([
    [0.01, 0],
    [4, 0],
    [4, 500],
    [4, -500],
    [60, 0],
  ])('equal float64 arithmetic (logits of scale %d around %d)', async (scale, offset) => {
    const values = randomLogits(scale, offset)
    const actual = await score(new Tensor('float32', values, [1, ROWS, VOCABULARY]), targets)
    const rows = Array.from({ length: ROWS }, (_, row) =>
      values.subarray(row * VOCABULARY, (row + 1) * VOCABULARY),
    )
    expect(actual.dims).toEqual([1, ROWS])
    for (const [index, row] of rows.entries()) {
      const expected = expectedLogProb(row, targets[index]!)
      // A few units in the last place of float32, for the difference and for the sum of 32,000 terms.
      const tolerance = 5e-7 * Math.max(10, Math.abs(expected))
      expect(Math.abs(actual.logProbs[index]! - expected)).toBeLessThan(tolerance)
    }
    expect(actual.top1).toEqual(rows.map((row) => row.indexOf(peakOf(row))))
  })
})
