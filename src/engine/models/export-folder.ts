import { readFile, readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'

import type { Quantization } from '../../shared/settings.ts'
import { exchangeGraph, serializeModel, type DecoderConfig, type WeightLayout } from '../graph/index.ts'
import { fileError, readText, writeFileAtomically } from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { PRECISIONS } from './compile.ts'
import { formatEos, formatGenerationConfig } from './config.ts'
import { CONFIG_FILE, GENERATION_CONFIG_FILE, TOKENIZER_FILE, type HfModel } from './hf-folder.ts'
import { GENAI_CONFIG_FILE } from './genai-config.ts'
import { PROVENANCE_FILE } from './provenance.ts'
import { formatTokenizerConfig, TOKENIZER_CONFIG_FILE } from './tokenizer-config.ts'
import { listFolder, readJson } from './weights.ts'
import { writeWeightFile } from './weight-file.ts'
import { writeWholeFolder } from './whole-folder.ts'

const GRAPH_FOLDER = 'onnx'

/** transformers.js finds a graph by the name of its precision: the value of its option `dtype` and the file's suffix. */
const PRECISION_NAMES: Readonly<
  Record<Quantization, { readonly dtype: string; readonly graphFile: string }>
> = {
  none: { dtype: 'fp32', graphFile: 'model.onnx' },
  int8: { dtype: 'int8', graphFile: 'model_int8.onnx' },
  int4: { dtype: 'q4', graphFile: 'model_q4.onnx' },
}

/** Files that belong to a model whatever the format of its weights. */
const COMPANIONS: ReadonlySet<string> = new Set([
  TOKENIZER_FILE,
  TOKENIZER_CONFIG_FILE,
  GENERATION_CONFIG_FILE,
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'merges.txt',
  'tokenizer.model',
  'chat_template.jinja',
  'chat_template.json',
  PROVENANCE_FILE,
])
const LEGAL_OR_CARD = /^(licen[cs]e|notice|use_policy|readme)(\.(md|txt))?$/i

export interface ExportOptions {
  readonly quantization: Quantization
}

export interface ExportedFile {
  /** Path inside the folder, with forward slashes. */
  readonly name: string
  readonly bytes: number
}

/**
 * Writes a model as an ONNX folder that transformers.js, Optimum and onnxruntime-genai load: the graph with its
 * weights in `onnx/`, the configuration, tokenizer, model card and licence beside it. The folder appears whole or not
 * at all; one that exists must be empty.
 *
 * @throws AppError models/folder-not-empty, models/weights-not-finite, models/weights-truncated, file/*, cancelled
 */
export async function exportModel(
  model: HfModel,
  out: string,
  { quantization }: ExportOptions,
  ctx: RunContext,
): Promise<{ readonly files: readonly ExportedFile[] }> {
  const fill = async (folder: string): Promise<void> => {
    await writeConfigs(model, folder, quantization)
    await writeGraph(model, join(folder, GRAPH_FOLDER), quantization, ctx)
  }
  await writeWholeFolder(out, fill, ctx.signal)
  return { files: await listFiles(out) }
}

async function writeConfigs(
  { folder: source, config }: HfModel,
  folder: string,
  quantization: Quantization,
): Promise<void> {
  const writeJson = (name: string, value: unknown): Promise<void> =>
    writeFileAtomically(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
  const { dtype, graphFile } = PRECISION_NAMES[quantization]
  const companions = (await listFolder(source)).filter(
    (name) => COMPANIONS.has(name) || LEGAL_OR_CARD.test(name),
  )
  for (const name of companions)
    await writeFileAtomically(join(folder, name), await readBytes(join(source, name)))
  await writeJson(CONFIG_FILE, {
    // openHfFolder has parsed it: an object.
    ...((await readJson(join(source, CONFIG_FILE))) as Readonly<Record<string, unknown>>),
    'transformers.js_config': { dtype, use_external_data_format: { [graphFile]: 1 } },
  })
  await writeJson(GENAI_CONFIG_FILE, formatGenaiConfig(config, `${GRAPH_FOLDER}/${graphFile}`))
  if (!companions.includes(GENERATION_CONFIG_FILE))
    await writeJson(GENERATION_CONFIG_FILE, formatGenerationConfig(config))
  if (!companions.includes(TOKENIZER_CONFIG_FILE)) {
    await writeJson(
      TOKENIZER_CONFIG_FILE,
      formatTokenizerConfig(await readText(join(source, TOKENIZER_FILE)), config),
    )
  }
}

async function writeGraph(
  { config, weights, name: label }: HfModel,
  folder: string,
  quantization: Quantization,
  ctx: RunContext,
): Promise<void> {
  const { graphFile } = PRECISION_NAMES[quantization]
  const file = `${graphFile}_data`
  const precision = PRECISIONS[quantization]
  let layout: WeightLayout | undefined
  await writeFileAtomically(join(folder, file), async (sink) => {
    layout = await writeWeightFile(sink, { file, config, weights, precision, label }, ctx)
  })
  if (layout === undefined) throw new Error('the weight file was not written')
  await writeFileAtomically(join(folder, graphFile), serializeModel(exchangeGraph(config, layout)))
}

/** genai_config.json as onnxruntime-genai's model builder writes it; ids that the model does not have are left out. */
function formatGenaiConfig(config: DecoderConfig, filename: string): Readonly<Record<string, unknown>> {
  const { family, vocabSize, maxPositions, bosTokenId, eosTokenIds } = config
  const [firstEos] = eosTokenIds
  return {
    model: {
      type: family,
      vocab_size: vocabSize,
      context_length: maxPositions,
      ...(bosTokenId === null ? {} : { bos_token_id: bosTokenId }),
      ...(firstEos === undefined ? {} : { eos_token_id: formatEos(eosTokenIds), pad_token_id: firstEos }),
      decoder: {
        session_options: { log_id: 'onnxruntime-genai', provider_options: [] },
        filename,
        head_size: config.headDim,
        hidden_size: config.hiddenSize,
        num_attention_heads: config.queryHeads,
        num_hidden_layers: config.layers,
        num_key_value_heads: config.kvHeads,
        inputs: {
          input_ids: 'input_ids',
          attention_mask: 'attention_mask',
          past_key_names: 'past_key_values.%d.key',
          past_value_names: 'past_key_values.%d.value',
        },
        outputs: {
          logits: 'logits',
          present_key_names: 'present.%d.key',
          present_value_names: 'present.%d.value',
        },
      },
    },
    search: { do_sample: false, max_length: maxPositions, past_present_share_buffer: true },
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw fileError(error, path, 'read')
  }
}

async function listFiles(folder: string): Promise<readonly ExportedFile[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const files = paths.map(async (path) => ({
      name: relative(folder, path).replaceAll('\\', '/'),
      bytes: (await stat(path)).size,
    }))
    return (await Promise.all(files)).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    throw fileError(error, folder, 'read')
  }
}
