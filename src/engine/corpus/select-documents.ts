import type { CorpusSettings } from '../../shared/documents.ts'
import type { Document } from '../documents/index.ts'
import { byCodeUnits, byName } from '../kernel/order.ts'
import { nearestOriginals } from './near-duplicates.ts'
import { headsOf, type SketchedDocuments, sketchesOf } from './sketches.ts'

export interface SelectionOptions {
  /** Names of documents that are left out before anything else. */
  readonly excluded?: readonly string[]
  /** Whether near-copies are left out, which they are unless told otherwise. */
  readonly nearDuplicates?: CorpusSettings['nearDuplicates']
}

/** The documents that count, and those left out by reason; all sorted by name. */
export interface Selection {
  readonly documents: readonly Document[]
  /** Left out because their text equals that of an earlier name. */
  readonly duplicates: readonly { readonly name: string; readonly of: string }[]
  /**
   * What all but repeats another text, and the estimated similarity of the two (0 to 1, near-duplicates.ts). Left out
   * unless near-copies are kept.
   */
  readonly nearDuplicates: readonly {
    readonly name: string
    readonly of: string
    readonly similarity: number
  }[]
  readonly excluded: readonly string[]
}

/**
 * Each text once. Of equal texts the one first by name stays; of near-copies an intact one before others, then the
 * longest, then the one with the lowest hash: what stays depends on the texts alone, in any order the same.
 *
 * @throws AppError documents/text-gone
 */
export async function selectDocuments(
  folder: SketchedDocuments,
  { excluded: excludedNames = [], nearDuplicates: becomeOfCopies = 'drop' }: SelectionOptions = {},
): Promise<Selection> {
  const unwanted = new Set(excludedNames)
  const firstByText = new Map<string, Document>()
  const duplicates: { name: string; of: string }[] = []
  const excluded: string[] = []
  for (const document of folder.documents.toSorted(byName)) {
    const { name, textSha256 } = document
    const first = firstByText.get(textSha256)
    if (unwanted.has(name)) excluded.push(name)
    else if (first !== undefined) duplicates.push({ name, of: first.name })
    else firstByText.set(textSha256, document)
  }
  const texts = [...firstByText.values()]
  const nearDuplicates = await findNearDuplicates({ ...folder, documents: texts })
  const dropped = new Set(becomeOfCopies === 'drop' ? nearDuplicates.map(({ name }) => name) : [])
  return { documents: texts.filter(({ name }) => !dropped.has(name)), duplicates, nearDuplicates, excluded }
}

async function findNearDuplicates(folder: SketchedDocuments): Promise<Selection['nearDuplicates']> {
  const preferred = folder.documents.toSorted(
    (a, b) =>
      Number(a.health.unreadable > 0) - Number(b.health.unreadable > 0) ||
      b.characters - a.characters ||
      byCodeUnits(a.textSha256, b.textSha256),
  )
  const originals = nearestOriginals(await headsOf(sketchesOf({ ...folder, documents: preferred })))
  return originals
    .flatMap((nearest, index) =>
      nearest === null
        ? []
        : [{ name: preferred[index]!.name, of: preferred[nearest.of]!.name, similarity: nearest.similarity }],
    )
    .sort(byName)
}
