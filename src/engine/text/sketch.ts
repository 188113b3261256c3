/** The shape of a text by which near-copies are found without the text. */
export interface Sketch {
  /** MINHASHES values. */
  readonly minhash: Uint32Array
  /**
   * Pairs of words of 28 and 24 bits, each pair one passage; ascending by the first word, then the second. At most
   * MOST_PASSAGES pairs.
   */
  readonly passages: Uint32Array
}

/** Values of a minhash: the error of an estimated similarity J is √(J (1 − J) / 128), at most 0.044. */
export const MINHASHES = 128

/**
 * Characters in a shingle of the minhash. Eight are three or four words of Japanese and a word and a half of English:
 * enough that unrelated texts of one language share few, and so few that one edit changes only eight of them.
 */
const SHINGLE = 8

/** Characters in a passage: no phrase of everyday language is that long. */
const PASSAGE = 32
/** Passages kept: those whose first word is below 2³² / 16, one in sixteen, the same ones in every text. */
export const KEPT_BELOW = 2 ** 28
/** Most passages of one sketch, a megacharacter's worth; of longer texts those with the lowest first words are kept. */
export const MOST_PASSAGES = 65_536

/** Odd, so that multiplying by them loses nothing modulo 2³²; otherwise without meaning. */
const BASE = 0x2c1b3c6d
const OTHER_BASE = 0x297a2d39

const PERMUTATIONS = Array.from({ length: MINHASHES }, (_, index) => ({
  factor: mixed(2 * index + 1) | 1,
  offset: mixed(2 * index + 2),
}))

/**
 * Sketches a text for `similarity` and `sharedPassages`. White space and width (NFKC) do not count. Deterministic on
 * every machine; takes linear time.
 */
export function sketchOf(text: string): Sketch {
  const compact = text.normalize('NFKC').replaceAll(/\s+/g, '')
  return { minhash: minhashOf(compact), passages: passagesOf(compact) }
}

/**
 * The estimated Jaccard similarity of two texts, 0 to 1: the part that their shingles in common are of all their
 * shingles (Broder, On the resemblance and containment of documents, 1997).
 */
export function similarity(a: Pick<Sketch, 'minhash'>, b: Pick<Sketch, 'minhash'>): number {
  let equal = 0
  for (let index = 0; index < MINHASHES; index++) if (a.minhash[index] === b.minhash[index]) equal++
  return equal / MINHASHES
}

/**
 * The estimated part of the smaller text's passages that the other has too, 0 to 1 (FracMinHash containment: Irber and
 * others, 2022); 0 where a text is too short to have one.
 */
export function sharedPassages(a: Sketch, b: Sketch): number {
  const [first, second] = [a.passages, b.passages]
  let shared = 0
  for (let i = 0, j = 0; i < first.length && j < second.length;) {
    const order = first[i]! - second[j]! || first[i + 1]! - second[j + 1]!
    if (order === 0) shared++
    if (order <= 0) i += 2
    if (order >= 0) j += 2
  }
  return shared === 0 ? 0 : shared / fewerPassages(first, second)
}

/**
 * How many passages the one of two sketches has that has fewer: of those that both would have kept, since of long
 * texts only the lowest are.
 */
export function fewerPassages(a: Uint32Array, b: Uint32Array): number {
  const bound = Math.min(boundOf(a), boundOf(b))
  return Math.min(countBelow(a, bound), countBelow(b, bound))
}

/** The first words below which a sketch holds every passage of its text. */
const boundOf = (passages: Uint32Array): number =>
  passages.length < 2 * MOST_PASSAGES ? KEPT_BELOW : passages.at(-2)! + 1

/** Passages whose first word is below a bound. */
function countBelow(passages: Uint32Array, bound: number): number {
  let [low, high] = [0, passages.length / 2]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (passages[2 * middle]! < bound) low = middle + 1
    else high = middle
  }
  return low
}

function minhashOf(compact: string): Uint32Array {
  const smallest = new Uint32Array(MINHASHES).fill(0xffffffff)
  const factors = Int32Array.from(PERMUTATIONS, ({ factor }) => factor)
  const offsets = Int32Array.from(PERMUTATIONS, ({ offset }) => offset)
  // A text shorter than a shingle is one.
  const shingles = rollingHashes(compact, Math.min(SHINGLE, compact.length), BASE)
  for (const rolled of shingles) {
    const shingle = mixed(rolled)
    for (let index = 0; index < MINHASHES; index++) {
      const value = (Math.imul(shingle, factors[index]!) + offsets[index]!) >>> 0
      if (value < smallest[index]!) smallest[index] = value
    }
  }
  return smallest
}

function passagesOf(compact: string): Uint32Array {
  const firsts = rollingHashes(compact, PASSAGE, BASE)
  const seconds = rollingHashes(compact, PASSAGE, OTHER_BASE)
  const kept = new Set<number>()
  for (let index = 0; index < firsts.length; index++) {
    const first = mixed(firsts[index]!)
    // Both words as one number of 53 bits.
    if (first < KEPT_BELOW) kept.add(first * 2 ** 24 + (mixed(seconds[index]!) >>> 8))
  }
  const sorted = Float64Array.from(kept).sort().subarray(0, MOST_PASSAGES)
  const words = new Uint32Array(2 * sorted.length)
  for (const [index, value] of sorted.entries()) {
    words[2 * index] = Math.floor(value / 2 ** 24)
    words[2 * index + 1] = value % 2 ** 24
  }
  return words
}

/** A polynomial hash modulo 2³² of every `length` characters in a row (Karp and Rabin, 1987). */
function rollingHashes(text: string, length: number, base: number): Uint32Array {
  if (length === 0 || text.length < length) return new Uint32Array(0)
  let leaving = 1
  for (let power = 0; power < length; power++) leaving = Math.imul(leaving, base)
  const hashes = new Uint32Array(text.length - length + 1)
  let hash = 0
  for (let end = 0; end < text.length; end++) {
    hash = (Math.imul(hash, base) + text.charCodeAt(end) + 1) | 0
    const start = end - length
    if (start >= 0) hash = (hash - Math.imul(leaving, text.charCodeAt(start) + 1)) | 0
    if (start >= -1) hashes[start + 1] = hash
  }
  return hashes
}

/** The finalizer of MurmurHash3 (Austin Appleby): every bit of the result depends on every bit of the value. */
function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
