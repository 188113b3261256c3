import { AppError } from '../../shared/errors.ts'
import type { ArmResult } from '../../shared/results.ts'
import type { Quantization } from '../../shared/settings.ts'
import type { RunContext } from '../kernel/run-context.ts'
import {
  compileDecoder,
  describeModel,
  type OpenedModel,
  openModelFolder,
  readSeenTexts,
} from '../models/index.ts'
import type { DecoderGraphs } from '../runtime/index.ts'
import { assertTokenizerFits, loadTokenizer, type Tokenizer } from '../tokens/index.ts'

/** A model folder that has been checked, with its tokenizer; nothing is compiled yet. */
export interface CheckedModel {
  readonly folder: string
  readonly facts: ArmResult['model']
  readonly maxPositions: number
  /** Rows of the embedding table, padding included. */
  readonly vocabSize: number
  readonly eosTokenIds: readonly number[]
  readonly tokenizer: Tokenizer
  /** SHA-256 of the normalised texts that its making has seen. */
  readonly seenTexts: readonly string[]
  readonly opened: OpenedModel
}

/** A model made ready to run. */
export interface ArmModel extends CheckedModel {
  /** Its graphs on disk. */
  readonly graphs: DecoderGraphs
  /** Bytes of the weights as the runtime reads them. */
  readonly weightsBytes: number
}

export interface ArmModelOptions {
  readonly quantization: Quantization
  /** Where build products are kept; safe to delete. */
  readonly cacheFolder: string
}

/**
 * Opens a model folder of either layout and checks its tokenizer against it.
 *
 * @throws AppError models/*, tokens/*, poc/quantize-onnx, file/*, cancelled
 */
export async function checkModel(
  folder: string,
  quantization: Quantization,
  ctx: RunContext,
): Promise<CheckedModel> {
  const opened = await openModelFolder(folder, ctx)
  if (opened.kind === 'onnx') checkOnnx(opened.model, quantization)
  const tokenizer = await loadTokenizer(folder, ctx)
  const description = describeModel(opened)
  assertTokenizerFits(tokenizer, description.vocabSize)
  const { name, sha256, parameters, layers, hiddenSize, queryHeads, kvHeads, headDim, kvBytesPerToken } =
    description
  return {
    folder: description.folder,
    facts: { name, sha256, parameters, layers, hiddenSize, queryHeads, kvHeads, headDim, kvBytesPerToken },
    maxPositions: description.maxPositions,
    vocabSize: description.vocabSize,
    eosTokenIds: opened.model.config.eosTokenIds,
    tokenizer,
    seenTexts: await readSeenTexts(description.folder),
    opened,
  }
}

/** Compiles a checked model's graphs where it has none. @throws AppError models/*, file/*, cancelled */
export async function compileModel(
  checked: CheckedModel,
  options: ArmModelOptions,
  ctx: RunContext,
): Promise<ArmModel> {
  const graphs = await graphsOf(checked.opened, options, ctx)
  const weightsBytes = Math.max(...Object.values(graphs).map((graph) => graph.weightsBytes))
  return { ...checked, graphs, weightsBytes }
}

/** Both in one. @throws AppError as `checkModel` and `compileModel` */
export async function openArmModel(
  folder: string,
  options: ArmModelOptions,
  ctx: RunContext,
): Promise<ArmModel> {
  return compileModel(await checkModel(folder, options.quantization, ctx), options, ctx)
}

/** @throws AppError poc/quantize-onnx */
function checkOnnx({ folder }: { readonly folder: string }, quantization: Quantization): void {
  if (quantization !== 'none') throw new AppError('poc/quantize-onnx', { folder, quantization })
}

async function graphsOf(
  opened: OpenedModel,
  { quantization, cacheFolder }: ArmModelOptions,
  ctx: RunContext,
): Promise<DecoderGraphs> {
  if (opened.kind === 'hf') {
    const compile = (variant: 'generate' | 'score' | 'logits') =>
      compileDecoder(opened.model, { quantization, variant, cacheFolder, ctx })
    // One after the other: the first builds the entry that all share.
    const generate = await compile('generate')
    return { generate, score: await compile('score'), logits: await compile('logits') }
  }
  const { model } = opened
  const { graphPath, weightsBytes, config, kvElementBytes, io } = model
  const source = { graphPath, weightsBytes, config, kvElementBytes, io }
  return io.outputs.kind === 'logits' && io.outputs.rows === 'all' ? { logits: source } : { generate: source }
}
