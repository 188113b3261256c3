/** Element types that Soroban's graphs use, under their ONNX names in lower case. */
export type ElementType = 'float32' | 'float16' | 'uint8' | 'int32' | 'int64' | 'bool'

/** A static extent, or the name of a dynamic one such as "seq". */
export type Dim = number | string

export type TensorData = Float32Array | Uint16Array | Uint8Array | Int32Array | BigInt64Array

/** One value of the graph under construction. */
export interface Value {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly Dim[]
}

export type AttributeValue =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: readonly number[] }

/** Where an initializer's bytes are: inside the model, or a range of a data file beside it. */
export type InitializerSource =
  | { readonly kind: 'inline'; readonly data: TensorData }
  | { readonly kind: 'external'; readonly file: string; readonly offset: number; readonly length: number }

export interface Initializer {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly number[]
  readonly source: InitializerSource
}

export interface Node {
  readonly op: string
  readonly domain: '' | 'com.microsoft'
  /** Value names; '' leaves an optional input out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

/** A finished graph, ready to be serialised. */
export interface GraphModel {
  readonly nodes: readonly Node[]
  readonly initializers: readonly Initializer[]
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
}
