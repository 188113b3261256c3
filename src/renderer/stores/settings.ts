import { defineStore } from 'pinia'
import { computed, type ShallowRef, shallowRef } from 'vue'

import type { AppSettings, CacheFacts } from '../../shared/contract/settings.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Locale } from '../../shared/messages/define.ts'
import { useApi } from '../api.ts'
import { localeOf } from '../i18n.ts'
import { useSessionStore } from './session.ts'

/** The user's settings, and the language that follows from them and the system. */
export const useSettingsStore = defineStore('settings', () => {
  const api = useApi()
  const session = useSessionStore()
  const settings = shallowRef<AppSettings | null>(null)
  const cache = shallowRef<CacheFacts | null>(null)
  const error = shallowRef<AppError | null>(null)
  const cacheError = shallowRef<AppError | null>(null)

  // A browser may stand elsewhere than the machine that serves it: then its own language counts.
  const systemLocale = computed(() => {
    const { shell } = session
    return shell?.door === 'desktop' ? shell.systemLocale : navigator.language
  })
  const locale = computed<Locale>(() => settings.value?.locale ?? localeOf(systemLocale.value))
  const theme = computed(() => settings.value?.theme ?? 'system')

  async function attempt(failure: ShallowRef<AppError | null>, action: () => Promise<void>): Promise<void> {
    failure.value = null
    try {
      await action()
    } catch (thrown) {
      failure.value = toAppError(thrown)
    }
  }

  const load = (): Promise<void> =>
    attempt(error, async () => {
      settings.value = await api.call('settings.read', {})
    })

  const write = (patch: Partial<AppSettings>): Promise<void> =>
    attempt(error, async () => {
      settings.value = await api.call('settings.write', patch)
    })

  const measureCache = (): Promise<void> =>
    attempt(cacheError, async () => {
      cache.value = await api.call('cache.measure', {})
    })

  const clearCache = (): Promise<void> =>
    attempt(cacheError, async () => {
      cache.value = await api.call('cache.clear', {})
    })

  return { settings, cache, error, cacheError, locale, theme, load, write, measureCache, clearCache }
})
