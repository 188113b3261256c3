/** From values to places on paper, with the values at which the axis is marked. */
export interface Scale {
  readonly ticks: readonly number[]
  place(value: number): number
}

type Range = readonly [from: number, to: number]

/** Steps of 1, 2 or 5 times a power of ten. @returns the smallest of them that gives at most `count` steps */
function niceStep(extent: number, count: number): number {
  const power = 10 ** Math.floor(Math.log10(extent / count))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power * count >= extent * (1 - 1e-9)) ?? 10
  return factor * power
}

/** A linear scale whose ends are ticks. @param count about how many steps it has */
export function linearScale(values: readonly number[], range: Range, count: number): Scale {
  let [low, high] = extentOf(values)
  if (low === high) [low, high] = low === 0 ? [0, 1] : [Math.min(low, 0), Math.max(high, 0)]
  const step = niceStep(high - low, count)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  // Through whole multiples and a rounding to 12 digits: no 0.30000000000000004 on an axis.
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
  return { ticks, place: between([first * step, last * step], range) }
}

/** A logarithmic scale of positive values, with a little room at both ends. */
export function logScale(values: readonly number[], range: Range): Scale {
  const positive = values.filter((value) => value > 0)
  const [low, high] = positive.length === 0 ? [1, 10] : extentOf(positive)
  const [from, to] = low === high ? [low / 2, high * 2] : [low / 1.15, high * 1.15]
  const place = between([Math.log(from), Math.log(to)], range)
  return { ticks: logTicks(from, to), place: (value) => place(Math.log(value)) }
}

/** Up to this many different values are marked themselves: those at which something was measured. */
const MOST_OWN_TICKS = 8

/** The scale with its values for ticks, where there are few of them. */
export function markedAtValues(scale: Scale, values: readonly number[]): Scale {
  const own = [...new Set(values)].filter((value) => value > 0).toSorted((a, b) => a - b)
  return own.length <= MOST_OWN_TICKS ? { ...scale, ticks: own } : scale
}

/** Fewer do not show that an axis is logarithmic. */
const FEWEST_LOG_TICKS = 3
const STEPS_WITHIN_A_DECADE = 6

/** 1, 2 and 5 times powers of ten; powers alone over more than three decades; equal steps within less than one. */
function logTicks(from: number, to: number): readonly number[] {
  const factors = to / from > 1000 ? [1] : [1, 2, 5]
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) {
    for (const factor of factors) ticks.push(Number((factor * 10 ** power).toPrecision(12)))
  }
  const within = (tick: number): boolean => tick >= from && tick <= to
  const shown = ticks.filter(within)
  return shown.length >= FEWEST_LOG_TICKS
    ? shown
    : linearScale([from, to], [0, 1], STEPS_WITHIN_A_DECADE).ticks.filter(within)
}

function extentOf(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low > high ? [0, 1] : [low, high]
}

const between =
  ([low, high]: Range, [from, to]: Range) =>
  (value: number): number =>
    from + ((value - low) / (high - low)) * (to - from)
