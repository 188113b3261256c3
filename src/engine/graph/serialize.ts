import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType,
  ModelProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  type AttributeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf'

import type { AttributeValue, ElementType, GraphModel, Initializer, TensorData, Value } from './types.ts'

/** Operator sets and file format that every graph declares; ONNX Runtime 1.30 implements all of them. */
const IR_VERSION = 10n
const ONNX_OPSET = 21n
const MICROSOFT_OPSET = 1n

const TYPE_CODES: Readonly<Record<ElementType, TensorProto_DataType>> = {
  float32: TensorProto_DataType.FLOAT,
  float16: TensorProto_DataType.FLOAT16,
  uint8: TensorProto_DataType.UINT8,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
}

/** Bytes of one element. */
export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  float32: 4,
  float16: 2,
  uint8: 1,
  int32: 4,
  int64: 8,
  bool: 1,
}

/**
 * A graph as the bytes of an ONNX model. External initializers are written as location, offset and length; the
 * data file must lie beside the model.
 *
 * @throws RangeError when an initializer's bytes do not match its shape
 */
export function serializeModel(graph: GraphModel): Uint8Array<ArrayBuffer> {
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: 'soroban',
    opsetImport: [
      { domain: '', version: ONNX_OPSET },
      { domain: 'com.microsoft', version: MICROSOFT_OPSET },
    ],
    graph: {
      name: 'soroban',
      node: graph.nodes.map((node, index) => ({
        name: `${node.op}_${index}`,
        opType: node.op,
        domain: node.domain,
        input: [...node.inputs],
        output: [...node.outputs],
        attribute: Object.entries(node.attributes).map(([name, value]) => attributeInit(name, value)),
      })),
      initializer: graph.initializers.map(initializerInit),
      input: graph.inputs.map(valueInit),
      output: graph.outputs.map(valueInit),
    },
  })
  return toBinary(ModelProtoSchema, model)
}

function attributeInit(name: string, value: AttributeValue): MessageInitShape<typeof AttributeProtoSchema> {
  if ('int' in value) return { name, type: AttributeProto_AttributeType.INT, i: BigInt(value.int) }
  if ('float' in value) return { name, type: AttributeProto_AttributeType.FLOAT, f: value.float }
  if ('ints' in value) return { name, type: AttributeProto_AttributeType.INTS, ints: value.ints.map(BigInt) }
  return { name, type: AttributeProto_AttributeType.STRING, s: new TextEncoder().encode(value.string) }
}

function initializerInit({
  name,
  type,
  shape,
  source,
}: Initializer): MessageInitShape<typeof TensorProtoSchema> {
  const expected = shape.reduce((product, extent) => product * extent, ELEMENT_BYTES[type])
  const actual = source.kind === 'inline' ? source.data.byteLength : source.length
  if (actual !== expected) {
    throw new RangeError(
      `initializer ${name} has ${actual} bytes, its shape [${shape.join(', ')}] needs ${expected}`,
    )
  }
  const common = { name, dataType: TYPE_CODES[type], dims: shape.map(BigInt) }
  if (source.kind === 'inline') return { ...common, rawData: rawBytes(source.data) }
  return {
    ...common,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: [
      { key: 'location', value: source.file },
      { key: 'offset', value: String(source.offset) },
      { key: 'length', value: String(source.length) },
    ],
  }
}

/** Little-endian bytes as ONNX wants them; every platform the runtime supports is little-endian. */
function rawBytes(data: TensorData): Uint8Array<ArrayBuffer> {
  const view = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return view.buffer instanceof ArrayBuffer ? (view as Uint8Array<ArrayBuffer>) : Uint8Array.from(view)
}

function valueInit({ name, type, shape }: Value): MessageInitShape<typeof ValueInfoProtoSchema> {
  return {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: TYPE_CODES[type],
          shape: {
            dim: shape.map((extent) => ({
              value:
                typeof extent === 'number'
                  ? ({ case: 'dimValue', value: BigInt(extent) } as const)
                  : ({ case: 'dimParam', value: extent } as const),
            })),
          },
        },
      },
    },
  }
}
