import type { Results } from '../../../shared/results.ts'
import { baselineOf, candidatesOf, documentNll } from './results-reading.ts'

/** One document's figures, flat, so that a table can sort by each. */
export interface DocumentScoreRow {
  readonly name: string
  readonly characters: number
  /** Scored under the baseline. */
  readonly tokens: number
  /** By `nll:<arm>` nats per token, and by `relative:<candidate>` the share against the baseline. */
  readonly [figure: string]: string | number | null
}

export const nllField = (arm: string): string => `nll:${arm}`
export const relativeField = (candidate: string): string => `relative:${candidate}`

/** The documents of a run in its order. Tokenizers that differ make the relative difference meaningless: null. */
export function documentRows(results: Results): readonly DocumentScoreRow[] {
  const baseline = baselineOf(results)
  const candidates = candidatesOf(results)
  return results.documents.map((document) => {
    const tokens = document.scores[baseline.id]?.tokens ?? 0
    const base = documentNll(document, baseline.id)
    const relative = (candidate: string): number | null => {
      const nll = documentNll(document, candidate)
      const isPaired = document.scores[candidate]?.tokens === tokens
      return nll === null || base === null || base === 0 || !isPaired ? null : nll / base - 1
    }
    return {
      name: document.name,
      characters: document.characters,
      tokens,
      ...Object.fromEntries(results.arms.map(({ id }) => [nllField(id), documentNll(document, id)])),
      ...Object.fromEntries(candidates.map(({ id }) => [relativeField(id), relative(id)])),
    }
  })
}
