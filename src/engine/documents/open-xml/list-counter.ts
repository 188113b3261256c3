import { formatNumber } from './number-formats.ts'

/** Levels of a list. */
export const LEVELS = 9

/** One level of a list, as far as its numbers go (ISO/IEC 29500-1 §17.9.6). */
export interface NumberedLevel {
  readonly start: number
  /** A value of ST_NumberFormat. */
  readonly format: string
  /** Digits to fill up to with zeros in a format of one's own, `001, 002, 003, ...`; else 0. */
  readonly zeroPadding: number
  /** With %1 to %9 for the numbers of the levels. */
  readonly text: string
  /** How many of the levels above make this one start again. */
  readonly restartAfter: number | undefined
  /** Whether the numbers of all levels are shown as decimal numbers. */
  readonly isLegal: boolean
  readonly startOverride: number | undefined
}

/** Counts the paragraphs of lists (ISO/IEC 29500-1 §17.9). */
export class ListCounter {
  /** For each list the last number of each level; lists of the same definition count on. */
  readonly #counters = new Map<string, (number | undefined)[]>()
  readonly #started = new Set<string>()

  /**
   * Counts a paragraph. @returns its number as the level shows it
   *
   * @param definition paragraphs of one definition count on together
   * @param instance overriding starts count once for each
   */
  next(definition: string, instance: string, levels: readonly NumberedLevel[], position: number): string {
    const numbers = this.#count(definition, instance, levels, position)
    const level = levels[position]
    return level === undefined ? '' : numberText(level, levels, numbers)
  }

  #count(
    definition: string,
    instance: string,
    levels: readonly NumberedLevel[],
    position: number,
  ): readonly (number | undefined)[] {
    const numbers = this.#counters.get(definition) ?? new Array<number | undefined>(LEVELS).fill(undefined)
    this.#counters.set(definition, numbers)
    for (const [index, { startOverride }] of levels.entries()) {
      // An overriding start counts once, where the list is used for the first time at that level.
      if (startOverride === undefined || index > position || this.#started.has(`${instance}/${index}`))
        continue
      this.#started.add(`${instance}/${index}`)
      numbers[index] = undefined
    }
    const last = numbers[position]
    numbers[position] = last === undefined ? (levels[position]?.start ?? 0) : last + 1
    for (let deeper = position + 1; deeper < LEVELS; deeper++) {
      const after = levels[deeper]?.restartAfter ?? deeper
      if (position < after) numbers[deeper] = undefined
    }
    return numbers
  }
}

/** The level's text with %1 to %9 replaced by the numbers of the levels. */
function numberText(
  level: NumberedLevel,
  levels: readonly NumberedLevel[],
  numbers: readonly (number | undefined)[],
): string {
  return level.text.replaceAll(/%([1-9])/g, (_, digit: string) => {
    const index = Number(digit) - 1
    const shown = levels[index]
    if (shown === undefined) return ''
    const number = numbers[index] ?? shown.start
    if (shown.zeroPadding > 0) return String(number).padStart(shown.zeroPadding, '0')
    return formatNumber(number, level.isLegal && shown.format !== 'none' ? 'decimal' : shown.format)
  })
}
