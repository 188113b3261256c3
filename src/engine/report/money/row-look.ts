import { roiRowMessages } from '../../../shared/messages/report-roi-rows.ts'
import type { ModelRow, Unit } from '../../roi/index.ts'
import type { NumberFormat } from '../sheet-model.ts'
import type { MoneyWords } from './money-words.ts'

export const SECTIONS = ['demand', 'baseline', 'candidate', 'doNothing', 'difference'] as const
export type Section = (typeof SECTIONS)[number]

const DEMAND_KEYS: ReadonlySet<string> = new Set([
  'context',
  'decodePosition',
  'requests',
  'requestsTotal',
  'peakRate',
  'hoursSaved',
  'hoursSavedTotal',
])

/** The part of the calculation that a row belongs to. */
export function sectionOf({ key }: ModelRow): Section {
  const [first = ''] = key.split('.')
  if (first === 'baseline' || first === 'candidate' || first === 'doNothing') return first
  return DEMAND_KEYS.has(first) ? 'demand' : 'difference'
}

/** What a row is called; its arm and year stand elsewhere. */
export function rowLabel({ key }: ModelRow, words: MoneyWords): string {
  const name = key.replace(/^(baseline|candidate|doNothing)\./, '').replace(/\.\d+$/, '')
  const message = `row.${name}`
  if (!isRowMessage(message)) throw new RangeError(`no label for the row ${key}`)
  return words(message)
}

const isRowMessage = (key: string): key is keyof typeof roiRowMessages & `row.${string}` =>
  key in roiRowMessages

export function rowFormat(unit: Unit): NumberFormat {
  switch (unit) {
    case 'bytes':
    case 'sequences':
    case 'count':
      return 'integer'
    case 'tokens':
    case 'requests':
    case 'kWh':
    case 'kg':
    case 'hours':
      return 'decimal1'
    case 'devices':
    case 'years':
      return 'decimal2'
    case 'ratio':
      return 'decimal4'
    case 'seconds':
    case 'requests/s':
      return 'decimal6'
    case 'currency':
    case 'currency/1000 requests':
      return 'price'
  }
}
