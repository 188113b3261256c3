import type { DocumentEntry } from '../../../src/shared/contract/documents.ts'

/** A Japanese text file that is fine, but for what is said otherwise. */
export const entry = (name: string, changes: Partial<DocumentEntry> = {}): DocumentEntry => ({
  name,
  state: 'ready',
  format: 'text',
  encoding: 'utf-8',
  bytes: 3000,
  characters: 1000,
  language: 'ja',
  brokenCharacters: 0,
  duplicateOf: null,
  problem: null,
  ...changes,
})
