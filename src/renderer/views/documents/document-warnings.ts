import type { DocumentEntry } from '../../../shared/contract/documents.ts'
import type { SensitiveKind } from '../../../shared/documents.ts'

/** What somebody should look at before a document counts, in the order in which a row tells it. */
export const WARNINGS = [
  'unreadable',
  'mojibake',
  'no-text-pages',
  'formulas',
  'ocr',
  'secrets',
  'personal',
  'macros',
  'near-duplicate',
] as const
export type Warning = (typeof WARNINGS)[number]

const SECRETS: ReadonlySet<SensitiveKind> = new Set(['private-key', 'access-key', 'password'])

type Sensitive = NonNullable<DocumentEntry['health']>['sensitive']

/** Of a document's sensitive passages those that are secrets, or those that are personal data. */
export const sensitiveOf = (entry: DocumentEntry, of: 'secrets' | 'personal'): Sensitive =>
  entry.health?.sensitive.filter(({ kind }) => SECRETS.has(kind) === (of === 'secrets')) ?? []

const HAS: Readonly<Record<Warning, (entry: DocumentEntry) => boolean>> = {
  unreadable: ({ health }) => health !== null && health.unreadable > 0,
  mojibake: ({ health }) => health !== null && health.mojibake > 0,
  'no-text-pages': ({ health }) => health !== null && health.pagesWithoutText > 0,
  formulas: ({ health }) => health !== null && health.formulasWithoutResult > 0,
  ocr: ({ health }) => health !== null && health.ocr !== null,
  secrets: (entry) => sensitiveOf(entry, 'secrets').length > 0,
  personal: (entry) => sensitiveOf(entry, 'personal').length > 0,
  macros: ({ health }) => health?.macros === true,
  'near-duplicate': ({ nearDuplicate }) => nearDuplicate !== null,
}

export const warningsOf = (entry: DocumentEntry): readonly Warning[] =>
  WARNINGS.filter((warning) => HAS[warning](entry))

/** Whether a user has left a document out, and can take it in again: excluded, or deleted while its original stays. */
export const isSetAside = ({ state }: DocumentEntry): boolean => state === 'excluded' || state === 'forgotten'

/** Whether somebody should look at a document: what was left out on purpose, or repeats another exactly, is settled. */
export function isToCheck(entry: DocumentEntry, warnings: readonly Warning[]): boolean {
  if (isSetAside(entry) || entry.state === 'duplicate') return false
  return entry.state !== 'ready' || warnings.length > 0
}
