import type { Results } from '../../../shared/results.ts'
import { candidatesOf, decidingComparison, metricLabel, slowerContexts, verdictLabel } from '../figures.ts'
import type { Words } from '../words.ts'
import type { Risk, State } from './risk.ts'

/** The worst of several. */
const worst = (states: readonly State[]): State =>
  states.includes('act') ? 'act' : states.includes('check') ? 'check' : 'clear'

/** What the run itself shows. */
export function runRisks(results: Results, words: Words): Risk[] {
  const { corpus, selfCheck, warnings } = results
  const candidates = candidatesOf(results).map(({ id }) => id)
  const confounded = warnings
    .filter(({ code }) => code === 'poc/heads-and-sizes-differ')
    .map(({ params }) => String(params['candidate']))
  const unstable = results.arms
    .map(({ id: arm, speed }) => ({
      arm,
      contexts: speed.filter((entry) => entry.unstable).map(({ context }) => words.count(context)),
    }))
    .filter(({ contexts }) => contexts.length > 0)
  const slower = candidates
    .map((candidate) => ({ candidate, contexts: slowerContexts(results, candidate).map(words.count) }))
    .filter(({ contexts }) => contexts.length > 0)
  return [
    {
      key: 'quality',
      state: worst(
        candidates.map((candidate) => {
          const verdict = decidingComparison(results, candidate)?.verdict
          return verdict === 'kept' ? 'clear' : verdict === 'worse' ? 'act' : 'check'
        }),
      ),
      evidence: candidates.map((candidate) => qualityEvidence(results, candidate, words)).join('\n'),
    },
    {
      key: 'sample',
      state: candidates.some(
        (candidate) => decidingComparison(results, candidate)?.verdict === 'insufficient-data',
      )
        ? 'act'
        : 'check',
      evidence: words('risk.sample.evidence', {
        documents: words.count(corpus.documents),
        tokens: words.count(corpus.tokens),
      }),
    },
    {
      key: 'confounder',
      state: 'check',
      evidence:
        confounded.length > 0
          ? words('risk.confounder.evidence', { candidates: confounded.join(', ') })
          : words('risk.confounder.clear'),
    },
    {
      key: 'selfCheck',
      state: selfCheck.windows === 0 ? 'check' : selfCheck.passed ? 'clear' : 'act',
      evidence: selfCheckText(results, words),
    },
    {
      key: 'speed',
      state: slower.length > 0 ? 'act' : 'clear',
      evidence:
        slower.length > 0
          ? slower
              .map(({ candidate, contexts }) =>
                words('risk.speed.slower', { candidate, contexts: contexts.join(', ') }),
              )
              .join('\n')
          : words('risk.speed.clear'),
    },
    {
      key: 'timing',
      state: unstable.length > 0 ? 'act' : 'clear',
      evidence:
        unstable.length > 0
          ? unstable
              .map(({ arm, contexts }) =>
                words('risk.timing.evidence', { arm, contexts: contexts.join(', ') }),
              )
              .join('\n')
          : words('risk.timing.clear'),
    },
  ]
}

function qualityEvidence(results: Results, candidate: string, words: Words): string {
  const comparison = decidingComparison(results, candidate)
  if (comparison === undefined) return words('risk.quality.none', { candidate })
  const { verdict, metric, relative, margin } = comparison
  return words('risk.quality.evidence', {
    candidate,
    verdict: verdictLabel(verdict, words),
    metric: metricLabel(metric, words),
    relative: words.signedPercent(relative.value),
    low: words.signedPercent(relative.ci95?.[0] ?? null),
    high: words.signedPercent(relative.ci95?.[1] ?? null),
    margin: margin === null ? 'n/a' : words.percent(margin),
  })
}

export function selfCheckText({ selfCheck }: Results, words: Words): string {
  const { windows, passed, maxAbsoluteDifference: difference } = selfCheck
  if (windows === 0) return words('selfCheck.skipped')
  return passed ? words('selfCheck.passed', { windows }) : words('selfCheck.failed', { windows, difference })
}
