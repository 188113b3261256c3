/** Mounts a component as the page would: stores, language, routes, and the fake api behind it. */
import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import PrimeVue from 'primevue/config'
import type { Component } from 'vue'
import type { Router } from 'vue-router'

import { createI18n } from '../../../src/renderer/i18n.ts'
import { primevueLocales } from '../../../src/renderer/locales/primevue.ts'
import { createAppRouter } from '../../../src/renderer/router.ts'
import type { Locale } from '../../../src/shared/messages/define.ts'
import { type FakeApi, type FakeOptions, installFakeApi } from './fake-api.ts'

export interface MountOptions extends FakeOptions {
  readonly props?: Record<string, unknown>
  readonly slots?: Record<string, string>
  readonly locale?: Locale
  /** Where the page is, as a hash path. */
  readonly at?: string
}

export interface Mounted extends FakeApi {
  readonly wrapper: VueWrapper
  readonly router: Router
}

export async function mountWith(
  component: Component,
  { props = {}, slots = {}, locale = 'ja', at = '/', ...options }: MountOptions = {},
): Promise<Mounted> {
  const fake = installFakeApi({ systemLocale: locale, ...options })
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = createAppRouter()
  await router.push(at)
  const wrapper = mount(component, {
    props,
    slots,
    attachTo: document.body,
    global: {
      plugins: [pinia, createI18n(locale), [PrimeVue, { locale: primevueLocales[locale] }], router],
    },
  })
  return { ...fake, wrapper, router }
}
