import type { Tone } from '../../../../shared/report-model.ts'
import type { NoAnswer, RoiCase, RoiResult } from '../../../../shared/roi/result.ts'
import type { Provenance } from '../../../../shared/results.ts'
import type { RoiWords } from '../../../composables/use-roi-words.ts'
import type { Formatter } from '../../../format.ts'
import type { Translate } from '../../../i18n.ts'

export const METRICS = ['npv', 'irr', 'payback', 'discountedPayback', 'roi', 'savings', 'co2SavedKg'] as const
export type Metric = (typeof METRICS)[number]

/** What answers are written with. */
export interface AnswerVocabulary {
  readonly t: Translate
  readonly words: RoiWords
  /** Of the result's currency. */
  readonly format: Formatter
}

export interface Answer {
  readonly text: string
  /** Good or bad where a figure says so by itself. */
  readonly tone: Tone | null
  readonly isNumber: boolean
}

/** One figure of a case, or in words why there is none. */
export function answer(metric: Metric, { noAnswers, ...of }: RoiCase, vocabulary: AnswerVocabulary): Answer {
  const value = of[metric]
  if (value !== null) {
    return { text: written(metric, value, vocabulary), tone: toneOf(metric, value), isNumber: true }
  }
  // Savings and CO₂ fail for want of an arm that can serve, as the present value does.
  const reason = noAnswers[metric === 'savings' || metric === 'co2SavedKg' ? 'npv' : metric]
  return {
    text: reason === null ? vocabulary.t('common.unavailable') : vocabulary.words.say(`noAnswer.${reason}`),
    tone: toneOfReason(reason),
    isNumber: false,
  }
}

function written(metric: Metric, value: number, { t, format }: AnswerVocabulary): string {
  switch (metric) {
    case 'npv':
    case 'savings':
      return format.money(value)
    case 'irr':
    case 'roi':
      return format.percent(value)
    case 'payback':
    case 'discountedPayback':
      return format.years(value)
    case 'co2SavedKg':
      return t('roi.kg', { value: format.integer(value) })
  }
}

function toneOf(metric: Metric, value: number): Tone | null {
  if (metric === 'payback' || metric === 'discountedPayback') return null
  // Neither is what is written as 0.
  const shown = metric === 'irr' || metric === 'roi' ? value : Math.round(value)
  return shown === 0 ? null : shown > 0 ? 'good' : 'bad'
}

const toneOfReason = (reason: NoAnswer | null): Tone =>
  reason === 'never' || reason === 'cannot-serve' ? 'bad' : 'muted'

/** Every amount rests on assumptions; beyond the measured lengths it is extrapolated, too. */
export const amountProvenance = ({ provenance }: RoiResult): Provenance =>
  provenance.lengths === 'extrapolated' ? 'extrapolated' : 'estimated'
