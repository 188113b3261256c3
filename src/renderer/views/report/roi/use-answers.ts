import { computed, type ComputedRef } from 'vue'

import type { Currency } from '../../../../shared/roi/assumptions.ts'
import { useRoiWords } from '../../../composables/use-roi-words.ts'
import { createFormatter } from '../../../format.ts'
import { useI18n } from '../../../i18n.ts'
import type { AnswerVocabulary } from './answers.ts'

/** What figures of a result are written with, in the page's language. */
export function useAnswers(currency: () => Currency): ComputedRef<AnswerVocabulary> {
  const { t, locale } = useI18n()
  const words = useRoiWords()
  return computed(() => ({ t, words: words.value, format: createFormatter(locale.value, currency()) }))
}
