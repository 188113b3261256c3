import { type AssumptionDefinition, type AssumptionKey, ASSUMPTIONS } from '../../shared/roi/assumptions.ts'

interface Range {
  readonly value: number
  readonly pessimistic: number
  readonly optimistic: number
}

/**
 * The range of another value in a range's proportion, within what the assumption may be. A value of 0 has no proportion,
 * and gives no range.
 */
export function scaled(
  key: AssumptionKey,
  value: number,
  { value: from, pessimistic, optimistic }: Range,
): Omit<Range, 'value'> {
  const definition: AssumptionDefinition = ASSUMPTIONS.find((entry) => entry.key === key)!
  // By the distance and not by the factor: below 0, as above, the pessimistic value stays on its side.
  const moved = (end: number): number =>
    from === 0 ? value : withoutNoise(value + ((end - from) / Math.abs(from)) * Math.abs(value))
  return {
    pessimistic: within(definition, moved(pessimistic), value),
    optimistic: within(definition, moved(optimistic), value),
  }
}

/** A number for people to read and edit: 38.4, and not 38.400000000000006. */
export const withoutNoise = (value: number): number => Number(value.toPrecision(12))

/** `wanted` as near as it may be; `allowed` where a limit itself does not belong to what may be. */
function within(
  { isInteger, least, above, most, below }: AssumptionDefinition,
  wanted: number,
  allowed: number,
): number {
  const rounded = isInteger === true ? Math.round(wanted) : wanted
  const clipped = Math.min(Math.max(rounded, least ?? -Infinity), most ?? Infinity)
  const isOutside = (above !== undefined && clipped <= above) || (below !== undefined && clipped >= below)
  return isOutside ? allowed : clipped
}
