import { SENSITIVE_KINDS, type SensitiveKind } from '../../../shared/documents.ts'
import { findCreditCards, findMyNumbers } from './numbers.ts'
import type { Passage } from './passage.ts'
import { findAccessKeys, findMailAddresses, findPasswords, findPrivateKeys } from './secrets.ts'
import { findTelephones } from './telephones.ts'

export interface SensitivePassage extends Passage {
  readonly kind: SensitiveKind
}

export interface SensitiveCount {
  readonly kind: SensitiveKind
  readonly count: number
}

type Finder = (text: string) => Iterable<Passage>

/** Where two findings overlap, the kind named first stands. */
const FINDERS: Readonly<Record<SensitiveKind, Finder>> = {
  'private-key': findPrivateKeys,
  'access-key': findAccessKeys,
  password: findPasswords,
  'credit-card': findCreditCards,
  'my-number': findMyNumbers,
  'mail-address': findMailAddresses,
  telephone: findTelephones,
}
const RANK = Object.keys(FINDERS) as SensitiveKind[]

/**
 * Personal data and secrets that a text seems to hold: ordered, not overlapping. Made to warn: what is found need not
 * be sensitive, and what is not found may be. Corporate numbers (法人番号) are public and not looked for. Takes linear
 * time.
 */
export function findSensitive(text: string): SensitivePassage[] {
  const folded = foldWidth(text)
  const passages = RANK.flatMap((kind) =>
    Array.from(FINDERS[kind](folded), ({ from, to }): SensitivePassage => ({ kind, from, to })),
  ).sort((a, b) => a.from - b.from)
  const apart: SensitivePassage[] = []
  for (const passage of passages) {
    const last = apart.at(-1)
    if (last === undefined || passage.from >= last.to) apart.push(passage)
    else if (RANK.indexOf(passage.kind) < RANK.indexOf(last.kind)) apart[apart.length - 1] = passage
  }
  return apart
}

/** How many of each kind a text seems to hold; kinds without any are left out. */
export function countSensitive(text: string): SensitiveCount[] {
  const passages = Map.groupBy(findSensitive(text), ({ kind }) => kind)
  return SENSITIVE_KINDS.flatMap((kind) => {
    const count = passages.get(kind)?.length ?? 0
    return count === 0 ? [] : [{ kind, count }]
  })
}

/** Full-width ASCII, spaces and the kinds of hyphen as ASCII; every position stays. */
function foldWidth(text: string): string {
  return text
    .replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00a0\u3000]/g, ' ')
}
