import { fromBinary } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType,
  ModelProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  type GraphProto,
} from 'onnx-buf'

import type { AttributeValue, Dim } from './types.ts'

/** A typed name in a model that Soroban did not write; `type` is ONNX's own name in lower case, with float as float32. */
export interface ParsedValue {
  readonly name: string
  readonly type: string
  /** `null` where the model gives no shape. */
  readonly shape: readonly Dim[] | null
}

interface ParsedInitializer {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
  /** Data file beside the model; `null` when the bytes are inside. */
  readonly externalFile: string | null
  /** Size of the stored values; 0 where the model does not tell (values in typed fields, external without length). */
  readonly bytes: number
}

interface ParsedNode {
  readonly op: string
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Attributes of the plain kinds; tensors and subgraphs are left out. */
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

/** What an ONNX file declares, without its weights' bytes. */
export interface ParsedModel {
  readonly producer: string
  /** Operator set version by domain; '' is ONNX itself. */
  readonly opsets: ReadonlyMap<string, number>
  readonly inputs: readonly ParsedValue[]
  readonly outputs: readonly ParsedValue[]
  readonly initializers: readonly ParsedInitializer[]
  readonly nodes: readonly ParsedNode[]
}

/** Reads any ONNX model for inspection. @throws Error when the bytes are not an ONNX model */
export function parseModel(bytes: Uint8Array): ParsedModel {
  const model = fromBinary(ModelProtoSchema, bytes)
  if (model.graph === undefined) throw new Error('the file holds no ONNX graph')
  return {
    producer: model.producerName,
    opsets: new Map(model.opsetImport.map(({ domain, version }) => [domain, Number(version)])),
    inputs: model.graph.input.map(parsedValue),
    outputs: model.graph.output.map(parsedValue),
    initializers: model.graph.initializer.map(parsedInitializer),
    nodes: model.graph.node.map((node) => ({
      op: node.opType,
      domain: node.domain,
      inputs: node.input,
      outputs: node.output,
      attributes: Object.fromEntries(
        node.attribute.flatMap((attribute) => {
          const value = parsedAttribute(attribute)
          return value === null ? [] : [[attribute.name, value] as const]
        }),
      ),
    })),
  }
}

function parsedValue({ name, type }: GraphProto['input'][number]): ParsedValue {
  if (type?.value.case !== 'tensorType') return { name, type: type?.value.case ?? 'undefined', shape: null }
  const { elemType, shape } = type.value.value
  return {
    name,
    type: typeName(elemType),
    shape:
      shape?.dim.map(({ value }) =>
        value.case === 'dimValue' ? Number(value.value) : (value.value ?? ''),
      ) ?? null,
  }
}

function parsedInitializer(tensor: GraphProto['initializer'][number]): ParsedInitializer {
  const common = { name: tensor.name, type: typeName(tensor.dataType), shape: tensor.dims.map(Number) }
  if (tensor.dataLocation !== TensorProto_DataLocation.EXTERNAL) {
    return { ...common, externalFile: null, bytes: tensor.rawData.length }
  }
  const external = new Map(tensor.externalData.map(({ key, value }) => [key, value]))
  return {
    ...common,
    externalFile: external.get('location') ?? null,
    bytes: Number(external.get('length') ?? 0),
  }
}

function parsedAttribute(attribute: GraphProto['node'][number]['attribute'][number]): AttributeValue | null {
  switch (attribute.type) {
    case AttributeProto_AttributeType.INT:
      return { int: Number(attribute.i) }
    case AttributeProto_AttributeType.FLOAT:
      return { float: attribute.f }
    case AttributeProto_AttributeType.STRING:
      return { string: new TextDecoder().decode(attribute.s) }
    case AttributeProto_AttributeType.INTS:
      return { ints: attribute.ints.map(Number) }
    default:
      return null
  }
}

function typeName(code: number): string {
  if (code === TensorProto_DataType.FLOAT) return 'float32'
  return TensorProto_DataType[code]?.toLowerCase() ?? `type ${code}`
}
