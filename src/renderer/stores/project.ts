import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

import type { Project, ProjectPatch, RecentProject } from '../../shared/contract/projects.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import { useApi } from '../api.ts'

/** The open project, and the ones that were. */
export const useProjectStore = defineStore('project', () => {
  const api = useApi()
  const current = shallowRef<Project | null>(null)
  const recent = shallowRef<readonly RecentProject[] | null>(null)
  /** Where a new project is put unless told otherwise. */
  const suggestedParent = shallowRef<string | null>(null)
  /** Of the last opening, making or changing of a project. */
  const error = shallowRef<AppError | null>(null)
  /** Of the list. */
  const recentError = shallowRef<AppError | null>(null)
  const isOpening = shallowRef(false)

  let lastEntry = 0

  /** Makes the project that is found the current one, unless another was asked for meanwhile. */
  async function enter(find: () => Promise<Project>): Promise<Project | null> {
    const entry = ++lastEntry
    error.value = null
    isOpening.value = true
    try {
      const found = await find()
      if (entry !== lastEntry) return null
      current.value = found
      return found
    } catch (thrown) {
      if (entry === lastEntry) error.value = toAppError(thrown)
      return null
    } finally {
      if (entry === lastEntry) isOpening.value = false
    }
  }

  /** @returns the project; null with `error` set, or when another was asked for meanwhile */
  const open = (folder: string): Promise<Project | null> => enter(() => api.call('projects.open', { folder }))

  const create = (parent: string, name: string): Promise<Project | null> =>
    enter(() => api.call('projects.create', { parent, name }))

  const openSample = (): Promise<Project | null> => enter(() => api.call('projects.sample', {}))

  /**
   * Changes the open project, or one that was left meanwhile.
   *
   * @returns whether it was changed; else `error` is set, if it is still open
   */
  async function update(patch: ProjectPatch, folder = current.value?.folder): Promise<boolean> {
    if (folder === undefined) return false
    const isCurrent = (): boolean => current.value?.folder === folder
    if (isCurrent()) error.value = null
    try {
      const updated = await api.call('projects.update', { folder, patch })
      if (isCurrent()) current.value = updated
      return true
    } catch (thrown) {
      if (isCurrent()) error.value = toAppError(thrown)
      return false
    }
  }

  /** Changes how the open project makes its corpus; which documents it leaves out has a call of its own. */
  async function updateCorpus(change: Partial<ProjectPatch['corpus']>): Promise<boolean> {
    if (current.value === null) return false
    const { ocr, nearDuplicates, purpose } = current.value.corpus
    return await update({ corpus: { ocr, nearDuplicates, purpose, ...change } })
  }

  /** What could not be done was told where it was asked for; elsewhere it would mislead. */
  function forgetError(): void {
    error.value = null
  }

  async function loadRecent(): Promise<void> {
    recentError.value = null
    try {
      const answer = await api.call('projects.recent', {})
      recent.value = answer.projects
      suggestedParent.value = answer.suggestedParent
    } catch (thrown) {
      recentError.value = toAppError(thrown)
    }
  }

  async function forget(folder: string): Promise<void> {
    try {
      await api.call('projects.forget', { folder })
    } catch (thrown) {
      recentError.value = toAppError(thrown)
      return
    }
    await loadRecent()
  }

  return {
    current,
    recent,
    suggestedParent,
    error,
    recentError,
    isOpening,
    open,
    create,
    openSample,
    update,
    updateCorpus,
    forgetError,
    loadRecent,
    forget,
  }
})
