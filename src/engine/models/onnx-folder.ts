import { readFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize, posix, resolve } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { ELEMENT_BYTES, parseModel, type DecoderIo, type ParsedModel } from '../graph/index.ts'
import { fileError } from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { badField } from './config-fields.ts'
import { GENAI_CONFIG_FILE, onnxConfig, parseGenai, type OnnxDecoderConfig } from './genai-config.ts'
import { combinedSha256, hashFiles, TOKENIZER_FILE, type ModelFile } from './hf-folder.ts'
import { checkCacheShape, decoderIo } from './onnx-io.ts'
import { storedParameters } from './onnx-parameters.ts'
import { listFolder, readJson } from './weights.ts'

/** A folder in onnxruntime-genai's layout: it runs as it is, by its graph's own names. */
export interface OnnxModel {
  readonly folder: string
  readonly name: string
  readonly config: OnnxDecoderConfig
  readonly graphPath: string
  readonly io: DecoderIo
  readonly kvElementBytes: number
  /** Bytes of all initializers. */
  readonly weightsBytes: number
  /** Scalars in the weights, counted through their quantisation. */
  readonly parameters: number
  /** Element types of the weights, each once; "int4" and "int8" stand for quantised blocks. */
  readonly storedTypes: readonly string[]
  readonly files: readonly ModelFile[]
  readonly sha256: string
}

/**
 * Opens a folder with genai_config.json, tokenizer.json and an ONNX decoder with its data files; checks that the
 * graph has the inputs and outputs that the configuration names, with its head counts.
 *
 * @throws AppError models/file-missing, -config-field, -unsupported, -onnx-invalid, -onnx-value-missing
 */
export async function openOnnxFolder(path: string, ctx: RunContext): Promise<OnnxModel> {
  const folder = resolve(path)
  const present = new Set(await listFolder(folder))
  for (const file of [GENAI_CONFIG_FILE, TOKENIZER_FILE]) {
    if (!present.has(file)) throw new AppError('models/file-missing', { folder, file })
  }
  const configPath = join(folder, GENAI_CONFIG_FILE)
  const genai = parseGenai(await readJson(configPath), configPath)
  const { filename } = genai.decoder
  if (!staysInside(filename))
    throw badField(configPath, 'model.decoder.filename', filename, 'model.onnx | onnx/model.onnx')
  const graphPath = join(folder, filename)
  const graphFolder = dirname(filename)
  if (!(await listFolder(join(folder, graphFolder))).includes(basename(filename))) {
    throw new AppError('models/file-missing', { folder, file: filename })
  }
  const graph = await readGraph(graphPath)
  const io = decoderIo(genai, graph, graphPath, configPath)
  checkCacheShape(genai, graph, io, configPath)
  const dataFiles = externalFiles(graph, graphPath).map((name) => posix.join(graphFolder, name))
  const files = await hashFiles(folder, [GENAI_CONFIG_FILE, TOKENIZER_FILE, filename, ...dataFiles], ctx)
  return {
    folder,
    name: basename(folder),
    config: onnxConfig(genai),
    graphPath,
    io,
    kvElementBytes: ELEMENT_BYTES[io.kv.type],
    weightsBytes: graph.initializers.reduce((sum, { bytes }) => sum + bytes, 0),
    ...storedParameters(graph),
    files,
    sha256: combinedSha256(files),
  }
}

async function readGraph(path: string): Promise<ParsedModel> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    throw fileError(error, path, 'read')
  }
  try {
    return parseModel(bytes)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('models/onnx-invalid', { file: path, reason }, { cause: error })
  }
}

/** Data files relative to the graph's folder; a place outside it is refused. */
function externalFiles(graph: ParsedModel, file: string): readonly string[] {
  const names = new Set(graph.initializers.flatMap(({ externalFile }) => externalFile ?? []))
  for (const name of names) {
    if (!staysInside(name)) {
      throw new AppError('models/onnx-invalid', { file, reason: `${name} ∉ ${dirname(file)}` })
    }
  }
  return [...names].sort()
}

function staysInside(path: string): boolean {
  return !isAbsolute(path) && !normalize(path).startsWith('..')
}
