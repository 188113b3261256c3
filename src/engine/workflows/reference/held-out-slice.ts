import { SeededRandom } from '../../kernel/random.ts'
import type { ReferenceDocument } from './reference-corpus.ts'

/** Whole held-out documents, the sources taking turns, until about `bytes` of text; none is longer than a quarter. */
export function selectSlice(
  heldOut: readonly ReferenceDocument[],
  bytes: number,
  seed: number,
): ReferenceDocument[] {
  const shuffled = new SeededRandom(seed).shuffle([...heldOut])
  const queues = [...new Set(heldOut.map(({ source }) => source))]
    .sort()
    .map((source) =>
      shuffled.filter(
        (document) => document.source === source && Buffer.byteLength(document.text) <= bytes / 4,
      ),
    )
  const slice: ReferenceDocument[] = []
  let size = 0
  while (size < bytes && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      const document = queue.shift()
      if (document === undefined || size >= bytes) continue
      slice.push(document)
      size += Buffer.byteLength(document.text)
    }
  }
  return slice
}

/** One JSON document a line, as the corpus itself. */
export function formatSlice(slice: readonly ReferenceDocument[]): string {
  return slice.map((document) => `${JSON.stringify(document)}\n`).join('')
}
