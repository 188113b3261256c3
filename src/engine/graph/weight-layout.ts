import type { BlockBits } from './block-quantization.ts'

/** Where some bytes lie in the data file, both in bytes. */
export interface ByteRange {
  readonly offset: number
  readonly length: number
}

/** One form in which a parameter is stored, chosen for the kernel that reads it. */
export type StoredForm =
  /** As in the checkpoint: a vector, or a table [rows, columns]. */
  | { readonly kind: 'plain'; readonly range: ByteRange }
  /** A linear weight turned to [in, out], as MatMul wants it. */
  | { readonly kind: 'transposed'; readonly range: ByteRange }
  /** A linear weight in the blocks of MatMulNBits. */
  | {
      readonly kind: 'blocks'
      readonly bits: BlockBits
      readonly quantized: ByteRange
      readonly scales: ByteRange
    }

/** The data file of a compiled decoder: every parameter in the forms that its graphs use, and the RoPE tables. */
export interface WeightLayout {
  /** Name of the data file, which lies beside the graphs. */
  readonly file: string
  readonly forms: ReadonlyMap<string, readonly StoredForm[]>
  /** Each [maxPositions, d_h/2]. */
  readonly rope: { readonly cos: ByteRange; readonly sin: ByteRange }
}

/** How the linear weights are kept: float32, or blocks of this many bits. */
export type LinearPrecision = 'float32' | BlockBits

/**
 * The forms that a decoder's graphs read of one parameter. The embedding table stays float32 for Gather and, when
 * tied and not quantised, serves the output head in the same form.
 */
export function formsOf(
  name: string,
  shape: readonly number[],
  precision: LinearPrecision,
  tied: boolean,
): readonly StoredForm['kind'][] {
  if (shape.length === 1) return ['plain']
  const linear = precision === 'float32' ? 'transposed' : 'blocks'
  if (name !== 'model.embed_tokens.weight') return [linear]
  return tied && precision !== 'float32' ? ['plain', linear] : ['plain']
}
