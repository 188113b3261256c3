import {
  ASSUMPTION_GROUPS,
  type AssumptionDefinition,
  type AssumptionGroup,
  type AssumptionKey,
  ASSUMPTIONS,
} from '../../../shared/roi/assumptions.ts'
import { either, literal, liveMessage, numberText, textCell } from '../live-text.ts'
import { at, between, type Cell, type Formula, formula, quoted } from '../sheet-model.ts'
import { type Live, liveCell } from './live.ts'
import type { MoneyReport } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'

export const originId = (key: AssumptionKey): string => `a.${key}.origin`

export const assumptionsOf = (
  group: AssumptionGroup,
): readonly (AssumptionDefinition & { readonly key: AssumptionKey })[] =>
  ASSUMPTIONS.filter((definition) => definition.group === group)

const COUNT_ID = 'a.unconfirmed'

/** How many assumptions nobody has confirmed; follows what the reader enters as their origin. */
export function unconfirmedCount({ inputs }: MoneyReport): Live {
  return {
    formula: [at(COUNT_ID)],
    value: ASSUMPTIONS.filter(({ key }) => inputs.assumptions.values[key].origin === 'default').length,
  }
}

/** The cell that counts them. */
export function countCell(report: MoneyReport, words: MoneyWords): Cell {
  const counts = ASSUMPTION_GROUPS.map((group): Formula => {
    const keys = assumptionsOf(group).map(({ key }) => key)
    return formula`COUNTIF(${between(originId(keys[0]!), originId(keys.at(-1)!))},${quoted(words('origin.default'))})`
  })
  const count = counts.reduce((sum, one) => formula`${sum}+${one}`)
  return liveCell({ formula: count, value: unconfirmedCount(report).value }, 'integer', { id: COUNT_ID })
}

/** Says how many assumptions nobody has confirmed. */
export function unconfirmedCell(report: MoneyReport, words: MoneyWords): Cell {
  const count = unconfirmedCount(report)
  const some = liveMessage(words('caution.unconfirmed'), {
    count: numberText(count, '#,##0'),
    sheet: words('sheet.assumptions'),
  })
  const isNone = formula`${count.formula}=0`
  return textCell(either(isNone, count.value === 0, literal(words('caution.confirmed')), some))
}
