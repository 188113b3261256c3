/** What a person types for an assumption, as a number; what breaks a rule is told with the rule. */
import {
  type AssumptionDefinition,
  type AssumptionKey,
  ASSUMPTIONS,
  assumedNumber,
} from '../../shared/roi/assumptions.ts'
import { withoutNoise } from '../../shared/roi/range.ts'
import { plainNumber } from '../plain-number.ts'

export type EntryRule = 'number' | 'integer' | 'least' | 'above' | 'most' | 'below'
export interface EntryProblem {
  readonly rule: EntryRule
  /** In the unit of the assumption; null where the rule has none. */
  readonly limit: number | null
}
export type Entry =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly problem: EntryProblem }

const DEFINITIONS = new Map<string, AssumptionDefinition>(
  ASSUMPTIONS.map((definition) => [definition.key, definition]),
)

export function definitionOf(key: AssumptionKey): AssumptionDefinition {
  const definition = DEFINITIONS.get(key)
  if (definition === undefined) throw new RangeError(`there is no assumption "${key}"`)
  return definition
}

/** Shares are typed in percent. */
const scaleOf = ({ unit }: AssumptionDefinition): number => (unit === 'share' ? 100 : 1)

/** Which rule a number breaks; null for none. */
function problemOf(definition: AssumptionDefinition, value: number): EntryProblem | null {
  const issue = assumedNumber(definition).safeParse(value).error?.issues[0]
  switch (issue?.code) {
    case undefined:
      return null
    case 'too_small':
      return { rule: issue.inclusive === true ? 'least' : 'above', limit: Number(issue.minimum) }
    case 'too_big':
      return { rule: issue.inclusive === true ? 'most' : 'below', limit: Number(issue.maximum) }
    default:
      return { rule: definition.isInteger === true ? 'integer' : 'number', limit: null }
  }
}

export function readEntry(definition: AssumptionDefinition, text: string): Entry {
  const plain = plainNumber(text).replace(/\s*%$/, '')
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return { ok: false, problem: { rule: 'number', limit: null } }
  const value = withoutNoise(Number(plain) / scaleOf(definition))
  const problem = problemOf(definition, value)
  return problem === null ? { ok: true, value } : { ok: false, problem }
}

/** Digits beyond these are leftovers of binary arithmetic: 0.07 · 100 is 7.000000000000001. */
const GROUPED = new Intl.NumberFormat('en', { maximumSignificantDigits: 12 })

/** A number as it is typed, its digits grouped. */
export const entryText = (definition: AssumptionDefinition, value: number): string =>
  GROUPED.format(value * scaleOf(definition))
