import type { DocumentEntry } from '../../../shared/contract/documents.ts'
import type { Translate } from '../../i18n.ts'

const LANGUAGES: ReadonlySet<string> = new Set(['ja', 'en', 'other'])
const FORMATS: ReadonlySet<string> = new Set(['text', 'markdown', 'csv', 'tsv', 'html'])

type Language = 'ja' | 'en' | 'other'
type Format = 'text' | 'markdown' | 'csv' | 'tsv' | 'html'

/** A language as the reader calls it; one that is not known stands for itself. */
export const languageName = (language: string, t: Translate): string =>
  LANGUAGES.has(language) ? t(`documents.language.${language as Language}`) : language

export const formatName = (format: string, t: Translate): string =>
  FORMATS.has(format) ? t(`documents.format.${format as Format}`) : format

/** What is wrong with a document that was read and what to do about it; null where nothing is, or an error tells it. */
export function problemOf(entry: DocumentEntry, t: Translate): string | null {
  const { state, brokenCharacters, encoding, duplicateOf, problem } = entry
  if (state === 'damaged') {
    return t('documents.problem.damaged', { count: brokenCharacters, encoding: encoding ?? 'n/a' })
  }
  if (state === 'duplicate') return t('documents.problem.duplicate', { of: duplicateOf ?? 'n/a' })
  if (state === 'blank') return t('documents.problem.blank')
  return state === 'skipped' && problem === null ? t('documents.problem.skipped') : null
}
