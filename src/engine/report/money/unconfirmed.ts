import {
  ASSUMPTION_GROUPS,
  type AssumptionDefinition,
  type AssumptionGroup,
  type AssumptionKey,
  ASSUMPTIONS,
} from '../../../shared/roi/assumptions.ts'
import { either, literal, liveMessage, textCell } from '../live-text.ts'
import { between, type Cell, type Formula, formula, quoted } from '../sheet-model.ts'
import type { MoneyReport } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'

export const originId = (key: AssumptionKey): string => `a.${key}.origin`

export const assumptionsOf = (
  group: AssumptionGroup,
): readonly (AssumptionDefinition & { readonly key: AssumptionKey })[] =>
  ASSUMPTIONS.filter((definition) => definition.group === group)

/** Says how many assumptions nobody has confirmed; follows what the reader enters as their origin. */
export function unconfirmedCell({ inputs }: MoneyReport, words: MoneyWords): Cell {
  const counts = ASSUMPTION_GROUPS.map((group): Formula => {
    const keys = assumptionsOf(group).map(({ key }) => key)
    return formula`COUNTIF(${between(originId(keys[0]!), originId(keys.at(-1)!))},${quoted(words('origin.default'))})`
  })
  const count = counts.reduce((sum, one) => formula`${sum}+${one}`)
  const unconfirmed = ASSUMPTIONS.filter(
    ({ key }) => inputs.assumptions.values[key].origin === 'default',
  ).length
  const some = liveMessage(words('caution.unconfirmed'), {
    count: { formula: formula`(${count})`, result: String(unconfirmed) },
    sheet: words('sheet.assumptions'),
  })
  const isNone = formula`${count}=0`
  return textCell(either(isNone, unconfirmed === 0, literal(words('caution.confirmed')), some))
}
