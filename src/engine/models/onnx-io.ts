import { AppError } from '../../shared/errors.ts'
import type { DecoderIo, ParsedModel, ParsedValue, PositionInputs } from '../graph/index.ts'
import { badField, unsupported } from './config-fields.ts'
import type { Genai } from './genai-config.ts'

/** Inputs of graphs that take lengths rather than a mask, as Soroban's own do. */
const LENGTH_INPUTS = { lastIndex: 'seqlens_k', total: 'total_sequence_length' } as const

/**
 * The names by which a graph is fed and read, as its configuration states them, each checked against the graph.
 *
 * @param file path of the graph, @param config path of the configuration, both for messages
 * @throws AppError models/onnx-value-missing, models/unsupported
 */
export function decoderIo({ decoder }: Genai, graph: ParsedModel, file: string, config: string): DecoderIo {
  const { inputs, outputs } = decoder
  const weights = new Set(graph.initializers.map(({ name }) => name))
  const byName = new Map(
    [...graph.inputs.filter(({ name }) => !weights.has(name)), ...graph.outputs].map((value) => [
      value.name,
      value,
    ]),
  )
  const required = (name: string): ParsedValue => {
    const value = byName.get(name)
    if (value === undefined) throw new AppError('models/onnx-value-missing', { file, config, name })
    return value
  }
  const layerNames = (...templates: string[]): readonly string[] =>
    Array.from({ length: decoder.num_hidden_layers }, (_, layer) =>
      templates.map((template) => template.replace('%d', String(layer))),
    ).flat()
  const past = layerNames(inputs.past_key_names, inputs.past_value_names)
  const present = layerNames(outputs.present_key_names, outputs.present_value_names)
  const logits = required(outputs.logits)
  const positions = positionInputs(inputs, (name) => byName.has(name))
  const fed = [inputs.input_ids, ...positionNames(positions), ...past]
  const [kvType = 'float32'] = [...past, ...present].map((name) => floatType(required(name), file))
  for (const name of fed) required(name)
  const unknown = graph.inputs.find(({ name }) => !weights.has(name) && !fed.includes(name))
  if (unknown !== undefined) throw unsupported(file, 'graph.input', unknown.name, fed.slice(0, 3).join(', '))
  return {
    inputIds: inputs.input_ids,
    positions,
    outputs: {
      kind: 'logits',
      logits: outputs.logits,
      rows: logits.shape?.[1] === 1 ? 'last' : 'all',
      type: floatType(logits, file),
    },
    kv: {
      pastKey: inputs.past_key_names,
      pastValue: inputs.past_value_names,
      presentKey: outputs.present_key_names,
      presentValue: outputs.present_value_names,
      type: kvType,
      // Only this operator writes into a buffer longer than what it holds.
      layout: graph.nodes.some(({ op }) => op === 'GroupQueryAttention') ? 'in-place' : 'appended',
    },
  }
}

function positionInputs(inputs: Genai['decoder']['inputs'], has: (name: string) => boolean): PositionInputs {
  if (has(LENGTH_INPUTS.lastIndex) && has(LENGTH_INPUTS.total)) return { kind: 'lengths', ...LENGTH_INPUTS }
  const positionIds = has(inputs.position_ids) ? inputs.position_ids : null
  return { kind: 'mask', attentionMask: inputs.attention_mask, positionIds }
}

function positionNames(positions: PositionInputs): readonly string[] {
  if (positions.kind === 'lengths') return [positions.lastIndex, positions.total]
  return positions.positionIds === null
    ? [positions.attentionMask]
    : [positions.attentionMask, positions.positionIds]
}

function floatType({ name, type }: ParsedValue, file: string): 'float32' | 'float16' {
  if (type === 'float32' || type === 'float16') return type
  throw unsupported(file, name, type, 'float32, float16')
}

/** Compares the head counts of the configuration with the graph's cache. @throws AppError models/config-field */
export function checkCacheShape({ decoder }: Genai, graph: ParsedModel, io: DecoderIo, file: string): void {
  const cache = graph.inputs.find(({ name }) => name === io.kv.pastKey.replace('%d', '0'))
  const check = (axis: number, field: string, stated: number): void => {
    const extent = cache?.shape?.[axis]
    if (typeof extent === 'number' && extent !== stated) throw badField(file, field, stated, String(extent))
  }
  check(1, 'model.decoder.num_key_value_heads', decoder.num_key_value_heads)
  check(3, 'model.decoder.head_size', decoder.head_size)
}
