/** Distribution functions and quantiles used by intervals and tests; float64 throughout. */

/**
 * Standard normal distribution function Φ(x), absolute error below 1e-14.
 * Hart's rational approximation as given by G. West, "Better approximations to cumulative normal functions" (2005).
 */
export function normalCdf(x: number): number {
  const magnitude = Math.abs(x)
  if (magnitude > 37) return x > 0 ? 1 : 0
  const density = Math.exp((-magnitude * magnitude) / 2)
  const tail =
    magnitude < 10 / Math.SQRT2
      ? (density * horner(HART_NUMERATOR, magnitude)) / horner(HART_DENOMINATOR, magnitude)
      : density / Math.sqrt(2 * Math.PI) / continuedFraction(magnitude)
  return x > 0 ? 1 - tail : tail
}

const HART_NUMERATOR = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
] as const
const HART_DENOMINATOR = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
] as const

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)

/** Mills ratio's continued fraction x + 1/(x + 2/(x + 3/(x + …))), cut after four terms. */
const continuedFraction = (x: number): number => x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))

/** Inverse of Φ. @param p in (0, 1) */
export function normalQuantile(p: number): number {
  return invert(normalCdf, p, 40)
}

/**
 * Student-t distribution function for whole degrees of freedom, by the finite trigonometric series
 * (Abramowitz & Stegun 26.7.3 and 26.7.4).
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  const theta = Math.atan(t / Math.sqrt(degreesOfFreedom))
  const sine = Math.sin(theta)
  const cosine = Math.cos(theta)
  const odd = degreesOfFreedom % 2 === 1
  let term = odd ? cosine : 1
  let series = degreesOfFreedom === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k < degreesOfFreedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine
    series += term
  }
  const withinT = odd ? (2 / Math.PI) * (theta + sine * series) : sine * series
  return (1 + withinT) / 2
}

/** Inverse of the Student-t distribution function. @param p in (0, 1) */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  return invert((t) => studentTCdf(t, degreesOfFreedom), p, 1e6)
}

/** Solves cdf(x) = p in [−bound, bound] by bisection down to neighbouring float64 numbers. */
function invert(cdf: (x: number) => number, p: number, bound: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`probability ${p} is not inside (0, 1)`)
  let low = -bound
  let high = bound
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (cdf(middle) < p) low = middle
    else high = middle
  }
}

/**
 * Quantile of ascending values by linear interpolation between order statistics (Hyndman & Fan's type 7, the
 * default of R and NumPy).
 *
 * @param sorted ascending, not empty
 * @param p in [0, 1]
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('a quantile needs at least one value')
  const position = p * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (position - below) * (high - low)
}
