import { fewerPassages } from '../text/index.ts'

/** Texts whose smaller one shares at least this part of its passages with the other belong together. */
const OVERLAP = 0.1
/** A passage found in more texts than that is boilerplate, not a copy. */
const MOST_OWNERS = 8

/** Bits of an entry of the index: 44 of the passage, and the text that has it. */
const OWNER_BITS = 20
const MOST_TEXTS = 2 ** OWNER_BITS

/**
 * Pairs of texts that share passages. The index takes 8 bytes for each passage kept, that is, for every 16 characters;
 * it is sorted, not searched, so that time is linear but for a logarithm.
 *
 * @param passages of the texts, as sketches have them
 */
export function passagePairs(passages: readonly Uint32Array[]): [number, number][] {
  const pairs: [number, number][] = []
  for (const [pair, count] of sharedCounts(passages)) {
    const [a, b] = [Math.floor(pair / MOST_TEXTS), pair % MOST_TEXTS]
    if (count >= OVERLAP * fewerPassages(passages[a]!, passages[b]!)) pairs.push([a, b])
  }
  return pairs
}

/** For each pair of texts a < b, as a · MOST_TEXTS + b, the passages they share. */
function sharedCounts(passages: readonly Uint32Array[]): ReadonlyMap<number, number> {
  const entries = sortedEntries(passages)
  const counts = new Map<number, number>()
  const count = entries.length / 2
  for (let start = 0, end = 0; start < count; start = end) {
    const [low, high] = [entries[2 * start]! >>> OWNER_BITS, entries[2 * start + 1]!]
    while (end < count && entries[2 * end + 1] === high && entries[2 * end]! >>> OWNER_BITS === low) end++
    if (end - start > MOST_OWNERS) continue
    for (let i = start; i < end; i++) {
      for (let j = i + 1; j < end; j++) {
        const pair = (entries[2 * i]! % MOST_TEXTS) * MOST_TEXTS + (entries[2 * j]! % MOST_TEXTS)
        counts.set(pair, (counts.get(pair) ?? 0) + 1)
      }
    }
  }
  return counts
}

/** Every text's every passage, equal ones side by side, each entry a low word (part of the passage, text) and a high one. */
function sortedEntries(passages: readonly Uint32Array[]): Uint32Array {
  if (passages.length > MOST_TEXTS) throw new RangeError(`more than ${MOST_TEXTS} texts`)
  const sorted = new BigUint64Array(passages.reduce((sum, { length }) => sum + length / 2, 0))
  const words = new Uint32Array(sorted.buffer)
  let position = 0
  for (const [owner, own] of passages.entries()) {
    for (let index = 0; index < own.length; index += 2) {
      const [first, second] = [own[index]!, own[index + 1]!]
      // 28 bits of the first word, 16 of the 24 of the second.
      words[position++] = (((second >>> 8) & 0xfff) << OWNER_BITS) | owner
      words[position++] = (first << 4) | (second >>> 20)
    }
  }
  sorted.sort()
  return words
}
