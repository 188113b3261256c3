import { computed, type ComputedRef } from 'vue'

import { createFormatter, type Formatter } from '../format.ts'
import { useI18n } from '../i18n.ts'

/** The formatter of the current language; `format.value.bytes(1024)`, in templates `format.bytes(1024)`. */
export function useFormat(): ComputedRef<Formatter> {
  const { locale } = useI18n()
  return computed(() => createFormatter(locale.value))
}
