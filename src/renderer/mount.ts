import './theme/tokens.css'
import './theme/base.css'
import './theme/fields.css'

import { createPinia } from 'pinia'
import PrimeVue from 'primevue/config'
import { createApp, watch } from 'vue'
import { z } from 'zod'

import { type Api, installApi } from './api.ts'
import App from './app.vue'
import { followTheme } from './composables/theme.ts'
import { createI18n } from './i18n.ts'
import { primevueLocales } from './locales/primevue.ts'
import { createAppRouter } from './router.ts'
import { useJobsStore } from './stores/jobs.ts'
import { useSessionStore } from './stores/session.ts'
import { useSettingsStore } from './stores/settings.ts'
import { preset } from './theme/preset.ts'

/** The page's own nonce, under which it may add style sheets. */
const nonce = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? ''

/** Starts the page over an api. */
export function mountApp(api: Api): void {
  // Compiling schemas needs eval, which the page's policy forbids; asking for it would be reported each time.
  z.config({ jitless: true })
  installApi(api)

  const app = createApp(App)
  const pinia = createPinia()
  app.use(pinia)
  const session = useSessionStore(pinia)
  const settings = useSettingsStore(pinia)

  const i18n = createI18n(settings.locale)
  app.use(i18n)
  app.use(PrimeVue, {
    csp: { nonce },
    locale: primevueLocales[settings.locale],
    ripple: false,
    theme: { preset, options: { darkModeSelector: '.dark', cssLayer: false } },
  })
  const router = createAppRouter()
  // A view whose chunk is out of reach.
  router.onError(session.report)
  app.use(router)

  watch(
    () => settings.locale,
    (locale) => {
      i18n.global.locale.value = locale
      app.config.globalProperties.$primevue.config.locale = primevueLocales[locale]
      document.documentElement.lang = locale
    },
    { immediate: true },
  )
  followTheme(() => settings.theme)

  app.config.errorHandler = session.report
  addEventListener('error', ({ error }) => {
    if (error instanceof Error) session.report(error)
  })
  addEventListener('unhandledrejection', ({ reason }) => session.report(reason))
  // A file that misses its target must not replace the page.
  for (const kind of ['dragover', 'drop'] as const) addEventListener(kind, (event) => event.preventDefault())

  void session.start()
  void settings.load()
  useJobsStore(pinia).start()
  app.mount('#app')
}
