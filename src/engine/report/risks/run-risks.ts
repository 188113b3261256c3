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
  const unstable = unstableContexts(results, words)
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
    speedRisk(results, words),
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

/** Arms of which timings are unstable, and at which context lengths. */
export const unstableContexts = (
  { arms }: Results,
  words: Words,
): readonly { readonly arm: string; readonly contexts: readonly string[] }[] =>
  arms
    .map(({ id: arm, speed }) => ({
      arm,
      contexts: speed.filter((entry) => entry.unstable).map(({ context }) => words.count(context)),
    }))
    .filter(({ contexts }) => contexts.length > 0)

const TIMES = ['ttftMs', 'tpotMs'] as const

/** Surely slower somewhere, slower by the mean, not known, or faster wherever it was measured. */
function speedRisk(results: Results, words: Words): Risk {
  const lines = candidatesOf(results).flatMap(({ id: candidate }): { state: State; text: string }[] => {
    const contexts = slowerContexts(results, candidate).map(words.count)
    if (contexts.length > 0)
      return [
        { state: 'act', text: words('risk.speed.slower', { candidate, contexts: contexts.join(', ') }) },
      ]
    const timed = results.comparisons.filter(
      ({ candidate: of, metric, relative }) =>
        of === candidate && TIMES.some((time) => metric.startsWith(`${time}@`)) && relative.value !== null,
    )
    if (timed.length === 0) return [{ state: 'check', text: words('risk.speed.unknown', { candidate }) }]
    const longer = timed.filter(({ relative }) => (relative.value ?? 0) > 0)
    if (longer.length === 0) return []
    const differences = longer.map(
      ({ metric, relative }) => `${metricLabel(metric, words)} ${words.signedPercent(relative.value)}`,
    )
    return [
      {
        state: 'check',
        text: words('risk.speed.longer', { candidate, differences: differences.join(words('list')) }),
      },
    ]
  })
  const unstable = unstableContexts(results, words).map(({ arm, contexts }): (typeof lines)[number] => ({
    state: 'check',
    text: words('risk.timing.evidence', { arm, contexts: contexts.join(', ') }),
  }))
  const all = [...lines, ...unstable]
  return {
    key: 'speed',
    state: worst(all.map(({ state }) => state)),
    evidence: all.length > 0 ? all.map(({ text }) => text).join('\n') : words('risk.speed.clear'),
  }
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
