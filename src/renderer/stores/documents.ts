import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

import type { Deletion, DocumentsOverview } from '../../shared/contract/documents.ts'
import type { Project } from '../../shared/contract/projects.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Progress } from '../../shared/job.ts'
import { useApi } from '../api.ts'
import { useReadingStore } from './reading.ts'

/** What an inspection depends on, beside what lies in the folder itself. */
const sourceOf = ({ folder, documents, corpus }: Project): string =>
  JSON.stringify([folder, documents, corpus.ocr, corpus.nearDuplicates])

/** The documents of the open project: what they are, which of them count, and their deletion. */
export const useDocumentsStore = defineStore('documents', () => {
  const api = useApi()
  const reading = useReadingStore()

  /** What was found, and where. */
  const inspected = shallowRef<{ readonly source: string; readonly overview: DocumentsOverview } | null>(null)
  const inspection = shallowRef<{ readonly source: string; readonly controller: AbortController } | null>(
    null,
  )
  const progress = shallowRef<readonly Progress[]>([])
  const error = shallowRef<AppError | null>(null)

  /** Of the last change of what counts, or the last deletion. */
  const changeError = shallowRef<AppError | null>(null)
  const isChanging = shallowRef(false)
  /** Goes up whenever the documents, or which of them count, may have changed. */
  const revision = shallowRef(0)

  const overview = computed(() => inspected.value?.overview ?? null)
  const isInspecting = computed(() => inspection.value !== null)

  /** Reads a project's documents anew. What was found before goes away at once; a second call replaces the first. */
  async function inspect(project: Project): Promise<void> {
    inspected.value = null
    reading.deselect()
    await refresh(project)
  }

  /** The same, but what was found before stays in sight meanwhile. */
  async function refresh(project: Project): Promise<void> {
    inspection.value?.controller.abort()
    const current = { source: sourceOf(project), controller: new AbortController() }
    inspection.value = current
    progress.value = []
    error.value = null
    revision.value++
    try {
      const found = await api.call(
        'documents.inspect',
        { project: project.folder },
        {
          signal: current.controller.signal,
          onEvent: (event) => {
            if (inspection.value === current) progress.value = [event]
          },
        },
      )
      if (inspection.value !== current) return
      inspected.value = { source: current.source, overview: found }
    } catch (failure) {
      if (inspection.value !== current) return
      inspected.value = null
      error.value = toAppError(failure)
    } finally {
      if (inspection.value === current) inspection.value = null
    }
  }

  /** Inspects unless these documents are known already, or being inspected. */
  async function ensureInspected(project: Project): Promise<void> {
    const source = sourceOf(project)
    if (inspection.value?.source === source || inspected.value?.source === source) return
    await inspect(project)
  }

  /** Stops the inspection; it then ends with the error `cancelled`. */
  function cancelInspection(): void {
    inspection.value?.controller.abort()
  }

  /** Nothing is chosen any more. */
  function clear(): void {
    inspection.value?.controller.abort()
    inspection.value = null
    inspected.value = null
    progress.value = []
    error.value = null
    changeError.value = null
    reading.deselect()
  }

  /** Does something to a project's documents and finds out what they are now. */
  async function change(project: Project, act: () => Promise<unknown>): Promise<boolean> {
    changeError.value = null
    isChanging.value = true
    try {
      await act()
    } catch (failure) {
      changeError.value = toAppError(failure)
      return false
    } finally {
      isChanging.value = false
    }
    await refresh(project)
    return true
  }

  /** Leaves documents out of the evaluation, or takes them in again. @returns whether it was done */
  const exclude = (project: Project, names: readonly string[], excluded: boolean): Promise<boolean> =>
    change(project, () =>
      api.call('documents.exclude', { project: project.folder, names: [...names], excluded }),
    )

  /** What deleting documents would take away; null with `changeError` set. */
  async function askDeletion(project: Project, names: readonly string[]): Promise<Deletion | null> {
    changeError.value = null
    try {
      return await api.call('documents.deletion', { project: project.folder, names: [...names] })
    } catch (failure) {
      changeError.value = toAppError(failure)
      return null
    }
  }

  /** Deletes documents with all that was made of them. @returns whether it was done */
  const remove = (project: Project, names: readonly string[]): Promise<boolean> =>
    change(project, async () => {
      const deleted = await api.call('documents.delete', { project: project.folder, names: [...names] })
      const gone = [...names, ...deleted.alongside]
      if (reading.selected !== null && gone.includes(reading.selected)) reading.deselect()
    })

  return {
    overview,
    isInspecting,
    progress,
    error,
    changeError,
    isChanging,
    revision,
    inspect,
    ensureInspected,
    cancelInspection,
    clear,
    exclude,
    askDeletion,
    remove,
  }
})
