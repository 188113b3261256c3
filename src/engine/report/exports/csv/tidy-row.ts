import type { Figure, Provenance } from '../../../../shared/results.ts'
import type { CsvValue } from './csv-text.ts'

/** One value with all that it is the value of. What does not apply is left out, and empty in the file. */
export interface TidyRow {
  readonly section: string
  /** Id of the arm. */
  readonly arm?: string
  readonly scenario?: string
  readonly document?: string
  readonly metric: string
  readonly context?: number
  readonly positionFrom?: number
  readonly positionTo?: number
  readonly year?: number
  readonly requestsPerMonth?: number
  readonly value: number | null
  readonly ci95?: readonly [number, number] | null | undefined
  readonly n?: number | undefined
  readonly unit: string
  readonly provenance: Provenance
  /** A verdict, "unstable", or why there is no value. */
  readonly remark?: string | null
}

export const TIDY_COLUMNS = [
  'run',
  'section',
  'arm',
  'scenario',
  'document',
  'metric',
  'context',
  'position_from',
  'position_to',
  'year',
  'requests_per_month',
  'value',
  'ci95_low',
  'ci95_high',
  'n',
  'unit',
  'provenance',
  'remark',
] as const

/** The fields of a row in the order of the columns; what has no value is `unavailable`. */
export const tidyFields = (run: string, row: TidyRow): readonly CsvValue[] => [
  run,
  row.section,
  row.arm ?? null,
  row.scenario ?? null,
  row.document ?? null,
  row.metric,
  row.context ?? null,
  row.positionFrom ?? null,
  row.positionTo ?? null,
  row.year ?? null,
  row.requestsPerMonth ?? null,
  row.value,
  row.ci95?.[0] ?? null,
  row.ci95?.[1] ?? null,
  row.n ?? null,
  row.unit,
  row.value === null ? 'unavailable' : row.provenance,
  row.remark ?? null,
]

/** What a figure says of a value. */
export const ofFigure = ({
  value,
  ci95,
  n,
  unit,
  provenance,
}: Figure): Pick<TidyRow, 'value' | 'ci95' | 'n' | 'unit' | 'provenance'> => ({
  value,
  ci95,
  n,
  unit,
  provenance,
})
