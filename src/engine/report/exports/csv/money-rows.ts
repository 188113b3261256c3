import { ASSUMPTIONS } from '../../../../shared/roi/assumptions.ts'
import type { Cost, RoiCandidate, RoiCase, RoiResult, Sizing } from '../../../../shared/roi/result.ts'
import { costRows, fieldRows, SIZING_UNITS } from './money-fields.ts'
import type { TidyRow } from './tidy-row.ts'

const SCENARIOS = ['pessimistic', 'standard', 'optimistic'] as const

/** The return on investment: assumptions, costs by way and year, cases, sensitivities. */
export function moneyRows(roi: RoiResult, baseline: string): readonly TidyRow[] {
  const currency = roi.currency
  const [first] = roi.candidates
  return [
    ...assumptionRows(roi),
    ...costRows({ section: 'roi.do-nothing', scenario: 'standard' }, roi.doNothing, currency),
    // The baseline's cost does not depend on the candidate beside it.
    ...(first === undefined
      ? []
      : SCENARIOS.flatMap((scenario) => {
          const one = first.scenarios[scenario]
          return armRows(baseline, scenario, one.baseline, one.sizing.baseline, currency)
        })),
    ...roi.candidates.flatMap((candidate) => candidateRows(candidate, currency)),
    ...roi.excluded.map(({ id, reason }): TidyRow => ({
      section: 'roi.case',
      arm: id,
      metric: 'npv',
      value: null,
      unit: currency,
      provenance: 'unavailable',
      remark: reason,
    })),
    ...roi.hoursSaved.years.map(({ year, hours }): TidyRow => ({
      section: 'roi.hours-saved',
      scenario: 'standard',
      metric: 'hoursSaved',
      year,
      value: hours,
      unit: 'hours',
      provenance: 'estimated',
    })),
  ]
}

function assumptionRows({ assumptions, currency }: RoiResult): TidyRow[] {
  return ASSUMPTIONS.flatMap(({ key, unit }) => {
    const { value, pessimistic, optimistic } = assumptions.values[key]
    const values = { pessimistic, standard: value, optimistic }
    return SCENARIOS.map((scenario): TidyRow => ({
      section: 'roi.assumption',
      scenario,
      metric: key,
      value: values[scenario],
      unit: unit.replace('currency', currency),
      provenance: 'assumed',
    }))
  })
}

const armRows = (arm: string, scenario: string, cost: Cost, sizing: Sizing, currency: string): TidyRow[] => [
  ...fieldRows({ section: 'roi.sizing', arm, scenario }, sizing, SIZING_UNITS, currency),
  ...costRows({ section: 'roi.cost', arm, scenario }, cost, currency),
]

function candidateRows(
  { id, scenarios, tornado, volumes, breakEven }: RoiCandidate,
  currency: string,
): TidyRow[] {
  const of = { arm: id, unit: currency, provenance: 'estimated' } as const
  return [
    ...SCENARIOS.flatMap((scenario) => {
      const one = scenarios[scenario]
      return [
        ...armRows(id, scenario, one.candidate, one.sizing.candidate, currency),
        ...caseRows(id, scenario, one, currency),
      ]
    }),
    ...tornado.flatMap(({ key, npvPessimistic, npvOptimistic }): TidyRow[] => [
      {
        ...of,
        section: 'roi.sensitivity',
        scenario: 'pessimistic',
        metric: `npv by ${key}`,
        value: npvPessimistic,
      },
      {
        ...of,
        section: 'roi.sensitivity',
        scenario: 'optimistic',
        metric: `npv by ${key}`,
        value: npvOptimistic,
      },
    ]),
    ...volumes.map(({ requestsPerMonth, npv }): TidyRow => ({
      ...of,
      section: 'roi.volume',
      scenario: 'standard',
      metric: 'npv',
      requestsPerMonth,
      value: npv,
    })),
    {
      ...of,
      section: 'roi.volume',
      scenario: 'standard',
      metric: 'breakEven',
      value: breakEven.kind === 'at' ? breakEven.requestsPerMonth : null,
      unit: 'requests/month',
      remark: breakEven.kind === 'at' ? null : breakEven.kind,
    },
  ]
}

function caseRows(arm: string, scenario: string, one: RoiCase, currency: string): TidyRow[] {
  const place = { section: 'roi.case', arm, scenario }
  const answer = (metric: keyof RoiCase['noAnswers'], unit: string): TidyRow => ({
    ...place,
    metric,
    value: one[metric],
    unit,
    provenance: 'estimated',
    remark: one.noAnswers[metric],
  })
  return [
    ...one.flows.flatMap(({ year, ...flows }) =>
      fieldRows(
        { ...place, year },
        flows,
        { flow: null, cumulative: null, discountedCumulative: null },
        currency,
      ),
    ),
    answer('npv', currency),
    answer('irr', '1'),
    answer('roi', '1'),
    answer('payback', 'years'),
    answer('discountedPayback', 'years'),
    ...fieldRows(
      place,
      { savings: one.savings, co2SavedKg: one.co2SavedKg },
      { savings: null, co2SavedKg: 'kg' },
      currency,
    ),
  ]
}
