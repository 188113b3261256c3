/** Present values and rates of return of yearly cash flows, as textbooks define them. */

/** Σ flows[i] / (1 + rate)^(i + 1): the first flow comes at the end of the first period. @param rate > −1 */
export function presentValue(rate: number, flows: readonly number[]): number {
  return flows.reduce((total, flow, index) => total + flow / (1 + rate) ** (index + 1), 0)
}

/** How many times the flows change their sign, zeros left out. */
export function signChanges(flows: readonly number[]): number {
  const signs = flows.filter((flow) => flow !== 0).map(Math.sign)
  return signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length
}

/** Of log(1 + rate): beyond it the powers of ten years overflow. */
const LARGEST_LOG = 60

/**
 * The rate at which flows[0] + presentValue(rate, flows[1…]) = 0, or null unless the sign changes exactly once, which
 * makes the rate unique (Descartes' rule of signs), or where 1 + rate is not between e^−60 and e^60. Found by bisection
 * of log(1 + rate) to the last bit.
 */
export function internalRateOfReturn(flows: readonly number[]): number | null {
  if (signChanges(flows) !== 1) return null
  const signAt = (log: number): number =>
    Math.sign(flows.reduce((total, flow, index) => total + flow * Math.exp(-log * index), 0))
  let [low, high] = [-LARGEST_LOG, LARGEST_LOG]
  const lowSign = signAt(low)
  if (lowSign === signAt(high)) return null
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return Math.expm1(middle)
    if (signAt(middle) === lowSign) low = middle
    else high = middle
  }
}
