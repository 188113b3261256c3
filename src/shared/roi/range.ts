/** The pessimistic and the optimistic end of an assumption, where only its value was given. */
import { type AssumptionDefinition, type AssumptionKey, ASSUMPTIONS, assumedNumber } from './assumptions.ts'

export interface Range {
  readonly value: number
  readonly pessimistic: number
  readonly optimistic: number
}

/** Digits beyond these are leftovers of binary arithmetic. */
const DIGITS = 12

/** A number for people to read and edit: 38.4, and not 38.400000000000006. */
export const withoutNoise = (value: number): number => Number(value.toPrecision(DIGITS))

/**
 * The range of another value in a range's proportion, within what the assumption may be; an end that it may not be is
 * the value itself. A value of 0 has no proportion, and gives no range.
 */
export function rangeInProportion(
  key: AssumptionKey,
  value: number,
  { value: from, pessimistic, optimistic }: Range,
): Omit<Range, 'value'> {
  const definition: AssumptionDefinition = ASSUMPTIONS.find((entry) => entry.key === key)!
  const end = (of: number): number => {
    // By the distance and not by the factor: below 0, as above, the pessimistic value stays on its side.
    const moved = from === 0 ? value : withoutNoise(value + ((of - from) / Math.abs(from)) * Math.abs(value))
    const possible = within(definition, moved)
    return assumedNumber(definition).safeParse(possible).success ? possible : value
  }
  return { pessimistic: end(pessimistic), optimistic: end(optimistic) }
}

function within({ isInteger, least, most }: AssumptionDefinition, wanted: number): number {
  const rounded = isInteger === true ? Math.round(wanted) : wanted
  return Math.min(Math.max(rounded, least ?? -Infinity), most ?? Infinity)
}
