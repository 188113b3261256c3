import { ASSUMPTIONS } from '../../shared/roi/assumptions.ts'
import type { Results } from '../../shared/results.ts'
import { amountText, liveOf, type Money } from './decisions.ts'
import {
  candidatesOf,
  decidingComparison,
  measuredDevice,
  metricLabel,
  slowerContexts,
  verdictLabel,
} from './figures.ts'
import { either, literal, type LiveText, liveMessage, textCell } from './live-text.ts'
import { empty, type SheetModel, text, type Tone } from './sheet-model.ts'
import type { Words } from './words.ts'

type RiskKey =
  | 'quality'
  | 'sample'
  | 'confounder'
  | 'selfCheck'
  | 'speed'
  | 'timing'
  | 'device'
  | 'lengths'
  | 'batching'
  | 'return'
  | 'assumptions'
  | 'excluded'
  | 'energy'

type State = 'act' | 'check' | 'clear'

interface Risk {
  readonly key: RiskKey
  readonly state: LiveText | State
  readonly evidence: LiveText | string
}

/** What can go wrong, with what this run says about it; who takes care is for the company to say. */
export function risksSheet(results: Results, money: Money | null, words: Words): SheetModel {
  const risks = [...runRisks(results, words), ...planRisks(results, money, words)]
  return {
    name: words('sheet.risks'),
    widths: [26, 11, 62, 42, 50, 18],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.risks') },
      { kind: 'paragraph', text: words('risks.intro'), tone: 'muted' },
      { kind: 'paragraph', text: words('provenance.legend'), tone: 'muted' },
      {
        kind: 'table',
        columns: (
          ['risk', 'risk.state', 'risk.evidence', 'risk.impact', 'risk.measure', 'risk.owner'] as const
        ).map((key) => ({ header: words(key), align: 'left' })),
        rows: risks.map(({ key, state, evidence }) => [
          text(words(`risk.${key}`), { bold: true }),
          typeof state === 'string'
            ? text(words(`state.${state}`), { tone: STATE_TONES[state] })
            : textCell(state),
          typeof evidence === 'string' ? text(evidence) : textCell(evidence),
          text(words(`risk.${key}.impact`)),
          text(
            key === 'assumptions'
              ? words('risk.assumptions.measure', { sheet: money?.words('sheet.sensitivity') ?? '–' })
              : words(`risk.${key}.measure`),
          ),
          empty,
        ]),
        toneRules: (['act', 'check', 'clear'] as const).map((state) => ({
          text: words(`state.${state}`),
          tone: STATE_TONES[state],
        })),
      },
    ],
  }
}

const STATE_TONES: Readonly<Record<State, Tone>> = { act: 'bad', check: 'caution', clear: 'good' }

/** The worst of several. */
const worst = (states: readonly State[]): State =>
  states.includes('act') ? 'act' : states.includes('check') ? 'check' : 'clear'

/** What the run itself shows. */
function runRisks(results: Results, words: Words): Risk[] {
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

/** What lies between the run and its use: another device, other lengths, prices. */
function planRisks(results: Results, money: Money | null, words: Words): Risk[] {
  const device = measuredDevice(results)
  const onCpu = results.environment.providerUsed === 'cpu'
  const measured = words(onCpu ? 'risk.device.cpu' : 'risk.device.gpu', { device })
  const contexts = results.run.contexts.map(words.count).join(', ')
  const energy: Risk = { key: 'energy', state: 'check', evidence: words('risk.energy.evidence') }
  if (money === null) {
    return [
      { key: 'device', state: onCpu ? 'act' : 'check', evidence: measured },
      { key: 'lengths', state: 'check', evidence: words('risk.lengths.measuredOnly', { contexts }) },
      energy,
    ]
  }
  const { result, inputs } = money.report
  const { rates, lengths } = result.provenance
  const { inputTokens, outputTokens } = inputs.assumptions.values
  const count = result.unconfirmed.length
  return [
    {
      key: 'device',
      state: onCpu ? 'act' : 'check',
      evidence: `${measured}\n${words(`risk.device.${rates}`)}`,
    },
    {
      key: 'lengths',
      state: lengths === 'extrapolated' ? 'act' : lengths === 'measured' ? 'clear' : 'check',
      evidence: words('risk.lengths.evidence', {
        input: words.count(inputTokens.value),
        output: words.count(outputTokens.value),
        contexts,
        provenance: words(`provenance.${lengths}`),
      }),
    },
    { key: 'batching', state: 'check', evidence: words('risk.batching.evidence') },
    returnRisk(money, words),
    {
      key: 'assumptions',
      state: count > 0 ? 'act' : 'clear',
      evidence:
        count > 0
          ? words('risk.assumptions.evidence', { count, total: ASSUMPTIONS.length })
          : words('risk.assumptions.clear'),
    },
    {
      key: 'excluded',
      state: result.excluded.length > 0 ? 'check' : 'clear',
      evidence:
        result.excluded.length > 0
          ? result.excluded
              .map(({ id: candidate, reason }) => words(`attention.excluded.${reason}`, { candidate }))
              .join('\n')
          : words('risk.excluded.clear'),
    },
    energy,
  ]
}

/** Net present values of every candidate; follows what the reader changes. */
function returnRisk(money: Money, words: Words): Risk {
  const candidates = money.report.inputs.candidates.map(({ id }, place) => {
    const [standard, pessimistic] = [liveOf(money, place, 'npv'), liveOf(money, place, 'npv', 'pessimistic')]
    return { id, standard, pessimistic }
  })
  const lines = candidates.map(({ id, standard, pessimistic }) => {
    const shown = (live: typeof standard): LiveText =>
      either(
        ['ISNA(', ...live.formula, ')'],
        live.value === null,
        literal('n/a'),
        amountText(live, money, words.locale),
      )
    return liveMessage(words('risk.return.evidence'), {
      candidate: id,
      standard: shown(standard),
      pessimistic: shown(pessimistic),
    })
  })
  const lowest = (
    of: (candidate: (typeof candidates)[number]) => (typeof candidates)[number]['standard'],
  ) => ({
    formula: [
      'MIN(',
      ...candidates.flatMap((candidate, index) => [
        ...(index === 0 ? [] : [',']),
        'IFERROR(',
        ...of(candidate).formula,
        ',-1)',
      ]),
      ')',
    ],
    value: Math.min(...candidates.map((candidate) => of(candidate).value ?? -1)),
  })
  const [standard, pessimistic] = [
    lowest(({ standard: live }) => live),
    lowest(({ pessimistic: live }) => live),
  ]
  const state = (of: State): LiveText => literal(words(`state.${of}`))
  return {
    key: 'return',
    state: either(
      [...standard.formula, '<=0'],
      standard.value <= 0,
      state('act'),
      either([...pessimistic.formula, '<=0'], pessimistic.value <= 0, state('check'), state('clear')),
    ),
    evidence: lines.reduce((before, line) => ({
      formula: [...before.formula, '&CHAR(10)&', ...line.formula],
      result: `${before.result}\n${line.result}`,
    })),
  }
}
