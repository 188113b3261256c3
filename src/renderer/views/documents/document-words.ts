import type { DocumentEntry } from '../../../shared/contract/documents.ts'
import { type DocumentFormat, type SensitiveKind, shownSimilarity } from '../../../shared/documents.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import type { Formatter } from '../../format.ts'
import type { Translate } from '../../i18n.ts'
import { reasonMessages } from '../../locales/document-reasons.ts'
import { sensitiveOf, type Warning } from './document-warnings.ts'

/** What a page of a format is called. */
export type PageUnit = 'page' | 'slide' | 'sheet'

const SLIDES: ReadonlySet<DocumentFormat | null> = new Set(['pptx', 'odp'])
const SHEETS: ReadonlySet<DocumentFormat | null> = new Set(['xlsx', 'xls', 'ods'])

export function pageUnitOf({ format }: Pick<DocumentEntry, 'format'>): PageUnit {
  if (SLIDES.has(format)) return 'slide'
  return SHEETS.has(format) ? 'sheet' : 'page'
}

/** Whether originals of its format can be drawn beside their text. */
export const hasDrawableFormat = ({ format }: DocumentEntry): boolean =>
  format === 'pdf' || format === 'image'

/** Whether its own original can be: what lies in an archive or mail stays there. */
export const isDrawable = (entry: DocumentEntry): boolean =>
  hasDrawableFormat(entry) && entry.name === entry.file

/** Whether there is a text of a document to show. */
export const isRead = ({ state }: DocumentEntry): boolean => state !== 'skipped' && state !== 'forgotten'

/** Where a document lies: inside which archive or mail, and its name there. */
export function placeOf({ name, file }: DocumentEntry): {
  readonly name: string
  readonly container: string | null
} {
  return name.startsWith(`${file}/`)
    ? { name: name.slice(file.length + 1), container: file }
    : { name, container: null }
}

/** A warning in few words, with the number that matters. */
export function markOf(entry: DocumentEntry, warning: Warning, t: Translate, format: Formatter): string {
  const count = figureOf(entry, warning, format)
  const name = t(`documents.warning.${warning}`)
  return count === null ? name : t('documents.mark.counted', { name, count })
}

function figureOf(entry: DocumentEntry, warning: Warning, format: Formatter): string | null {
  const { health, nearDuplicate } = entry
  switch (warning) {
    case 'unreadable':
      return format.integer(health?.unreadable ?? 0)
    case 'mojibake':
      return format.percent(health?.mojibake ?? 0, 1)
    case 'no-text-pages':
      return format.integer(health?.pagesWithoutText ?? 0)
    case 'formulas':
      return format.integer(health?.formulasWithoutResult ?? 0)
    case 'ocr':
      return format.percent(health?.ocr?.confidence ?? 0, 0)
    case 'secrets':
    case 'personal':
      return format.integer(sensitiveOf(entry, warning).reduce((sum, { count }) => sum + count, 0))
    case 'near-duplicate':
      return format.percent(shownSimilarity(nearDuplicate?.similarity ?? 0), 0)
    case 'macros':
      return null
  }
}

/** What a warning means for this document, in a sentence. */
export function explain(entry: DocumentEntry, warning: Warning, t: Translate, format: Formatter): string {
  const { health, nearDuplicate } = entry
  switch (warning) {
    case 'unreadable':
      return t('documents.mark.unreadable', { count: format.integer(health?.unreadable ?? 0) })
    case 'mojibake':
      return t('documents.mark.mojibake', { share: format.percent(health?.mojibake ?? 0, 1) })
    case 'no-text-pages':
      return t('documents.mark.no-text-pages', { count: format.integer(health?.pagesWithoutText ?? 0) })
    case 'formulas':
      return t('documents.mark.formulas', { count: format.integer(health?.formulasWithoutResult ?? 0) })
    case 'ocr':
      return t('documents.mark.ocr', {
        count: format.integer(health?.ocr?.pages ?? 0),
        share: format.percent(health?.ocr?.confidence ?? 0, 0),
      })
    case 'macros':
      return t('documents.mark.macros')
    case 'secrets':
    case 'personal':
      return t('documents.mark.sensitive', {
        kinds: sensitiveOf(entry, warning)
          .map(({ kind, count }) =>
            t('documents.sensitive.counted', { name: sensitiveName(kind, t), count: format.integer(count) }),
          )
          .join(t('documents.sensitive.separator')),
      })
    case 'near-duplicate':
      return t('documents.mark.near-duplicate', {
        of: nearDuplicate?.of ?? '',
        share: format.percent(shownSimilarity(nearDuplicate?.similarity ?? 0), 0),
      })
  }
}

export const sensitiveName = (kind: SensitiveKind, t: Translate): string => t(`documents.sensitive.${kind}`)

/** Why a document could not be read, in few words; its error tells it in full. */
export function reasonOf(code: ErrorCode, t: Translate): string {
  const key = `documents.reason.${code.slice(code.indexOf('/') + 1)}`
  return t(isReason(key) ? key : 'documents.reason.other')
}

const isReason = (key: string): key is keyof typeof reasonMessages => Object.hasOwn(reasonMessages, key)

/** What a document's state means and what to do about it; null where nothing needs to be said, or an error tells it. */
export function problemOf({ state, duplicateOf, problem }: DocumentEntry, t: Translate): string | null {
  if (state === 'ready' || (state === 'skipped' && problem !== null)) return null
  return t(`documents.problem.${state}`, { of: duplicateOf ?? '' })
}
