import { MINHASHES, minhashSimilarity } from '../text/index.ts'

/**
 * Texts at least so similar are near-copies. At 0.9 one edit in about 150 characters is left of a text of any length:
 * a new date or version. Forms and reports on one template, filled in anew, lie well below. The estimate from 128
 * values errs by 0.027 there, so that of pairs at 0.8 one in four hundred passes.
 */
const NEAR_DUPLICATE = 0.9
/** Values in one band: of pairs at 0.9 only one in 8,000 has none of 16 bands of 8 in common, 1 − (1 − 0.9⁸)¹⁶. */
const NEAR_DUPLICATE_BAND = 8
/**
 * Originals that one band can find. More have it only where very many texts are filled into one template; there a
 * near-copy may go unseen, but time stays linear, and the texts are editions anyway.
 */
const MOST_ORIGINALS = 32

/** Texts that have half of what they say in common are editions of one. */
const EDITION = 0.5
/** Of pairs at 0.6 one in 80 has none of 32 bands of 4 in common. */
const EDITION_BAND = 4

/**
 * For each text the one before it that it all but repeats, the most similar one if there are several, or null. Only
 * texts that repeat none themselves count as originals, so nothing is a near-copy by way of another.
 *
 * @param minhashes of the texts, those first that are to be the originals
 */
export function nearestOriginals(
  minhashes: readonly Uint32Array[],
): ({ readonly of: number; readonly similarity: number } | null)[] {
  const originals = new Map<number, number[]>()
  return minhashes.map((minhash, index) => {
    const bands = bandsOf(minhash, NEAR_DUPLICATE_BAND)
    const candidates = new Set(bands.flatMap((band) => originals.get(band) ?? []))
    const alike = Array.from(candidates, (of) => ({
      of,
      similarity: minhashSimilarity(minhash, minhashes[of]!),
    })).filter(({ similarity }) => similarity >= NEAR_DUPLICATE)
    const [nearest = null] = alike.sort((a, b) => b.similarity - a.similarity || a.of - b.of)
    if (nearest === null) for (const band of bands) list(originals, band, index)
    return nearest
  })
}

/**
 * Pairs of editions. Each text is compared with one text of each band only: enough to connect a family, and linear
 * time for a folder that is one.
 */
export function editionPairs(minhashes: readonly Uint32Array[]): [number, number][] {
  const first = new Map<number, number>()
  const pairs: [number, number][] = []
  for (const [index, minhash] of minhashes.entries()) {
    const others = new Set<number>()
    for (const band of bandsOf(minhash, EDITION_BAND)) {
      const other = first.get(band)
      if (other === undefined) first.set(band, index)
      else others.add(other)
    }
    for (const other of others) {
      if (other !== index && minhashSimilarity(minhash, minhashes[other]!) >= EDITION)
        pairs.push([other, index])
    }
  }
  return pairs
}

/** One number of 48 bits for each band of `rows` values; equal ones of other bands or values only make a candidate. */
function bandsOf(minhash: Uint32Array, rows: number): number[] {
  return Array.from({ length: MINHASHES / rows }, (_, band) => {
    let [low, high] = [band, band]
    for (const value of minhash.subarray(band * rows, (band + 1) * rows)) {
      low = Math.imul(low ^ value, 0x01000193)
      high = Math.imul(high ^ (value >>> 15), 0x01000193)
    }
    return (high & 0xffff) * 2 ** 32 + (low >>> 0)
  })
}

function list(originals: Map<number, number[]>, band: number, index: number): void {
  const own = originals.get(band)
  if (own === undefined) originals.set(band, [index])
  else if (own.length < MOST_ORIGINALS) own.push(index)
}
