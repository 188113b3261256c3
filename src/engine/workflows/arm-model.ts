import { AppError } from '../../shared/errors.ts'
import type { ArmResult } from '../../shared/results.ts'
import type { Quantization } from '../../shared/settings.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { compileDecoder, describeModel, openModelFolder, type OpenedModel } from '../models/index.ts'
import type { DecoderGraphs } from '../runtime/index.ts'
import { assertTokenizerFits, loadTokenizer, type Tokenizer } from '../tokens/index.ts'

/** A model folder made ready to run: its facts, its graphs on disk and its tokenizer. */
export interface ArmModel {
  readonly folder: string
  readonly facts: ArmResult['model']
  readonly maxPositions: number
  readonly eosTokenIds: readonly number[]
  readonly tokenizer: Tokenizer
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
 * Opens a model folder of either layout, checks its tokenizer against it and compiles its graphs where it has none.
 *
 * @throws AppError models/*, tokens/*, file/*, cancelled
 */
export async function openArmModel(
  folder: string,
  options: ArmModelOptions,
  ctx: RunContext,
): Promise<ArmModel> {
  const opened = await openModelFolder(folder, ctx)
  const tokenizer = await loadTokenizer(folder, ctx)
  const description = describeModel(opened)
  assertTokenizerFits(tokenizer, description.vocabSize)
  const graphs = await graphsOf(opened, options, ctx)
  const { name, sha256, parameters, layers, hiddenSize, queryHeads, kvHeads, headDim, kvBytesPerToken } =
    description
  return {
    folder: description.folder,
    facts: { name, sha256, parameters, layers, hiddenSize, queryHeads, kvHeads, headDim, kvBytesPerToken },
    maxPositions: description.maxPositions,
    eosTokenIds: opened.model.config.eosTokenIds,
    tokenizer,
    graphs,
    weightsBytes: Math.max(...Object.values(graphs).map((graph) => graph.weightsBytes)),
  }
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
  if (quantization !== 'none') throw new AppError('poc/quantize-onnx', { folder: model.folder, quantization })
  const { graphPath, weightsBytes, config, kvElementBytes, io } = model
  const source = { graphPath, weightsBytes, config, kvElementBytes, io }
  return io.outputs.kind === 'logits' && io.outputs.rows === 'all' ? { logits: source } : { generate: source }
}
