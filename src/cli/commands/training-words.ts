import type { MeasuredLoss } from '../../engine/index.ts'
import type { AppError } from '../../shared/errors.ts'
import { defineMessages, formatMessage, type Locale } from '../../shared/messages/index.ts'
import type { OptionSpec, Terminal } from '../command.ts'
import { tellUnknownExclusions } from '../corpus-options.ts'

const trainingWords = defineMessages({
  loss: { ja: 'nll {nll}（{bits} ビット/バイト）', en: 'nll {nll} ({bits} bits/byte)' },
  skipped: { ja: '読み飛ばし  {name}: {reason}', en: 'Skipped  {name}: {reason}' },
  written: {
    ja: '{steps} ステップ（{tokens} トークン、{seconds} 秒）で学習しました: {folder}',
    en: 'Trained for {steps} steps ({tokens} tokens, {seconds} s): {folder}',
  },
  stopped: {
    ja: '検証用の損失が下がらなくなったため、早めに止めました。',
    en: 'Stopped early: the validation loss no longer fell.',
  },
})

/** A loss with its bits per byte. */
export const lossText = ({ nll, bitsPerByte }: MeasuredLoss, locale: Locale): string =>
  formatMessage(trainingWords.loss, locale, { nll: nll.toFixed(4), bits: bitsPerByte.toFixed(4) })

/** Names the files that were not used, with the reason, and what was to be left out and is not there. */
export function tellLeftOut(
  {
    skipped,
    unknownExclusions,
  }: {
    readonly skipped: readonly { readonly name: string; readonly error: AppError }[]
    readonly unknownExclusions: readonly string[]
  },
  terminal: Terminal,
): void {
  const { locale } = terminal
  tellUnknownExclusions(unknownExclusions, terminal)
  for (const { name, error } of skipped) {
    terminal.tell(formatMessage(trainingWords.skipped, locale, { name, reason: error.localized(locale) }))
  }
}

/** Tells where a trained model is and what its training took. */
export function tellTrained(
  report: {
    readonly folder: string
    readonly steps: number
    readonly tokens: number
    readonly seconds: number
    readonly stoppedEarly: boolean
  },
  { locale, tell }: Terminal,
): void {
  const { steps, tokens, seconds, folder, stoppedEarly } = report
  tell(formatMessage(trainingWords.written, locale, { steps, tokens, seconds: Math.round(seconds), folder }))
  if (stoppedEarly) tell(trainingWords.stopped[locale])
}

/** Options that every training command has. */
export const TRAINING_OPTIONS = {
  work: {
    kind: 'value',
    placeholder: 'DIR',
    summary: {
      ja: 'チェックポイントの場所。同じ場所でもう一度実行すると続きから始まる（既定: --out の隣）',
      en: 'where checkpoints are kept; run again with the same one to resume (default: beside --out)',
    },
  },
  steps: {
    kind: 'value',
    placeholder: 'N',
    summary: {
      ja: '学習のステップ数（1 ステップ約 4,096 トークン）',
      en: 'training steps of about 4,096 tokens',
    },
  },
  window: {
    kind: 'value',
    placeholder: 'N',
    summary: { ja: '学習の窓の長さ（トークン）', en: 'tokens in a training window' },
  },
  'learning-rate': {
    kind: 'value',
    placeholder: 'R',
    summary: { ja: '学習率の最大値', en: 'peak learning rate' },
  },
  patience: {
    kind: 'value',
    placeholder: 'N',
    summary: {
      ja: '検証用の損失がこの回数下がらなければ止める（既定: 止めない）',
      en: 'stop after this many validations without a better loss (default: never)',
    },
  },
} as const satisfies Record<string, OptionSpec>
