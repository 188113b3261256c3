/** What a person types into the plan, as numbers; a wrong entry is told by name. */
import { plainNumber } from '../../plain-number.ts'

/** The engine measures 32 new tokens after a prompt of at least as many. */
export const LEAST_CONTEXT = 64
/** As many context lengths as the contract allows. */
export const MOST_CONTEXTS = 16

export type ContextProblem = 'number' | 'short' | 'long' | 'duplicate' | 'full'
export type Entry<T, Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

/**
 * A context length to be added to others.
 *
 * @param most positions of the smallest model; null while unknown
 */
export function readContext(
  text: string,
  others: readonly number[],
  most: number | null,
): Entry<number, ContextProblem> {
  const plain = plainNumber(text)
  if (!/^\d{1,9}$/.test(plain)) return { ok: false, problem: 'number' }
  const value = Number(plain)
  if (value < LEAST_CONTEXT) return { ok: false, problem: 'short' }
  if (most !== null && value > most) return { ok: false, problem: 'long' }
  if (others.includes(value)) return { ok: false, problem: 'duplicate' }
  if (others.length >= MOST_CONTEXTS) return { ok: false, problem: 'full' }
  return { ok: true, value }
}

export const withContext = (contexts: readonly number[], added: number): number[] =>
  [...contexts, added].sort((a, b) => a - b)

/** A margin typed in percent, as a share. */
export function readMargin(text: string): Entry<number, 'margin'> {
  const plain = plainNumber(text).replace(/\s*%$/, '')
  const percent = /^\d*\.?\d+$|^\d+\.$/.test(plain) ? Number(plain) : Number.NaN
  // Rounded, because 0.57 / 100 is 0.005699999999999999.
  const share = Number((percent / 100).toPrecision(12))
  return share > 0 && share < 1 ? { ok: true, value: share } : { ok: false, problem: 'margin' }
}

/** A margin as it is typed: 0.01 → "1". */
export const marginText = (share: number): string => String(Number((share * 100).toPrecision(12)))

export function readSeed(text: string): Entry<number, 'seed'> {
  const plain = plainNumber(text)
  const value = /^\d+$/.test(plain) ? Number(plain) : Number.NaN
  return Number.isSafeInteger(value) ? { ok: true, value } : { ok: false, problem: 'seed' }
}
