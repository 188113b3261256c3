import type { ArmResult, EnvironmentResult, Results } from '../../shared/results.ts'
import type { FinishedUnit } from '../runs/index.ts'

/** One arm as the run knows it before any sample. */
export interface ArmFacts {
  readonly id: string
  readonly role: ArmResult['role']
  readonly model: ArmResult['model']
  /** Arms whose tokenizer differs from the baseline's are compared in bits per byte only. */
  readonly tokenizerSha256: string
  /** Bytes of the compiled graph's weights; null where they cannot be told. */
  readonly weightsBytes: number | null
}

/** One document of the run; units refer to it by name. */
export interface DocumentFacts {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly characters: number
  /** By arm, UTF-8 bytes of the text whose tokens are scored: the denominator of bits per byte. */
  readonly scoredBytes: Readonly<Record<string, number>>
}

/** Everything from which results follow; equal input gives equal results. */
export interface AssembleInput {
  readonly run: Results['run']
  readonly environment: EnvironmentResult
  readonly corpus: Results['corpus']
  readonly documents: readonly DocumentFacts[]
  /** Exactly one of them is the baseline. */
  readonly arms: readonly ArmFacts[]
  /** Every finished unit of the run. */
  readonly samples: readonly FinishedUnit[]
  /** Warnings raised before, put behind those that weaken a figure. */
  readonly warnings?: Results['warnings']
}

/** Units of one phase, in order. */
export function unitsOf<P extends FinishedUnit['unit']['phase']>(
  samples: readonly FinishedUnit[],
  phase: P,
): FinishedUnit<P>[] {
  return samples.filter(({ unit }) => unit.phase === phase) as FinishedUnit<P>[]
}
