import { AppError } from '../../shared/errors.ts'
import type { DocumentScores } from '../metrics/index.ts'
import type { FinishedUnit } from '../runs/index.ts'
import { type ArmFacts, type AssembleInput, unitsOf } from './facts.ts'

/** One arm with its scores of every document, in the order of the run's documents. */
export interface ScoredArm {
  readonly facts: ArmFacts
  readonly documents: readonly DocumentScores[]
  /** Whether per-token figures compare with the baseline's. */
  readonly sharesTokenizer: boolean
}

export interface PairedArms {
  readonly baseline: ScoredArm
  readonly candidates: readonly ScoredArm[]
}

/**
 * Groups the quality samples by arm and document, and makes sure that they pair: every arm scored the same documents,
 * and arms of one tokenizer scored the same tokens.
 *
 * @throws AppError comparison/not-paired, comparison/not-finite, comparison/nothing-scored
 */
export function pairArms({
  arms,
  documents,
  samples,
}: Pick<AssembleInput, 'arms' | 'documents' | 'samples'>): PairedArms {
  const [baselineFacts, ...others] = arms.filter(({ role }) => role === 'baseline')
  if (baselineFacts === undefined || others.length > 0) throw new RangeError('a comparison has one baseline')
  const units = unitsOf(samples, 'quality')
  const scored = (facts: ArmFacts): ScoredArm => ({
    facts,
    documents: scoresOf(facts.id, documents, units),
    sharesTokenizer: facts.tokenizerSha256 === baselineFacts.tokenizerSha256,
  })
  const baseline = scored(baselineFacts)
  const candidates = arms.filter(({ role }) => role === 'candidate').map(scored)
  for (const candidate of candidates) requirePairs(baseline, candidate)
  return { baseline, candidates }
}

function scoresOf(
  arm: string,
  documents: AssembleInput['documents'],
  units: readonly FinishedUnit<'quality'>[],
): DocumentScores[] {
  const byDocument = Map.groupBy(
    units.filter(({ unit }) => unit.arm === arm),
    ({ unit }) => unit.document,
  )
  const scores = documents.map(({ name, scoredBytes }): DocumentScores => {
    const windows = (byDocument.get(name) ?? []).toSorted((a, b) => a.unit.window - b.unit.window)
    for (const { samples } of windows) {
      if (!samples.logProbs.every(Number.isFinite))
        throw new AppError('comparison/not-finite', { arm, document: name })
    }
    return {
      document: name,
      bytes: bytesOf(scoredBytes, arm, name),
      windows: windows.map(({ samples: { firstPosition, logProbs, pair } }) =>
        pair === null ? { firstPosition, logProbs } : { firstPosition, logProbs, pair },
      ),
    }
  })
  const hasTokens = scores.some(({ windows }) => windows.some(({ logProbs }) => logProbs.length > 0))
  if (!hasTokens) throw new AppError('comparison/nothing-scored', { arm })
  return scores
}

function bytesOf(scoredBytes: Readonly<Record<string, number>>, arm: string, document: string): number {
  const bytes = scoredBytes[arm]
  if (bytes === undefined) throw new RangeError(`no scored bytes of ${document} for arm ${arm}`)
  return bytes
}

function requirePairs(baseline: ScoredArm, candidate: ScoredArm): void {
  for (const [index, expected] of baseline.documents.entries()) {
    const found = candidate.documents[index]!
    const refuse = (reason: string): never => {
      throw new AppError('comparison/not-paired', {
        arm: candidate.facts.id,
        document: expected.document,
        reason,
      })
    }
    if (candidate.sharesTokenizer) {
      const [wanted, had] = [tokenRanges(expected), tokenRanges(found)]
      if (wanted !== had) refuse(`${had} ≠ ${wanted}`)
    } else if ((found.windows.length === 0) !== (expected.windows.length === 0)) {
      refuse(`${found.windows.length} ≠ ${expected.windows.length} windows`)
    }
  }
}

/** Which tokens were scored, as "1–256 257–300". */
const tokenRanges = ({ windows }: DocumentScores): string =>
  windows
    .map(({ firstPosition, logProbs }) => `${firstPosition}–${firstPosition + logProbs.length - 1}`)
    .join(' ')
