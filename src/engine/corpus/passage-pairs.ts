import { fewerPassages, KEPT_BELOW, MOST_PASSAGES } from '../text/index.ts'
import { type Sketches, turn } from './sketches.ts'

/** Texts whose smaller one shares at least this part of its passages with the other belong together. */
const OVERLAP = 0.1
/** A passage found in more texts than that is boilerplate, not a copy. */
const MOST_OWNERS = 8

/** Bits of an entry of the index: 44 of the passage, and the text that has it. */
const OWNER_BITS = 20
const MOST_TEXTS = 2 ** OWNER_BITS

/** Passages that are compared at a time, 8 bytes each. */
const COMPARED_AT_ONCE = 2 ** 19

/**
 * Pairs of texts that share passages. Passages are hashes, each kept for 16 characters: they are compared in rounds, by
 * their first words from low to high, each of which takes from every text what comes next. So memory does not grow with
 * the texts, and each passage is read once or twice. A round is sorted, not searched, so that time is linear but for a
 * logarithm.
 *
 * @param sizes how many passages each text has
 * @param comparedAtOnce passages of one round, unless texts of many megacharacters crowd in one
 */
export async function passagePairs(
  sketches: Sketches,
  sizes: readonly number[],
  comparedAtOnce = COMPARED_AT_ONCE,
): Promise<[number, number][]> {
  if (sizes.length > MOST_TEXTS) throw new RangeError(`more than ${MOST_TEXTS} texts`)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const rounds = Math.ceil(total / comparedAtOnce)
  const shared = new Map<number, number>()
  const taken = new Uint32Array(sizes.length)
  const entries = new Entries(Math.ceil((1.1 * total) / Math.max(1, rounds)))
  for (let round = 0; round < rounds; round++) {
    const bound = Math.ceil((KEPT_BELOW / rounds) * (round + 1))
    entries.clear()
    for (const [owner, size] of sizes.entries()) {
      await turn(owner)
      taken[owner] = await take(
        sketches,
        { owner, size, from: taken[owner]!, bound },
        rounds - round,
        entries,
      )
    }
    countShared(entries.sorted(), shared)
  }
  const pairs: [number, number][] = []
  for (const [pair, count] of shared) {
    const [a, b] = [Math.floor(pair / MOST_TEXTS), pair % MOST_TEXTS]
    if (count >= OVERLAP * (await fewerOf(sketches, sizes, a, b))) pairs.push([a, b])
  }
  return pairs
}

/** Takes a text's passages below a bound. @returns the first one beyond */
async function take(
  { passages }: Sketches,
  { owner, size, from, bound }: { owner: number; size: number; from: number; bound: number },
  roundsLeft: number,
  entries: Entries,
): Promise<number> {
  let next = from
  while (next < size) {
    // What is to be expected of words spread evenly, and a little more.
    const most = Math.min(size - next, Math.ceil((1.1 * (size - from)) / roundsLeft) + 8)
    const words = await passages(owner, next, most)
    for (let index = 0; index < words.length; index += 2, next++) {
      if (words[index]! >= bound) return next
      entries.add(words[index]!, words[index + 1]!, owner)
    }
  }
  return next
}

async function fewerOf(
  { passages }: Sketches,
  sizes: readonly number[],
  a: number,
  b: number,
): Promise<number> {
  if (sizes[a]! < MOST_PASSAGES && sizes[b]! < MOST_PASSAGES) return Math.min(sizes[a]!, sizes[b]!)
  return fewerPassages(await passages(a, 0, sizes[a]!), await passages(b, 0, sizes[b]!))
}

/** Counts, for each pair of texts a < b, as a · MOST_TEXTS + b, the passages they share. */
function countShared(entries: Uint32Array, counts: Map<number, number>): void {
  const count = entries.length / 2
  for (let start = 0, end = 0; start < count; start = end) {
    const low = entries[2 * start]! >>> OWNER_BITS
    const high = entries[2 * start + 1]!
    while (end < count && entries[2 * end + 1] === high && entries[2 * end]! >>> OWNER_BITS === low) end++
    if (end - start > MOST_OWNERS) continue
    for (let i = start; i < end; i++) {
      for (let j = i + 1; j < end; j++) {
        const pair = (entries[2 * i]! % MOST_TEXTS) * MOST_TEXTS + (entries[2 * j]! % MOST_TEXTS)
        counts.set(pair, (counts.get(pair) ?? 0) + 1)
      }
    }
  }
}

/** The passages of one round, each a low word (part of the passage, text) and a high one. */
class Entries {
  #words: Uint32Array<ArrayBuffer>
  #length = 0

  /** @param expected beyond it takes more memory */
  constructor(expected: number) {
    this.#words = new Uint32Array(2 * expected)
  }

  clear(): void {
    this.#length = 0
  }

  add(first: number, second: number, owner: number): void {
    if (this.#length === this.#words.length) {
      const larger = new Uint32Array(2 * this.#length + 2)
      larger.set(this.#words)
      this.#words = larger
    }
    // 28 bits of the first word, 16 of the 24 of the second.
    this.#words[this.#length++] = (((second >>> 8) & 0xfff) << OWNER_BITS) | owner
    this.#words[this.#length++] = (first << 4) | (second >>> 20)
  }

  /** Equal passages side by side. */
  sorted(): Uint32Array {
    new BigUint64Array(this.#words.buffer, 0, this.#length / 2).sort()
    return this.#words.subarray(0, this.#length)
  }
}
