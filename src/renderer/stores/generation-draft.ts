import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

import type { InputOf } from '../../shared/contract.ts'
import type { Project } from '../../shared/contract/projects.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import { useApi } from '../api.ts'

/** A stretch of text, code units [from, to). */
export interface TextRange {
  readonly from: number
  readonly to: number
}

/** What the next prompt is made of. */
export interface GenerationDraft {
  readonly source: 'passage' | 'document' | 'free'
  readonly document: string | null
  /** Of the document's text; null until a passage is selected. */
  readonly range: TextRange | null
  readonly free: string
  /** Instructions around the passage. */
  readonly before: string
  readonly after: string
  readonly maxTokens: number
  readonly order: InputOf<'generation.run'>['order']
  /** Model folders beside the baseline. */
  readonly candidates: readonly string[]
}

const DEFAULT_MAX_TOKENS = 128

/** The next prompt while it is put together; it outlives its view, not the page. */
export const useGenerationDraftStore = defineStore('generation-draft', () => {
  const api = useApi()
  const project = shallowRef<string | null>(null)
  /** The folder that the document is of. */
  let documentFolder: string | null = null
  const draft = shallowRef<GenerationDraft>(emptyDraft([]))
  /** The chosen document's text. */
  const text = shallowRef<string | null>(null)
  const error = shallowRef<AppError | null>(null)

  /** Begins anew when another project is opened; else keeps what is there, as far as its inputs still are. */
  function enter({ folder, documents, candidates }: Project): void {
    const isOther = project.value !== folder
    if (isOther || documentFolder !== documents) {
      text.value = null
      error.value = null
      change({ document: null, range: null })
    }
    project.value = folder
    documentFolder = documents
    if (isOther) draft.value = emptyDraft(candidates)
    const kept = draft.value.candidates.filter((candidate) => candidates.includes(candidate))
    change({ candidates: kept.length > 0 ? kept : firstCandidates(candidates) })
  }

  function change(patch: Partial<GenerationDraft>): void {
    draft.value = { ...draft.value, ...patch }
  }

  /** Chooses a document and reads its text, from which a passage is selected. */
  async function choose(name: string): Promise<void> {
    const folder = project.value
    if (folder === null) return
    change({ document: name, range: null })
    text.value = null
    error.value = null
    const isWanted = (): boolean => project.value === folder && draft.value.document === name
    try {
      const found = await api.call('documents.text', { project: folder, name })
      if (isWanted()) text.value = found.text
    } catch (failure) {
      if (isWanted()) error.value = toAppError(failure)
    }
  }

  return { draft, text, error, enter, change, choose }
})

/** One call takes four models, the baseline among them. */
export const MOST_CANDIDATES = 3
const firstCandidates = (candidates: readonly string[]): readonly string[] =>
  candidates.slice(0, MOST_CANDIDATES)

const emptyDraft = (candidates: readonly string[]): GenerationDraft => ({
  source: 'passage',
  document: null,
  range: null,
  free: '',
  before: '',
  after: '',
  maxTokens: DEFAULT_MAX_TOKENS,
  order: 'in-turn',
  candidates: firstCandidates(candidates),
})
