import type { Progress } from '../shared/job.ts'
import type { Locale } from '../shared/messages/index.ts'
import { defineMessages, formatMessage } from '../shared/messages/index.ts'

const words = defineMessages({
  documents: { ja: '文書の読み取り', en: 'Reading documents' },
  tokenize: { ja: 'トークン化', en: 'Tokenizing' },
  'load-model': { ja: 'モデルの読み込み', en: 'Loading model' },
  compile: { ja: 'グラフの作成', en: 'Building graph' },
  score: { ja: '採点', en: 'Scoring' },
  measure: { ja: '速度の測定', en: 'Measuring speed' },
  generate: { ja: '生成', en: 'Generating' },
  calibrate: { ja: '統計の収集', en: 'Calibrating' },
  convert: { ja: '変換', en: 'Converting' },
  train: { ja: '学習', en: 'Training' },
  evaluate: { ja: '評価', en: 'Evaluating' },
  report: { ja: '報告書', en: 'Report' },
  eta: { ja: '残り {time}', en: '{time} left' },
})

const BAR = 24

/** "3:07" or "1:02:03". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const pad = (value: number): string => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}

/** One progress event as a line of text without colour. */
export function progressText(progress: Progress, locale: Locale): string {
  const filled = Math.round(progress.fraction * BAR)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled)
  const name = [words[progress.kind][locale], progress.label].filter((part) => part !== undefined).join(' ')
  const figures = Object.entries(progress.figures ?? {}).map(
    ([key, value]) => `${key} ${value.toPrecision(4)}`,
  )
  const eta =
    progress.etaSeconds === null
      ? []
      : [formatMessage(words.eta, locale, { time: clock(progress.etaSeconds) })]
  return [name, bar, `${progress.done}/${progress.total}`, ...figures, ...eta].join('  ')
}

/** Draws the latest progress on one line of a terminal; writes nothing where stderr is not one. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream
  readonly #locale: Locale
  #drawn = false
  #lastDraw = 0

  constructor(stream: NodeJS.WriteStream, locale: Locale) {
    this.#stream = stream
    this.#locale = locale
  }

  show(progress: Progress): void {
    if (!this.#stream.isTTY) return
    const now = performance.now()
    if (progress.fraction < 1 && now - this.#lastDraw < 100) return
    this.#lastDraw = now
    this.#stream.write(
      `\r\u001b[2K${progressText(progress, this.#locale).slice(0, this.#stream.columns - 1)}`,
    )
    this.#drawn = true
  }

  /** Clears the line, so that other words can be written. */
  clear(): void {
    if (this.#drawn) this.#stream.write('\r\u001b[2K')
    this.#drawn = false
  }
}
