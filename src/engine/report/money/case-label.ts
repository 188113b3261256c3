import type { AssumptionKey } from '../../../shared/roi/assumptions.ts'
import { type RoiCaseColumn, type RoiInputs, VOLUME_FACTORS } from '../../roi/index.ts'
import type { Scenario } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'

/** What the column of a case is headed. */
export function caseLabel(
  { id, candidate }: RoiCaseColumn,
  { candidates }: RoiInputs,
  words: MoneyWords,
): string {
  const [, first = '', second = ''] = id.split('.')
  if (candidate !== 'selected')
    return words('case.scenario', {
      candidate: candidates[candidate]!.id,
      scenario: words(`scenario.${first as Scenario}`),
    })
  if (first === 'volume') return words('case.volume', { factor: VOLUME_FACTORS[Number(second)]! })
  return words('case.varied', {
    assumption: words(`assumption.${first as AssumptionKey}`),
    scenario: words(`scenario.${second as Scenario}`),
  })
}
