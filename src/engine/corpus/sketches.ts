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

/** Sketches that are read at a time. */
const READ_AT_ONCE = 16

/** Every head, in order. */
export async function headsOf({ count, head }: Sketches): Promise<SketchHead[]> {
  const heads: SketchHead[] = []
  for (let start = 0; start < count; start += READ_AT_ONCE) {
    const length = Math.min(READ_AT_ONCE, count - start)
    heads.push(...(await Promise.all(Array.from({ length }, async (_, index) => await head(start + index)))))
  }
  return heads
}
