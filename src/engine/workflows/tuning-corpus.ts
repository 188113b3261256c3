import { type CorpusSettings, type CorpusSplit } from '../../shared/documents.ts'
import type { AppError } from '../../shared/errors.ts'
import type { CorpusDocument } from '../corpus/index.ts'
import { readDocuments } from '../documents/index.ts'
import { sha256 } from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { corpusOf, readingChoices, unknownExclusions } from './documents/corpus-of.ts'
import { textCache } from './home.ts'

/** A folder of documents to be split for tuning. */
export interface TuningDocuments {
  readonly folder: string
  readonly corpus: CorpusSettings
  readonly seed: number
  /** Soroban's own folder. */
  readonly home: string
}

/** A document with its text. */
export type TuningDocument = CorpusDocument & { readonly text: string }

/** A folder of documents split for tuning; what is measured on is never trained on. */
export interface TuningCorpus {
  readonly tuning: readonly TuningDocument[]
  /** The tuning side's own part for choices and early stopping. */
  readonly validation: readonly TuningDocument[]
  readonly heldOut: readonly TuningDocument[]
  /** SHA-256 of each text that is not held out: what a model made from this corpus has seen. */
  readonly seenTexts: readonly string[]
  /** SHA-256 over the tuning texts in order. */
  readonly tuningSha256: string
  /** Files that were not read, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly error: AppError }[]
  /** Names that were to be left out and are no documents of the folder. */
  readonly unknownExclusions: readonly string[]
}

/** @throws AppError documents/*, corpus/*, file/*, cancelled */
export async function readTuningCorpus(
  { folder, corpus: settings, seed, home }: TuningDocuments,
  ctx: RunContext,
): Promise<TuningCorpus> {
  const choices = readingChoices(settings, textCache(home))
  const found = await readDocuments(folder, choices, ctx)
  const corpus = await corpusOf(found, { ...settings, purpose: 'tune' }, seed)
  const part = async (split: CorpusSplit): Promise<TuningDocument[]> => {
    const own: TuningDocument[] = []
    // One after another: all at once would be more open files than a process may have.
    for (const document of corpus.documents) {
      if (document.split !== split) continue
      ctx.signal.throwIfAborted()
      own.push({ ...document, text: await found.textOf(document) })
    }
    return own
  }
  const tuning = await part('tuning')
  const validation = await part('validation')
  return {
    tuning,
    validation,
    seenTexts: [...tuning, ...validation].map(({ textSha256 }) => textSha256),
    heldOut: await part('held-out'),
    tuningSha256: sha256(tuning.map(({ textSha256 }) => textSha256).join('\n')),
    skipped: found.skipped,
    unknownExclusions: unknownExclusions(settings, found),
  }
}
