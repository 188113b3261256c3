import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

import type { CorpusOverview } from '../../shared/contract/corpus.ts'
import type { Project } from '../../shared/contract/projects.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Progress } from '../../shared/job.ts'
import { useApi } from '../api.ts'
import { useDocumentsStore } from './documents.ts'
import { withProgress } from './progress-entries.ts'
import { useProjectStore } from './project.ts'

/** The corpus that a run of the open project would use. */
export const useCorpusStore = defineStore('corpus', () => {
  const api = useApi()
  const project = useProjectStore()
  const documents = useDocumentsStore()

  const described = shallowRef<{ readonly source: string; readonly overview: CorpusOverview } | null>(null)
  const description = shallowRef<{ readonly source: string; readonly controller: AbortController } | null>(
    null,
  )
  const progress = shallowRef<readonly Progress[]>([])
  const error = shallowRef<AppError | null>(null)

  /** What the corpus depends on, beside what lies in the folders themselves. */
  const sourceOf = ({ folder, documents: from, corpus, baseline, candidates, plan }: Project): string =>
    JSON.stringify([folder, from, corpus, baseline, candidates, plan.seed, documents.revision])

  /** Of the open project; what was found for another, or before a change, is stale. */
  const overview = computed(() =>
    project.current !== null && described.value?.source === sourceOf(project.current)
      ? described.value.overview
      : null,
  )
  const isDescribing = computed(() => description.value !== null)
  const isKnown = computed(() => overview.value !== null)

  /** Describes a project's corpus anew; a second call replaces the first. */
  async function describe(of: Project): Promise<void> {
    description.value?.controller.abort()
    const current = { source: sourceOf(of), controller: new AbortController() }
    description.value = current
    described.value = null
    progress.value = []
    error.value = null
    try {
      const found = await api.call(
        'corpus.describe',
        { project: of.folder },
        {
          signal: current.controller.signal,
          onEvent: (event) => {
            if (description.value === current) progress.value = withProgress(progress.value, event)
          },
        },
      )
      if (description.value === current) described.value = { source: current.source, overview: found }
    } catch (failure) {
      if (description.value === current) error.value = toAppError(failure)
    } finally {
      if (description.value === current) description.value = null
    }
  }

  /** Describes unless this very corpus is known already, or being described. */
  async function ensureDescribed(of: Project): Promise<void> {
    const source = sourceOf(of)
    if (description.value?.source === source || described.value?.source === source) return
    await describe(of)
  }

  /** Stops the description; it then ends with the error `cancelled`. */
  function cancel(): void {
    description.value?.controller.abort()
  }

  return { overview, isDescribing, isKnown, progress, error, describe, ensureDescribed, cancel }
})
