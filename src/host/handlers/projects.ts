import {
  createProject,
  forgetProject,
  openProject,
  openSampleProject,
  recentProjects,
  suggestedParent,
  updateProject,
} from '../../engine/index.ts'
import type { Handlers } from '../../rpc/handlers.ts'
import { contextOf } from '../call-context.ts'

type ProjectsProcedure =
  | 'projects.recent'
  | 'projects.create'
  | 'projects.sample'
  | 'projects.open'
  | 'projects.update'
  | 'projects.forget'

/** @param home Soroban's own folder */
export function projectsHandlers({ home }: { readonly home: string }): Handlers<ProjectsProcedure> {
  return {
    'projects.recent': async (_, call) => ({
      projects: await recentProjects(home, contextOf(call)),
      suggestedParent: await suggestedParent(home),
    }),
    'projects.create': (wanted, call) => createProject({ home, ...wanted }, contextOf(call)),
    'projects.sample': (_, call) => openSampleProject(home, contextOf(call)),
    'projects.open': ({ folder }, call) => openProject({ home, folder }, contextOf(call)),
    'projects.update': ({ folder, patch }) => updateProject(folder, patch),
    'projects.forget': async ({ folder }, call) => {
      await forgetProject(home, folder, contextOf(call))
      return {}
    },
  }
}
