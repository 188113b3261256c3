import { ASSUMPTIONS } from '../../../shared/roi/assumptions.ts'
import type { Results } from '../../../shared/results.ts'
import { amountText, assumptionOf, liveOf, type Money } from '../decisions.ts'
import { measuredDevice } from '../figures.ts'
import { either, literal, type LiveText, liveMessage, numberText } from '../live-text.ts'
import { byBreakEven } from '../money/volumes.ts'
import { formula } from '../sheet-model.ts'
import type { Words } from '../words.ts'
import type { Risk, State } from './risk.ts'

/** What lies between the run and its use: another device, other lengths, prices. */
export function planRisks(results: Results, money: Money | null, words: Words): Risk[] {
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
      evidence:
        rates === 'measured'
          ? `${measured}\n${words('risk.device.measured')}`
          : liveMessage('{measured}\n{estimated}{gap}{ratios}', {
              measured,
              estimated: words('risk.device.estimated'),
              gap: words.gap,
              ratios: deviceRatios(money, words),
            }),
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
      measure: words('risk.assumptions.measure', { sheet: money.words('sheet.sensitivity') }),
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

/** How much faster than the measured device the target device is assumed to be. */
export function deviceRatios(money: Money, words: Words): LiveText {
  const ratio = (of: 'Compute' | 'Bandwidth'): LiveText => {
    const [target, measured] = [assumptionOf(money, `target${of}`), assumptionOf(money, `measured${of}`)]
    return numberText(
      {
        formula: formula`${target.formula}/${measured.formula}`,
        value: target.value === null || measured.value === null ? null : target.value / measured.value,
      },
      '0.0',
    )
  }
  return liveMessage(words('risk.device.ratios'), {
    compute: ratio('Compute'),
    bandwidth: ratio('Bandwidth'),
  })
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
  const measure = (of: 'always' | 'never' | 'cannotServe'): LiveText =>
    literal(words(`risk.return.measure.${of}`))
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
    measure: byBreakEven(money.report, {
      crosses: literal(words('risk.return.measure')),
      always: measure('always'),
      never: measure('never'),
      cannotServe: measure('cannotServe'),
    }),
  }
}
