import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

import { type AppError, toAppError } from '../../shared/errors.ts'
import { useApi } from '../api.ts'
import { useAssumptionsStore } from './assumptions.ts'

/** The sets of assumptions that were saved in the project whose assumptions are edited. */
export const useAssumptionSetsStore = defineStore('assumption-sets', () => {
  const api = useApi()
  const assumptions = useAssumptionsStore()
  const listed = shallowRef<{ readonly project: string; readonly names: readonly string[] } | null>(null)
  const failed = shallowRef<{ readonly project: string; readonly error: AppError } | null>(null)

  /** Null until they have been listed. */
  const names = computed(() =>
    listed.value !== null && listed.value.project === assumptions.project ? listed.value.names : null,
  )
  /** Of listing, saving, opening or deleting. */
  const error = computed(() =>
    failed.value !== null && failed.value.project === assumptions.project ? failed.value.error : null,
  )

  const load = (): Promise<boolean> => attempt(list)

  /** @returns whether it is saved; else `error` says why not */
  async function save(name: string): Promise<boolean> {
    const set = assumptions.complete
    if (set === null) return false
    return await attempt(async (project) => {
      const named = { ...set, name }
      await api.call('assumptions.save', { project, assumptions: named })
      assumptions.noteSaved(project, named)
      await list(project)
    })
  }

  /** Replaces what is edited by a saved set. */
  const open = (name: string): Promise<boolean> =>
    attempt(async (project) =>
      assumptions.replace(project, await api.call('assumptions.read', { project, name })),
    )

  /** Deletes a saved set; what is edited stays. */
  const remove = (name: string): Promise<boolean> =>
    attempt(async (project) => {
      await api.call('assumptions.delete', { project, name })
      assumptions.noteDeleted(project, name)
      await list(project)
    })

  async function list(project: string): Promise<void> {
    const found = await api.call('assumptions.list', { project })
    if (project === assumptions.project) listed.value = { project, names: found.map(({ name }) => name) }
  }

  async function attempt(action: (project: string) => Promise<void>): Promise<boolean> {
    const { project } = assumptions
    if (project === null) return false
    failed.value = null
    try {
      await action(project)
      return true
    } catch (failure) {
      failed.value = { project, error: toAppError(failure) }
      return false
    }
  }

  return { names, error, load, save, open, remove }
})
