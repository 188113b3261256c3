import type { Document, SketchHead } from '../documents/index.ts'
import { sketchOf } from '../text/index.ts'
import { Groups } from './groups.ts'
import { joinEditions } from './near-duplicates.ts'
import { passagePairs } from './passage-pairs.ts'
import { headsOf, type SketchedDocuments, type Sketches, sketchesInMemory, sketchesOf } from './sketches.ts'

/**
 * Groups texts of which one has a good part of the other, so that a split by group leaves no near-copy of a held-out
 * text in the training part: those that share at least a tenth of the smaller one's passages (boilerplate found in
 * more than eight texts aside), and editions, which are alike by half.
 *
 * @returns for each text the index of the first text of its group
 */
export async function groupNearDuplicates(texts: readonly string[]): Promise<number[]> {
  const groups = await joinSharedText(sketchesInMemory(texts.map(sketchOf)))
  return texts.map((_, index) => groups.of(index))
}

/**
 * Groups documents that must not be split: those that share text (as groupNearDuplicates has it), near-copies, and
 * mails with all that is attached to them.
 *
 * @param mails names of mails, also of those that are not among the documents
 * @returns for each document the index of the first one of its group
 */
export async function groupDocuments(
  folder: SketchedDocuments,
  nearDuplicates: readonly { readonly name: string; readonly of: string }[],
  mails: ReadonlySet<string>,
): Promise<number[]> {
  const { documents } = folder
  const groups = await joinSharedText(sketchesOf(folder))
  const indexes = new Map(documents.map(({ name }, index) => [name, index]))
  for (const { name, of } of nearDuplicates) {
    const [copy, original] = [indexes.get(name), indexes.get(of)]
    if (copy !== undefined && original !== undefined) groups.join(original, copy)
  }
  joinMails(documents, mails, groups)
  return documents.map((_, index) => groups.of(index))
}

async function joinSharedText(sketches: Sketches): Promise<Groups> {
  const groups = new Groups(sketches.count)
  const heads: readonly SketchHead[] = await headsOf(sketches)
  joinEditions(heads, groups)
  const sizes = heads.map(({ passages }) => passages)
  for (const [a, b] of await passagePairs(sketches, sizes)) groups.join(a, b)
  return groups
}

/** Each document of a mail with the first one of that mail. */
function joinMails(documents: readonly Document[], mails: ReadonlySet<string>, groups: Groups): void {
  const first = new Map<string, number>()
  for (const [index, { name }] of documents.entries()) {
    const mail = outermostMail(name, mails)
    if (mail === null) continue
    const other = first.get(mail)
    if (other === undefined) first.set(mail, index)
    else groups.join(other, index)
  }
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
