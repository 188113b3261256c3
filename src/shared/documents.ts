/** What documents are and how healthy they are, in the words of engine and window alike. */
import { z } from 'zod'

export const LANGUAGES = ['ja', 'en', 'other'] as const
export type Language = (typeof LANGUAGES)[number]

export const TEXT_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'windows-1252',
] as const
export type TextEncoding = (typeof TEXT_ENCODINGS)[number]

/** What a document is by its content. */
export const DOCUMENT_FORMATS = [
  'text',
  'markdown',
  'csv',
  'tsv',
  'html',
  'pdf',
  'docx',
  'pptx',
  'xlsx',
  'odt',
  'ods',
  'odp',
  'doc',
  'xls',
  'rtf',
  'eml',
  'msg',
  'image',
] as const
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number]

/** Personal data and secrets that a text should perhaps not hold. */
export const SENSITIVE_KINDS = [
  'mail-address',
  'telephone',
  'my-number',
  'credit-card',
  'private-key',
  'access-key',
  'password',
] as const
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number]

/** What readers change beside taking the markup away. */
export const READ_STEPS = [
  'page-furniture',
  'line-joins',
  'hyphenation',
  'ruby-readings',
  'vertical-text',
  'deleted-text',
  'hidden-text',
  'ocr',
] as const
export type ReadStep = (typeof READ_STEPS)[number]

/** What normalisation changes, in the order applied. */
export const NORMALIZATION_STEPS = [
  'control-characters',
  'byte-order-marks',
  'line-ends',
  'composed-characters',
  'compatibility-characters',
  'trailing-spaces',
  'surrounding-blank-lines',
] as const
export type NormalizationStep = (typeof NORMALIZATION_STEPS)[number]

/**
 * What a document serves for: `tuning` trains, `validation` stops the training, `held-out` is what results are
 * measured on and nothing else ever sees.
 */
export const CORPUS_SPLITS = ['held-out', 'tuning', 'validation'] as const
export type CorpusSplit = (typeof CORPUS_SPLITS)[number]

const count = z.int().nonnegative()

export const documentHealthSchema = z.object({
  /** Characters that nobody can read: U+FFFD, unassigned and private code points, glyphs without a meaning. */
  unreadable: count,
  /** Share of the lines beyond ASCII that look garbled, 0 to 1. */
  mojibake: z.number().min(0).max(1),
  /** Pages that show pictures and have no text. */
  pagesWithoutText: count,
  /** Pages whose text was recognised from pictures, and how sure the recognition was, 0 to 1. */
  ocr: z.object({ pages: count, confidence: z.number().min(0).max(1) }).nullable(),
  /** Cells of formulas that no result is stored for, so that the text lacks it. */
  formulasWithoutResult: count,
  /** Holds macros; they are never run. */
  macros: z.boolean(),
  /** Warned of, never removed. */
  sensitive: z.array(z.object({ kind: z.enum(SENSITIVE_KINDS), count: z.int().positive() })),
})
export type DocumentHealth = Readonly<z.infer<typeof documentHealthSchema>>

/** How a project makes its corpus out of its documents. */
export const corpusSettingsSchema = z.strictObject({
  /** Names of documents that are left out. */
  excluded: z.array(z.string().min(1)),
  /** Names of files that were deleted from the project and lie elsewhere: they are not read any more. */
  forgotten: z.array(z.string().min(1)),
  /** Whether pictures of text are recognised. */
  ocr: z.boolean(),
  /** What becomes of near-copies of a document: dropped like exact ones, or kept together in one split. */
  nearDuplicates: z.enum(['drop', 'keep']),
  /** `evaluate`: everything is held out; `tune`: 70 % tuning, 10 % validation, 20 % held out. */
  purpose: z.enum(['evaluate', 'tune']),
})
export type CorpusSettings = Readonly<z.infer<typeof corpusSettingsSchema>>

export const DEFAULT_CORPUS_SETTINGS: CorpusSettings = {
  excluded: [],
  forgotten: [],
  ocr: false,
  nearDuplicates: 'drop',
  purpose: 'evaluate',
}

/** An estimated similarity as it is shown: near-copies are no exact ones, so it is never 100 %. */
export const shownSimilarity = (estimate: number): number => Math.min(estimate, 0.99)
