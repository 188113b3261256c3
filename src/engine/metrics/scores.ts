/**
 * How far two arms agree over one window, per scored token; all arrays have the length of `logProbs`.
 */
export interface PairScores {
  /** KL(baseline ‖ candidate) of the next-token distributions, nats. */
  readonly kl: ArrayLike<number>
  /** 1 where both arms' most probable token is the same, else 0. */
  readonly sameTop1: ArrayLike<number>
  /** Probability that the baseline gives to the true token. */
  readonly pBase: ArrayLike<number>
  /** Probability that the candidate gives to the true token. */
  readonly pCand: ArrayLike<number>
}

/** What one arm gave for the tokens that one window scores. */
export interface WindowScores {
  /** Token position inside the document of the first scored token. */
  readonly firstPosition: number
  /** Natural log-probability of each true token. */
  readonly logProbs: ArrayLike<number>
  /** Against the baseline; absent where no comparison was made. */
  readonly pair?: PairScores
}

/** All windows of one document, in order; each token is scored by one window at most. */
export interface DocumentScores {
  readonly document: string
  /** UTF-8 bytes of the text whose tokens are scored. */
  readonly bytes: number
  readonly windows: readonly WindowScores[]
}
