import type { Locale } from '../../shared/messages/define.ts'
import type { Assumptions, Currency, Device } from '../../shared/roi/assumptions.ts'
import { isEnteredAlike } from './assumption-edits.ts'
import type { EntryProblem } from './assumption-entry.ts'

/** An entry that breaks a rule, as it was typed. */
export interface WrongEntry {
  readonly text: string
  readonly problem: EntryProblem
}

/** Which defaults: those of a run, in one currency, their sources in one language. */
export interface Basis {
  readonly run: string
  readonly currency: Currency
  readonly locale: Locale
}

/** The assumptions of one project while they are edited. */
export interface Draft {
  readonly basis: Basis
  readonly defaults: Assumptions
  readonly devices: readonly Device[]
  readonly current: Assumptions
  /** As it was saved or opened last; null while it is neither. */
  readonly saved: Assumptions | null
  /** By `entryId`. */
  readonly wrong: ReadonlyMap<string, WrongEntry>
  /** What the amounts were in the currency that is not chosen. */
  readonly otherAmounts: Assumptions | null
}

export const isSameBasis = (a: Basis, b: Basis): boolean =>
  a.run === b.run && a.currency === b.currency && a.locale === b.locale

export const isUnsaved = ({ current, saved, defaults }: Draft): boolean =>
  !isEnteredAlike(current, saved ?? defaults)
