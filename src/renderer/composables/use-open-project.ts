import { computed, type ComputedRef } from 'vue'

import type { Project } from '../../shared/contract/projects.ts'
import { useProjectStore } from '../stores/project.ts'

/** The open project, for views that are shown only while there is one. */
export function useOpenProject(): ComputedRef<Project> {
  const store = useProjectStore()
  return computed(() => {
    if (store.current === null) throw new Error('no project is open')
    return store.current
  })
}
