import type { Progress } from '../shared/job.ts'
import type { Locale } from '../shared/messages/index.ts'
import { defineMessages, formatMessage } from '../shared/messages/index.ts'
import { progressWords } from '../shared/messages/progress.ts'

const words = defineMessages({
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

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** "512 B", "12.3 MiB" or "345 MiB". */
export function byteSize(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(1, bytes)) / 10), BYTE_UNITS.length - 1)
  const size = bytes / 2 ** (10 * power)
  return `${size.toFixed(power === 0 || size >= 100 ? 0 : 1)} ${BYTE_UNITS[power]}`
}

const countText = ({ done, total, unit }: Progress): string =>
  unit === 'bytes' ? `${byteSize(done)} / ${byteSize(total)}` : `${done}/${total}`

/** One progress event as a line of text without colour. */
export function progressText(progress: Progress, locale: Locale): string {
  const filled = Math.round(progress.fraction * BAR)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled)
  const name = [progressWords[progress.kind][locale], progress.label]
    .filter((part) => part !== undefined)
    .join(' ')
  const figures = Object.entries(progress.figures ?? {}).map(
    ([key, value]) => `${key} ${value.toPrecision(4)}`,
  )
  const eta =
    progress.etaSeconds === null || progress.fraction === 1
      ? []
      : [formatMessage(words.eta, locale, { time: clock(progress.etaSeconds) })]
  return [name, bar, countText(progress), ...figures, ...eta].join('  ')
}

/** Between two lines of one piece of work where there is no terminal. */
const LOG_EVERY_MS = 30_000
/** Work that took less than this is not worth a line that says it is done. */
const LOG_END_AFTER_MS = 5_000
const DRAW_EVERY_MS = 100

/** A piece of work: when it began and when it was last shown. */
interface Shown {
  readonly kind: Progress['kind']
  readonly label: string | undefined
  readonly since: number
  at: number
}

/**
 * Shows the latest progress: redrawn on one line of a terminal; elsewhere (a log file, CI) a plain line every half
 * minute and at the end of longer work, so that a long run is not silent and a short one says only its result.
 */
export class ProgressLine {
  readonly #stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>
  readonly #locale: Locale
  readonly #now: () => number
  #drawn = false
  #shown: Shown | undefined

  constructor(
    stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
    locale: Locale,
    now: () => number = () => performance.now(),
  ) {
    this.#stream = stream
    this.#locale = locale
    this.#now = now
  }

  show(progress: Progress): void {
    const { kind, label, fraction } = progress
    const now = this.#now()
    const isNew = this.#shown?.kind !== kind || this.#shown.label !== label
    const shown = isNew || this.#shown === undefined ? { kind, label, since: now, at: now } : this.#shown
    this.#shown = shown
    if (this.#stream.isTTY) {
      if (isNew || fraction === 1 || now - shown.at >= DRAW_EVERY_MS) this.#draw(progress, shown, now)
      return
    }
    const isEndOfLong = fraction === 1 && now - shown.since >= LOG_END_AFTER_MS
    if (!isEndOfLong && now - shown.at < LOG_EVERY_MS) return
    shown.at = now
    this.#stream.write(`${progressText(progress, this.#locale)}\n`)
  }

  #draw(progress: Progress, shown: Shown, now: number): void {
    shown.at = now
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
