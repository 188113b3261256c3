import { onScopeDispose, readonly, type Ref, shallowRef } from 'vue'

/** The time in ms, told once a second for as long as the component lives. */
export function useNow(): Readonly<Ref<number>> {
  const now = shallowRef(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
