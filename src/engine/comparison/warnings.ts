import { formatMessage, type Locale, type MessageParams } from '../../shared/messages/index.ts'
import { comparisonWarnings } from '../../shared/messages/warnings-comparison.ts'
import type { ArmResult, EnvironmentResult, Results } from '../../shared/results.ts'
import type { ScoredArm } from './paired-scores.ts'
import type { QualityResults } from './quality.ts'
import { MIN_DOCUMENTS } from './verdict.ts'

export type Warning = Results['warnings'][number]

/** Other work above this share of the processors may disturb the speed figures. */
const BUSY_LOAD_PER_CORE = 0.15

function warning(code: keyof typeof comparisonWarnings, params: MessageParams, locale: Locale): Warning {
  return { code, params: { ...params }, message: formatMessage(comparisonWarnings[code], locale, params) }
}

/** What weakens these results, the gravest first. */
export function warningsOf(
  facts: {
    readonly environment: EnvironmentResult
    readonly candidates: readonly ScoredArm[]
    readonly quality: QualityResults
    readonly arms: readonly ArmResult[]
    readonly selfCheck: Results['selfCheck']
  },
  locale: Locale,
): Warning[] {
  const { environment, candidates, quality, arms, selfCheck } = facts
  const warnings: Warning[] = []
  const warn = (code: keyof typeof comparisonWarnings, params: MessageParams = {}): void => {
    warnings.push(warning(code, params, locale))
  }
  if (selfCheck.windows === 0) warn('comparison/self-check-missing')
  else if (!selfCheck.passed) {
    warn('comparison/self-check-failed', { difference: selfCheck.maxAbsoluteDifference })
  }
  if (quality.documents < MIN_DOCUMENTS) {
    warn('comparison/few-documents', { documents: quality.documents, required: MIN_DOCUMENTS })
  }
  for (const { facts: arm, sharesTokenizer } of candidates) {
    if (!sharesTokenizer) warn('comparison/tokenizer-differs', { candidate: arm.id })
  }
  for (const candidate of quality.undecidedByCorrection) {
    warn('comparison/several-candidates', { candidate, candidates: candidates.length })
  }
  const { providerRequested: requested, providerUsed: used, loadPerCore, onBattery } = environment
  if (requested !== used) warn('comparison/other-provider', { requested, used })
  for (const { id: arm, speed } of arms) {
    const contexts = speed.filter(({ unstable }) => unstable).map(({ context }) => context)
    if (contexts.length > 0) warn('comparison/unstable-speed', { arm, contexts: contexts.join(', ') })
  }
  if (loadPerCore !== null && loadPerCore > BUSY_LOAD_PER_CORE) {
    warn('comparison/machine-busy', { percent: Math.round(loadPerCore * 100) })
  }
  if (onBattery === true) warn('comparison/on-battery')
  return warnings
}
