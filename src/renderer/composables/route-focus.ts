/** Whoever opens a view is told where they are: its heading takes the focus once, after a navigation. */
import { type Router, START_LOCATION } from 'vue-router'

let isRequested = false

/** Asks for the focus after each change of view; not at the start, where the browser reads the page anyway. */
export function followNavigation(router: Router): void {
  router.afterEach((to, from, failure) => {
    if (failure === undefined && from !== START_LOCATION && to.path !== from.path) isRequested = true
  })
}

/** Whether the focus is to be taken; answers yes once. */
export function takeFocusRequest(): boolean {
  const answer = isRequested
  isRequested = false
  return answer
}
