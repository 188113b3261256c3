import type { AppError } from '../../shared/errors.ts'
import { prepareCorpus, TUNE_AND_EVALUATE, type CorpusDocument, type CorpusSplit } from '../corpus/index.ts'
import { readDocuments } from '../documents/index.ts'
import { sha256 } from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'

/** A folder of documents split for tuning; what is measured on is never trained on. */
export interface TuningCorpus {
  readonly tuning: readonly CorpusDocument[]
  /** The tuning side's own part for choices and early stopping. */
  readonly validation: readonly CorpusDocument[]
  readonly heldOut: readonly CorpusDocument[]
  /** SHA-256 of each text that is not held out: what a model made from this corpus has seen. */
  readonly seenTexts: readonly string[]
  /** SHA-256 over the tuning texts in order. */
  readonly tuningSha256: string
  /** Files that were not read, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly error: AppError }[]
}

/** @throws AppError documents/*, corpus/*, file/*, cancelled */
export async function readTuningCorpus(folder: string, seed: number, ctx: RunContext): Promise<TuningCorpus> {
  const { documents, skipped } = await readDocuments(folder, ctx)
  const corpus = prepareCorpus(documents, { seed, shares: TUNE_AND_EVALUATE })
  const part = (split: CorpusSplit): CorpusDocument[] =>
    corpus.documents.filter((document) => document.split === split)
  const tuning = part('tuning')
  const validation = part('validation')
  return {
    tuning,
    validation,
    seenTexts: [...tuning, ...validation].map(({ textSha256 }) => textSha256),
    heldOut: part('held-out'),
    tuningSha256: sha256(tuning.map(({ textSha256 }) => textSha256).join('\n')),
    skipped,
  }
}
