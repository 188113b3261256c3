/** Values that share one scale; ONNX Runtime's fast kernels exist for 32. */
export const BLOCK_SIZE = 32

export type BlockBits = 4 | 8

/** A matrix in the layout of com.microsoft MatMulNBits, symmetric: w ≈ scale · (q − 2^(bits−1)). */
export interface BlockQuantized {
  /** [rows, blocks, BLOCK_SIZE · bits / 8]; two 4-bit values a byte, the first in the low half. */
  readonly quantized: Uint8Array
  /** [rows, blocks] */
  readonly scales: Float32Array
}

/** Bytes of the two parts of a quantised [rows, columns] matrix. */
export function blockShapes(
  rows: number,
  columns: number,
  bits: BlockBits,
): { readonly quantized: readonly [number, number, number]; readonly scales: readonly [number] } {
  const blocks = Math.ceil(columns / BLOCK_SIZE)
  return { quantized: [rows, blocks, (BLOCK_SIZE * bits) / 8], scales: [rows * blocks] }
}

/**
 * Quantises a matrix by blocks along its columns. The scale maps the value of largest magnitude onto the end of
 * the range that has one step more (−8 or −128); columns beyond the last full block are filled with zeros.
 *
 * @param weight [rows, columns], the layout of Hugging Face linear weights [out, in]
 */
export function quantizeBlocks(
  weight: Float32Array,
  rows: number,
  columns: number,
  bits: BlockBits,
): BlockQuantized {
  const shapes = blockShapes(rows, columns, bits)
  const [, blocks, blockBytes] = shapes.quantized
  const zero = 2 ** (bits - 1)
  const quantized = new Uint8Array(rows * blocks * blockBytes)
  const scales = new Float32Array(shapes.scales[0])
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocks; block++) {
      const first = row * columns + block * BLOCK_SIZE
      const values = weight.subarray(first, Math.min(first + BLOCK_SIZE, (row + 1) * columns))
      const index = row * blocks + block
      const peak = extreme(values)
      const scale = peak === 0 ? 0 : Math.fround(peak / -zero)
      scales[index] = scale
      const base = index * blockBytes
      for (let i = 0; i < BLOCK_SIZE; i++) {
        const steps = scale === 0 ? 0 : Math.round((values[i] ?? 0) / scale)
        const level = Math.min(Math.max(steps + zero, 0), 2 * zero - 1)
        if (bits === 8) quantized[base + i] = level
        else quantized[base + (i >> 1)]! |= level << ((i & 1) * 4)
      }
    }
  }
  return { quantized, scales }
}

/** The value of largest magnitude, with its sign. */
function extreme(values: Float32Array): number {
  let largest = 0
  for (const value of values) if (Math.abs(value) > Math.abs(largest)) largest = value
  return largest
}
