import { setImmediate as nextTurn } from 'node:timers/promises'

import type { DocumentFolder, SketchHead } from '../documents/index.ts'
import type { Sketch } from '../text/index.ts'

/**
 * Sketches of texts by index. They lie on disk as a rule: of all of them together only the heads, half a KiB each, are
 * held at a time.
 */
export interface Sketches {
  readonly count: number
  readonly head: (index: number) => Promise<SketchHead>
  /** Passages from the `from`-th on; there are so many. */
  readonly passages: (index: number, from: number, count: number) => Promise<Uint32Array>
}

/** Documents and where their sketches are. */
export type SketchedDocuments = Pick<DocumentFolder, 'documents' | 'sketchHeadOf' | 'passagesOf'>

export const sketchesOf = ({ documents, sketchHeadOf, passagesOf }: SketchedDocuments): Sketches => ({
  count: documents.length,
  head: async (index) => await sketchHeadOf(documents[index]!),
  passages: async (index, from, length) => await passagesOf(documents[index]!, from, length),
})

export const sketchesInMemory = (sketches: readonly Sketch[]): Sketches => ({
  count: sketches.length,
  head: (index) => {
    const { minhash, passages } = sketches[index]!
    return Promise.resolve({ minhash, passages: passages.length / 2 })
  },
  passages: (index, from, count) =>
    Promise.resolve(sketches[index]!.passages.subarray(2 * from, 2 * (from + count))),
})

/** Sketches that are read before others have a turn: reading them is synchronous. */
const READ_AT_ONCE = 16

/** To be awaited before the `index`-th sketch is read. */
export async function turn(index: number): Promise<void> {
  if (index % READ_AT_ONCE === 0) await nextTurn()
}

/** Every head, in order. */
export async function headsOf({ count, head }: Sketches): Promise<SketchHead[]> {
  const heads: SketchHead[] = []
  for (let index = 0; index < count; index++) {
    await turn(index)
    heads.push(await head(index))
  }
  return heads
}
