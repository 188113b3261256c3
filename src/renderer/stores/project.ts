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

  /** Makes the project that is found the current one. */
  async function enter(find: () => Promise<Project>): Promise<Project | null> {
    error.value = null
    isOpening.value = true
    try {
      current.value = await find()
      return current.value
    } catch (thrown) {
      error.value = toAppError(thrown)
      return null
    } finally {
      isOpening.value = false
    }
  }

  /** @returns the project, or null with `error` set */
  const open = (folder: string): Promise<Project | null> => enter(() => api.call('projects.open', { folder }))

  const create = (parent: string, name: string): Promise<Project | null> =>
    enter(() => api.call('projects.create', { parent, name }))

  const openSample = (): Promise<Project | null> => enter(() => api.call('projects.sample', {}))

  /** Changes the open project. @returns whether it was changed; else `error` is set */
  async function update(patch: ProjectPatch): Promise<boolean> {
    const project = current.value
    if (project === null) return false
    error.value = null
    try {
      const updated = await api.call('projects.update', { folder: project.folder, patch })
      if (current.value?.folder === updated.folder) current.value = updated
      return true
    } catch (thrown) {
      error.value = toAppError(thrown)
      return false
    }
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
    loadRecent,
    forget,
  }
})
