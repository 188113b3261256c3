import { MINHASHES, type Sketch, similarity } from '../text/index.ts'
import type { Groups } from './groups.ts'
import { KeyIndex } from './key-index.ts'

type Minhash = Pick<Sketch, 'minhash'>

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
 * @param texts those first that are to be the originals
 */
export function nearestOriginals(
  texts: readonly Minhash[],
): ({ readonly of: number; readonly similarity: number } | null)[] {
  const bandCount = MINHASHES / NEAR_DUPLICATE_BAND
  const originals = new KeyIndex(texts.length * bandCount)
  return texts.map((text, index) => {
    const bands = Array.from({ length: bandCount }, (_, band) => bandOf(text, band, NEAR_DUPLICATE_BAND))
    const alike = Array.from(new Set(bands.flatMap((band) => originals.of(band))), (of) => ({
      of,
      similarity: similarity(text, texts[of]!),
    })).filter((other) => other.similarity >= NEAR_DUPLICATE)
    const [nearest = null] = alike.sort((a, b) => b.similarity - a.similarity || a.of - b.of)
    if (nearest !== null) return nearest
    for (const band of bands) if (originals.of(band).length < MOST_ORIGINALS) originals.add(band, index)
    return null
  })
}

/**
 * Joins editions. Each text is compared with one text of each band only: enough to connect a family, and linear time
 * for a folder that is one.
 */
export function joinEditions(texts: readonly Minhash[], groups: Groups): void {
  // By content, so that names do not decide which ones are compared.
  const sorted = [...texts.keys()].sort((a, b) => byMinhash(texts[a]!, texts[b]!))
  for (let band = 0; band < MINHASHES / EDITION_BAND; band++) {
    const first = new KeyIndex(texts.length)
    for (const index of sorted) {
      const key = bandOf(texts[index]!, band, EDITION_BAND)
      const [other] = first.of(key)
      if (other === undefined) first.add(key, index)
      else if (groups.of(other) !== groups.of(index) && similarity(texts[index]!, texts[other]!) >= EDITION)
        groups.join(other, index)
    }
  }
}

function byMinhash(a: Minhash, b: Minhash): number {
  const differs = a.minhash.findIndex((value, index) => value !== b.minhash[index])
  return differs === -1 ? 0 : a.minhash[differs]! - b.minhash[differs]!
}

/** One number of 48 bits for a band of `rows` values; equal ones of other bands or values only make a candidate. */
function bandOf({ minhash }: Minhash, band: number, rows: number): number {
  let [low, high] = [band, band]
  for (let index = band * rows; index < (band + 1) * rows; index++) {
    const value = minhash[index]!
    low = Math.imul(low ^ value, 0x01000193)
    high = Math.imul(high ^ (value >>> 15), 0x01000193)
  }
  return (high & 0xffff) * 2 ** 32 + (low >>> 0)
}
