import type { DocumentEntry } from '../../../src/shared/contract/documents.ts'

export const HEALTHY: NonNullable<DocumentEntry['health']> = {
  unreadable: 0,
  mojibake: 0,
  pagesWithoutText: 0,
  ocr: null,
  formulasWithoutResult: 0,
  macros: false,
  sensitive: [],
}

/** A Japanese text file that is fine, but for what is said otherwise. */
export const entry = (name: string, changes: Partial<DocumentEntry> = {}): DocumentEntry => ({
  name,
  file: name,
  state: 'ready',
  format: 'text',
  encoding: 'utf-8',
  bytes: 3000,
  characters: 1000,
  pages: null,
  language: 'ja',
  duplicateOf: null,
  nearDuplicate: null,
  health: HEALTHY,
  steps: [],
  problem: null,
  ...changes,
})

/** One that was deleted from the project while its original stays. */
export const forgotten = (name: string): DocumentEntry => skipped(name, { state: 'forgotten', problem: null })

/** One that could not be read. */
export const skipped = (name: string, changes: Partial<DocumentEntry> = {}): DocumentEntry =>
  entry(name, {
    state: 'skipped',
    format: null,
    encoding: null,
    characters: null,
    language: null,
    health: null,
    problem: {
      code: 'documents/unsupported-type',
      params: { name, type: name.slice(name.lastIndexOf('.')) },
    },
    ...changes,
  })
