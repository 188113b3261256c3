import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { fileError, readText } from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { openHfFolder, readSeenTexts, type HfModel } from '../models/index.ts'
import { assertTokenizerFits, loadTokenizer, type Tokenizer } from '../tokens/index.ts'
import { ParameterStore } from '../tuning/index.ts'

/** A Hugging Face model folder read whole, to be converted or trained. */
export interface ModelInMemory {
  readonly model: HfModel
  readonly store: ParameterStore
  readonly tokenizer: Tokenizer
  readonly tokenizerJson: string
  /** In which the weights are stored, and are written again. */
  readonly dtype: HfModel['storedDtypes'][number]
  /** SHA-256 of the texts that its making has seen, as far as its folder says. */
  readonly seenTexts: readonly string[]
}

/** @throws AppError models/*, tokens/*, file/*, cancelled */
export async function readModel(folder: string, ctx: RunContext): Promise<ModelInMemory> {
  const model = await openHfFolder(folder, ctx)
  const tokenizer = await loadTokenizer(model.folder, ctx)
  assertTokenizerFits(tokenizer, model.config.vocabSize)
  const seenTexts = await readSeenTexts(model.folder)
  const store = new ParameterStore(model.config)
  for (const name of store.shapes.keys()) {
    ctx.signal.throwIfAborted()
    store.view(name).set(await model.weights.read(name))
  }
  return {
    model,
    store,
    tokenizer,
    tokenizerJson: await readText(join(model.folder, 'tokenizer.json')),
    dtype: model.storedDtypes[0] ?? 'F32',
    seenTexts,
  }
}

/** The end-of-text token that joins documents in training; 0 where the tokenizer names none. */
export function documentBoundary({ endId, startId }: Tokenizer): number {
  return endId ?? startId ?? 0
}

/** Fails before any work is spent when the folder to write holds files. @throws AppError models/folder-not-empty */
export async function assertFolderFree(path: string): Promise<void> {
  const folder = resolve(path)
  try {
    if ((await readdir(folder)).length > 0) throw new AppError('models/folder-not-empty', { folder })
  } catch (error) {
    const failure = fileError(error, folder, 'read')
    if (failure.code !== 'file/not-found') throw failure
  }
}
