import {
  createRouter,
  createWebHashHistory,
  type RouteLocationRaw,
  type Router,
  type RouteRecordRaw,
} from 'vue-router'

import { followNavigation } from './composables/route-focus.ts'
import { type Stage, STAGES } from './stages.ts'

/** Each view in a chunk of its own. */
const STAGE_VIEWS: Readonly<Record<Stage, NonNullable<RouteRecordRaw['component']>>> = {
  documents: () => import('./views/documents/documents-view.vue'),
  corpus: () => import('./views/corpus/corpus-view.vue'),
  models: () => import('./views/models/models-view.vue'),
  runs: () => import('./views/runs/runs-view.vue'),
  comparison: () => import('./views/comparison/comparison-view.vue'),
  report: () => import('./views/report/report-view.vue'),
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./views/home/home-view.vue') },
  {
    // The folder's absolute path is one segment, encoded.
    path: '/project/:folder',
    component: () => import('./views/project/project-frame.vue'),
    props: true,
    children: [
      { path: '', redirect: { name: 'overview' } },
      { path: 'overview', name: 'overview', component: () => import('./views/project/overview-view.vue') },
      ...STAGES.map((stage): RouteRecordRaw => ({ path: stage, name: stage, component: STAGE_VIEWS[stage] })),
    ],
  },
  { path: '/settings', name: 'settings', component: () => import('./views/settings/settings-view.vue') },
  { path: '/doctor', name: 'doctor', component: () => import('./views/doctor/doctor-view.vue') },
  { path: '/:rest(.*)*', redirect: { name: 'home' } },
]

/** Where a project's stage, or its overview, is shown. */
export const projectRoute = (folder: string, view: Stage | 'overview'): RouteLocationRaw => ({
  name: view,
  params: { folder },
})

export function createAppRouter(): Router {
  const router = createRouter({ history: createWebHashHistory(), routes })
  followNavigation(router)
  return router
}
