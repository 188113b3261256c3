/**
 * Two-sided exact sign test: the probability, were both outcomes equally likely, of a split at least as uneven.
 * Ties are left out by the caller.
 */
export function signTest(wins: number, losses: number): number {
  return Math.min(1, 2 * lowerTailOfFairCoin(Math.min(wins, losses), wins + losses))
}

/**
 * Exact McNemar test of two classifiers on the same items, two-sided: the sign test on the items that only one of
 * them got right.
 */
export function mcNemarExact(onlyBaselineRight: number, onlyCandidateRight: number): number {
  return signTest(onlyBaselineRight, onlyCandidateRight)
}

/** P(X ≤ k) for X ~ Binomial(n, ½), in logarithms so that n may be large. */
function lowerTailOfFairCoin(k: number, n: number): number {
  let logTerm = -n * Math.LN2
  let sum = 0
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log((n - i) / (i + 1))
  }
  return sum
}
