/** One generation, timed at the engine. */
export interface Latency {
  /** Handing over the token ids → first new token. */
  readonly ttftMs: number
  /** Between consecutive new tokens; one fewer than new tokens. */
  readonly gapsMs: Float64Array
}

/**
 * Splits time stamps into time to first token and gaps.
 *
 * @param startMs when the token ids were handed over
 * @param tokenMs when each new token was there, ascending, at least one
 */
export function latencyOf(startMs: number, tokenMs: readonly number[]): Latency {
  const [first, ...rest] = tokenMs
  if (first === undefined) throw new RangeError('a latency needs at least one new token')
  let previous = first
  const gapsMs = Float64Array.from(rest, (time) => {
    const gap = time - previous
    previous = time
    return gap
  })
  return { ttftMs: first - startMs, gapsMs }
}

/** TPOT = (end − first token) / (new tokens − 1), ms; null when only one token was made. */
export function tpotMs({ gapsMs }: Pick<Latency, 'gapsMs'>): number | null {
  return gapsMs.length === 0 ? null : gapsMs.reduce((sum, gap) => sum + gap, 0) / gapsMs.length
}

export interface WarmUp {
  /** What each warm-up repetition took, ms. */
  readonly repetitionsMs: readonly number[]
  /** Whether two consecutive repetitions differed by less than the tolerance. */
  readonly settled: boolean
}

/**
 * Repeats until two consecutive repetitions differ by less than 5 % of the slower one, 10 times at most (method §7).
 *
 * @param repeat runs once and gives its duration in ms
 */
export async function warmUp(
  repeat: () => Promise<number>,
  { tolerance = 0.05, most = 10 }: { readonly tolerance?: number; readonly most?: number } = {},
): Promise<WarmUp> {
  const repetitionsMs: number[] = []
  let previous: number | undefined
  while (repetitionsMs.length < most) {
    const current = await repeat()
    repetitionsMs.push(current)
    if (previous !== undefined && Math.abs(current - previous) < tolerance * Math.max(current, previous)) {
      return { repetitionsMs, settled: true }
    }
    previous = current
  }
  return { repetitionsMs, settled: false }
}

export interface ScheduledRepetition<Arm> {
  readonly arm: Arm
  readonly repetition: number
}

/**
 * The order of measurement: A B B A A B …, each repetition reversing the one before, so that drift of clocks and
 * temperature falls on all arms alike. Repetition i of one arm is the partner of repetition i of every other.
 */
export function interleave<Arm>(arms: readonly Arm[], repetitions: number): ScheduledRepetition<Arm>[] {
  return Array.from({ length: repetitions }, (_, repetition) =>
    (repetition % 2 === 0 ? arms : arms.toReversed()).map((arm) => ({ arm, repetition })),
  ).flat()
}
