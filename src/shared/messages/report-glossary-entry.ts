import type { Message } from './define.ts'

/** One term of the report: what it is, how it is computed, in which unit. */
export interface GlossaryEntry {
  readonly term: Message
  /** The same in every language where it is nothing but symbols. */
  readonly formula: Message | string
  readonly unit: Message | string
  readonly meaning: Message
}
