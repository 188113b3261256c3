/** The part of an architecture that its KV cache depends on. */
export interface KvShape {
  /** L */
  readonly layers: number
  /** n_kv */
  readonly kvHeads: number
  /** d_h */
  readonly headDim: number
}

/** Bytes of keys and values for one token of one sequence: 2·L·n_kv·d_h·q (method §1). */
export function kvBytesPerToken({ layers, kvHeads, headDim }: KvShape, bytesPerElement: number): number {
  return 2 * layers * kvHeads * headDim * bytesPerElement
}

/** Bytes of the KV cache of one sequence of `tokens`: 2·L·n_kv·d_h·q·T (method §1). */
export function kvCacheBytes(shape: KvShape, bytesPerElement: number, tokens: number): number {
  return kvBytesPerToken(shape, bytesPerElement) * tokens
}

/** Bytes of the weights, p·N (method §1), for weights of one element type. */
export function weightBytes(parameters: number, bytesPerParameter: number): number {
  return parameters * bytesPerParameter
}
