import type { DocumentEntry } from '../../../shared/contract/documents.ts'
import { DOCUMENT_FORMATS, type DocumentFormat, type Language, LANGUAGES } from '../../../shared/documents.ts'
import { isToCheck, type Warning, WARNINGS, warningsOf } from './document-warnings.ts'

export type DocumentState = DocumentEntry['state']

/** In the order in which they deserve attention; sorting by state follows it. */
export const DOCUMENT_STATES = [
  'skipped',
  'damaged',
  'near-duplicate',
  'duplicate',
  'excluded',
  'forgotten',
  'ready',
] as const satisfies readonly DocumentState[]

/** A document as the table shows it. */
export interface DocumentRow extends DocumentEntry {
  readonly warnings: readonly Warning[]
  readonly isToCheck: boolean
  /** The lower, the more attention it deserves: what is to be checked comes first, each by its state. */
  readonly attention: number
  /** Place in the order of names. */
  readonly place: number
  /** The name as the search compares it. */
  readonly folded: string
}

const isCounted = (state: DocumentState): boolean => state === 'ready' || state === 'damaged'

const attentionOf = ({ state }: DocumentEntry, toCheck: boolean): number =>
  DOCUMENT_STATES.indexOf(state) + (toCheck ? 0 : DOCUMENT_STATES.length)

/** Rows in the order of the documents. Names are compared here, once, as a reader of the language expects. */
export function toRows(documents: readonly DocumentEntry[], locale: string): readonly DocumentRow[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const names = documents.map(({ name }) => name).sort(compare)
  const places = new Map(names.map((name, place) => [name, place]))
  return documents.map((entry) => {
    const warnings = warningsOf(entry)
    const toCheck = isToCheck(entry, warnings)
    return {
      ...entry,
      warnings,
      isToCheck: toCheck,
      attention: attentionOf(entry, toCheck),
      place: places.get(entry.name) ?? 0,
      folded: folded(entry.name),
    }
  })
}

export interface RowFilter {
  readonly onlyToCheck: boolean
  /** None: all. */
  readonly states: readonly DocumentState[]
  readonly warning: Warning | null
  readonly format: DocumentFormat | null
  readonly language: Language | null
  /** In the name, whatever their case and width. */
  readonly words: string
}

export const NO_FILTER: RowFilter = {
  onlyToCheck: false,
  states: [],
  warning: null,
  format: null,
  language: null,
  words: '',
}

export function filterRows(
  rows: readonly DocumentRow[],
  { onlyToCheck, states, warning, format, language, words }: RowFilter,
): readonly DocumentRow[] {
  const needle = folded(words.trim())
  return rows.filter(
    (row) =>
      (!onlyToCheck || row.isToCheck) &&
      (states.length === 0 || states.includes(row.state)) &&
      (warning === null || row.warnings.includes(warning)) &&
      (format === null || row.format === format) &&
      (language === null || row.language === language) &&
      row.folded.includes(needle),
  )
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

export interface Share<T extends string = string> {
  readonly name: T
  readonly documents: number
  readonly characters: number
}

export interface DocumentsSummary {
  readonly total: number
  /** Documents that count in the evaluation. */
  readonly counted: number
  readonly toCheck: number
  /** Of all documents. */
  readonly byState: Counts<DocumentState>
  readonly byWarning: Counts<Warning>
  readonly byFormat: Counts<DocumentFormat>
  readonly byLanguage: Counts<Language>
  /** Of the documents that count, the most characters first; null names are left out. */
  readonly languages: readonly Share<Language>[]
  readonly formats: readonly Share<DocumentFormat>[]
}

/** Those that occur, in their own order. */
type Counts<T extends string> = readonly { readonly value: T; readonly count: number }[]

export function summarise(rows: readonly DocumentRow[]): DocumentsSummary {
  const counted = rows.filter(({ state }) => isCounted(state))
  return {
    total: rows.length,
    counted: counted.length,
    toCheck: rows.filter((row) => row.isToCheck).length,
    byState: counts(DOCUMENT_STATES, rows, ({ state }) => [state]),
    byWarning: counts(WARNINGS, rows, ({ warnings }) => warnings),
    byFormat: counts(DOCUMENT_FORMATS, rows, ({ format }) => (format === null ? [] : [format])),
    byLanguage: counts(LANGUAGES, rows, ({ language }) => (language === null ? [] : [language])),
    languages: shares(counted, ({ language }) => language),
    formats: shares(counted, ({ format }) => format),
  }
}

function counts<T extends string>(
  all: readonly T[],
  rows: readonly DocumentRow[],
  namesOf: (row: DocumentRow) => readonly T[],
): Counts<T> {
  const found = new Map<T, number>()
  for (const row of rows) for (const name of namesOf(row)) found.set(name, (found.get(name) ?? 0) + 1)
  return all.flatMap((value) => {
    const count = found.get(value)
    return count === undefined ? [] : [{ value, count }]
  })
}

function shares<T extends string>(
  documents: readonly DocumentEntry[],
  nameOf: (entry: DocumentEntry) => T | null,
): readonly Share<T>[] {
  const found = new Map<T, { documents: number; characters: number }>()
  for (const entry of documents) {
    const name = nameOf(entry)
    if (name === null) continue
    const share = found.get(name) ?? { documents: 0, characters: 0 }
    share.documents++
    share.characters += entry.characters ?? 0
    found.set(name, share)
  }
  return [...found]
    .map(([name, share]) => ({ name, ...share }))
    .sort((a, b) => b.characters - a.characters || a.name.localeCompare(b.name))
}

export type SortKey = 'attention' | 'place' | 'format' | 'pages' | 'characters' | 'language'

export interface RowOrder {
  readonly by: SortKey
  readonly isDescending: boolean
}

function keyOf(row: DocumentRow, by: SortKey): number | null {
  if (by === 'format') return row.format === null ? null : DOCUMENT_FORMATS.indexOf(row.format)
  if (by === 'language') return row.language === null ? null : LANGUAGES.indexOf(row.language)
  return row[by]
}

/** Rows in another order; equal ones by name, and what has no value at the end. */
export function sortRows(
  rows: readonly DocumentRow[],
  { by, isDescending }: RowOrder,
): readonly DocumentRow[] {
  const sign = isDescending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [left, right] = [keyOf(a, by), keyOf(b, by)]
    const byName = a.place - b.place
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName
    return sign * (left - right) || byName
  })
}
