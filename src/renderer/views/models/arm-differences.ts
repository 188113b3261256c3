import type { ModelDescription } from '../../../shared/contract/models.ts'

/** Facts in which two models of one experiment may differ, in the order in which they are shown. */
const COMPARED = [
  'kvHeads',
  'queryHeads',
  'headDim',
  'layers',
  'hiddenSize',
  'intermediateSize',
  'vocabSize',
  'maxPositions',
  'tiedEmbeddings',
  'family',
] as const
export type ComparedFact = (typeof COMPARED)[number]

export interface FactDifference {
  readonly fact: ComparedFact
  readonly baseline: string | number | boolean | null
  readonly candidate: string | number | boolean | null
}

export interface ArmComparison {
  /**
   * `same-model`: one set of weights; `same-shape`: no fact differs; `kv-heads`: nothing but the KV heads differs;
   * `sizes`: more than the KV heads does, so that a difference cannot be put down to them.
   */
  readonly kind: 'same-model' | 'same-shape' | 'kv-heads' | 'sizes'
  readonly differences: readonly FactDifference[]
  /** Candidate over baseline. */
  readonly kvRatio: number
  readonly parameterRatio: number
}

/** What sets a candidate's architecture apart from the baseline's; parameters follow from it and are no fact of their own. */
export function compareArms(baseline: ModelDescription, candidate: ModelDescription): ArmComparison {
  const differences = COMPARED.flatMap((fact): FactDifference[] => {
    const [a, b] = [baseline[fact], candidate[fact]]
    // An ONNX folder does not tell every fact; what is unknown is no difference.
    return a === b || a === null || b === null ? [] : [{ fact, baseline: a, candidate: b }]
  })
  return {
    kind: kindOf(baseline, candidate, differences),
    differences,
    kvRatio: candidate.kvBytesPerToken / baseline.kvBytesPerToken,
    parameterRatio: candidate.parameters / baseline.parameters,
  }
}

function kindOf(
  baseline: ModelDescription,
  candidate: ModelDescription,
  differences: readonly FactDifference[],
): ArmComparison['kind'] {
  if (baseline.sha256 === candidate.sha256) return 'same-model'
  if (differences.length === 0) return 'same-shape'
  return differences.every(({ fact }) => fact === 'kvHeads') ? 'kv-heads' : 'sizes'
}
