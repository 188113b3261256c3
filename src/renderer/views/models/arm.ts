import type { ModelDescription } from '../../../shared/contract/models.ts'

/** A model that was read, in its part of the comparison. */
export interface Arm {
  /** Position, the baseline being 0; decides the colour. */
  readonly arm: number
  /** Its part and name, in the reader's words. */
  readonly label: string
  readonly model: ModelDescription
}
