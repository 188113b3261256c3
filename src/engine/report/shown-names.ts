import type { Results } from '../../shared/results.ts'
import type { RoiInputs } from '../roi/index.ts'

/** Longer names are cut: they stand in sentences and formulas, of which a spreadsheet takes only so much. */
const NAME_LIMIT = 60

/** Of an arm or a model, short enough for sentences and formulas. */
function shownName(name: string): string {
  // More code units than a short name can have need not be told apart.
  const letters = Array.from(name.slice(0, 2 * (NAME_LIMIT + 1)))
  return letters.length <= NAME_LIMIT ? name : `${letters.slice(0, NAME_LIMIT - 1).join('')}…`
}

/** Names by which the sheets call arms: shortened, and told apart by a number where they would then be the same. */
export function shownNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set(ids.filter((id) => shownName(id) === id))
  for (const id of ids) {
    const short = shownName(id)
    let name = short
    for (let count = 2; name !== id && taken.has(name); count++) name = `${short} (${count})`
    taken.add(name)
    names.set(id, name)
  }
  return names
}

/** The same run and inputs with arms and models called as the sheets call them. */
export function withShownNames(
  results: Results,
  roi: RoiInputs | null,
  names: ReadonlyMap<string, string>,
): { readonly results: Results; readonly roi: RoiInputs | null } {
  const of = (id: string): string => names.get(id) ?? shownName(id)
  const named = <Arm extends { readonly id: string }>(arm: Arm): Arm => ({ ...arm, id: of(arm.id) })
  return {
    results: {
      ...results,
      arms: results.arms.map((arm) => ({
        ...named(arm),
        model: { ...arm.model, name: shownName(arm.model.name) },
      })),
      comparisons: results.comparisons.map((entry) => ({ ...entry, candidate: of(entry.candidate) })),
      documents: results.documents.map((document) => ({
        ...document,
        scores: Object.fromEntries(Object.entries(document.scores).map(([id, score]) => [of(id), score])),
      })),
      warnings: results.warnings.map((warning) => ({
        ...warning,
        params: Object.fromEntries(
          Object.entries(warning.params).map(([key, param]) => [
            key,
            typeof param === 'string' ? (names.get(param) ?? param) : param,
          ]),
        ),
      })),
    },
    roi:
      roi === null
        ? null
        : {
            ...roi,
            baseline: named(roi.baseline),
            candidates: roi.candidates.map(named),
            excluded: roi.excluded.map(named),
          },
  }
}
