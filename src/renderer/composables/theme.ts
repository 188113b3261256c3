/** Light or dark: the user's choice, or the system's. */
import { readonly, shallowRef, watch, type WatchSource } from 'vue'

import type { AppSettings } from '../../shared/contract/settings.ts'

const dark = shallowRef(false)

/** Whether the page is drawn dark; changes after the page's colours have. */
export const isDark = readonly(dark)

/** Keeps `<html class="dark">` as the setting and the system say. */
export function followTheme(setting: WatchSource<AppSettings['theme']>): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = shallowRef(system.matches)
  system.addEventListener('change', ({ matches }) => (systemIsDark.value = matches))
  watch(
    [setting, systemIsDark] as const,
    ([theme, preferred]) => {
      const next = theme === 'dark' || (theme === 'system' && preferred)
      document.documentElement.classList.toggle('dark', next)
      dark.value = next
    },
    { immediate: true, flush: 'sync' },
  )
}
