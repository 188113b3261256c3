import type { DocumentEntry } from '../../../shared/contract/documents.ts'

export type DocumentState = DocumentEntry['state']

/** In the order in which they deserve attention; sorting by state follows it. */
export const DOCUMENT_STATES = ['skipped', 'damaged', 'blank', 'duplicate', 'ready'] as const

/** A document as the table shows it. */
export interface DocumentRow extends DocumentEntry {
  /** Position of its state in DOCUMENT_STATES. */
  readonly attention: number
}

const isCounted = (state: DocumentState): boolean => state === 'ready' || state === 'damaged'

export const toRows = (documents: readonly DocumentEntry[]): readonly DocumentRow[] =>
  documents.map((entry) => ({ ...entry, attention: DOCUMENT_STATES.indexOf(entry.state) }))

/** Rows of the given states (none: all) whose names contain the words, whatever their case and width. */
export function filterRows(
  rows: readonly DocumentRow[],
  states: readonly DocumentState[],
  words: string,
): readonly DocumentRow[] {
  const needle = folded(words.trim())
  return rows.filter(
    ({ state, name }) => (states.length === 0 || states.includes(state)) && folded(name).includes(needle),
  )
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

export interface Share {
  readonly name: string
  readonly documents: number
  readonly characters: number
}

export interface DocumentsSummary {
  readonly total: number
  /** Documents that count in the evaluation. */
  readonly counted: number
  readonly byState: Readonly<Record<DocumentState, number>>
  /** Of the documents that count, the most characters first; null names are left out. */
  readonly languages: readonly Share[]
  readonly formats: readonly Share[]
}

export function summarise(documents: readonly DocumentEntry[]): DocumentsSummary {
  const byState = { skipped: 0, damaged: 0, blank: 0, duplicate: 0, ready: 0 }
  for (const { state } of documents) byState[state]++
  const counted = documents.filter(({ state }) => isCounted(state))
  return {
    total: documents.length,
    counted: counted.length,
    byState,
    languages: shares(counted, ({ language }) => language),
    formats: shares(counted, ({ format }) => format),
  }
}

function shares(
  documents: readonly DocumentEntry[],
  nameOf: (entry: DocumentEntry) => string | null,
): readonly Share[] {
  const found = new Map<string, { documents: number; characters: number }>()
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

export interface RowOrder {
  readonly by: 'attention' | 'name' | 'characters'
  readonly isDescending: boolean
}

/** Rows in another order; equal ones by name, and what has no length at the end. */
export function sortRows(
  rows: readonly DocumentRow[],
  { by, isDescending }: RowOrder,
  locale: string,
): readonly DocumentRow[] {
  const collator = new Intl.Collator(locale, { numeric: true })
  const sign = isDescending ? -1 : 1
  return rows.toSorted((a, b) => {
    const byName = collator.compare(a.name, b.name)
    if (by === 'name') return sign * byName
    const [left, right] = [a[by], b[by]]
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName
    return sign * (left - right) || byName
  })
}
