import type { Document } from '../documents/index.ts'
import { byCodeUnits } from '../kernel/order.ts'
import { openSketch, type Sketch, sketchOf } from '../text/index.ts'
import { editionPairs } from './near-duplicates.ts'
import { passagePairs } from './passage-pairs.ts'

type Pair = readonly [number, number]

/**
 * Groups texts of which one has a good part of the other, so that a split by group leaves no near-copy of a held-out
 * text in the training part: those that share at least a tenth of the smaller one's passages (boilerplate found in
 * more than eight texts aside), and editions, which are alike by half.
 *
 * @returns for each text the index of the first text of its group
 */
export const groupNearDuplicates = (texts: readonly string[]): number[] =>
  groupsOf(texts.length, sharedTextPairs(texts.map(sketchOf)))

/**
 * Groups documents that must not be split: those that share text (as groupNearDuplicates has it), near-copies, and
 * mails with all that is attached to them.
 *
 * @param mails names of mails, also of those that are not among the documents
 * @returns for each document the index of the first one of its group
 */
export function groupDocuments(
  documents: readonly Document[],
  nearDuplicates: readonly { readonly name: string; readonly of: string }[],
  mails: ReadonlySet<string>,
): number[] {
  const indexes = new Map(documents.map(({ name }, index) => [name, index]))
  const copies = nearDuplicates.flatMap(({ name, of }): Pair[] => {
    const [copy, original] = [indexes.get(name), indexes.get(of)]
    return copy === undefined || original === undefined ? [] : [[original, copy]]
  })
  return groupsOf(documents.length, [
    ...sharedTextPairs(documents.map(({ sketch }) => sketch)),
    ...copies,
    ...mailPairs(documents, mails),
  ])
}

function sharedTextPairs(sketches: readonly Sketch[]): Pair[] {
  const opened = sketches.map(openSketch)
  // By content, so that names do not decide which editions are compared.
  const sorted = [...sketches.keys()].sort((a, b) => byCodeUnits(sketches[a]!.minhash, sketches[b]!.minhash))
  const editions = editionPairs(sorted.map((index) => opened[index]!.minhash))
  return [
    ...passagePairs(opened.map(({ passages }) => passages)),
    ...editions.map(([a, b]): Pair => [sorted[a]!, sorted[b]!]),
  ]
}

/** Each document of a mail with the first one of that mail. */
function mailPairs(documents: readonly Document[], mails: ReadonlySet<string>): Pair[] {
  const first = new Map<string, number>()
  return documents.flatMap(({ name }, index): Pair[] => {
    const mail = outermostMail(name, mails)
    if (mail === null) return []
    const other = first.get(mail)
    if (other !== undefined) return [[other, index]]
    first.set(mail, index)
    return []
  })
}

/**
 * The mail that a document is or came in: what is attached to a mail is named below it. A mail without a text of its
 * own is known by its name only.
 */
function outermostMail(name: string, mails: ReadonlySet<string>): string | null {
  for (let slash = name.indexOf('/'); slash !== -1; slash = name.indexOf('/', slash + 1)) {
    const container = name.slice(0, slash)
    if (mails.has(container) || /\.(?:eml|msg)$/i.test(container)) return container
  }
  return mails.has(name) ? name : null
}

/** Connected components; each is named by its smallest index. */
function groupsOf(count: number, pairs: readonly Pair[]): number[] {
  const parent = Array.from({ length: count }, (_, index) => index)
  const root = (index: number): number => {
    let node = index
    // Halving the paths keeps them short.
    for (let above = parent[node]!; above !== node; node = above, above = parent[node]!) {
      parent[node] = parent[above]!
    }
    return node
  }
  for (const [a, b] of pairs) {
    const [first, second] = [root(a), root(b)]
    parent[Math.max(first, second)] = Math.min(first, second)
  }
  return parent.map((_, index) => root(index))
}
