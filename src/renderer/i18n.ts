import { computed, type ComputedRef, inject, type InjectionKey, provide } from 'vue'
import { createI18n as createVueI18n, useI18n as useVueI18n } from 'vue-i18n'

import type { Locale } from '../shared/messages/define.ts'
import { type MessageKey, messages } from './locales/index.ts'

const catalogue = (locale: Locale): Record<string, string> =>
  Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, message[locale]]))

export function createI18n(locale: Locale) {
  return createVueI18n({
    legacy: false,
    locale,
    fallbackLocale: 'en',
    messages: { ja: catalogue('ja'), en: catalogue('en') },
    // Keys are flat; their dots are part of the name.
    messageResolver: (catalogued, key) => (catalogued as Record<string, string>)[key] ?? null,
  })
}

/** A system's language tag as one of ours. */
export const localeOf = (tag: string): Locale => (tag.toLowerCase().startsWith('ja') ? 'ja' : 'en')

/** The text of a key in the reader's language, with `{name}` filled in. */
export type Translate = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string

const OWN_LOCALE: InjectionKey<() => Locale> = Symbol('own locale')

/** Has the components below speak another language than the page, such as a report's. */
export const provideLocale = (locale: () => Locale): void => provide(OWN_LOCALE, locale)

/** Translation for a component's setup. Keys are checked by the compiler. */
export function useI18n(): { readonly t: Translate; readonly locale: ComputedRef<Locale> } {
  const { t, locale: ofPage } = useVueI18n()
  const own = inject(OWN_LOCALE, () => ofPage.value as Locale, false)
  const locale = computed(own)
  return { t: (key, params = {}) => t(key, params, { locale: locale.value }), locale }
}
