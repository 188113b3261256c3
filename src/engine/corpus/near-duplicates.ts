import { createHash } from 'node:crypto'

/** Characters in one shingle, and the share of all shingles that is kept (chosen by content, 1 in 16). */
const SHINGLE = 32
const KEEP_ONE_IN = 16

/** Documents whose smaller one shares more than this part of its kept shingles belong together. */
const OVERLAP = 0.1

/**
 * Groups documents that share passages, so that a split by group leaves no near-copy of a held-out document in the
 * training part. White space is ignored.
 *
 * @returns for each text the index of the first text of its group
 */
export function groupNearDuplicates(texts: readonly string[]): number[] {
  const owners = new Map<number, number[]>()
  const counts = texts.map((text, index) => {
    const shingles = keptShingles(text)
    for (const shingle of shingles) {
      const list = owners.get(shingle)
      if (list === undefined) owners.set(shingle, [index])
      else list.push(index)
    }
    return shingles.size
  })
  const shared = new Map<number, number>()
  for (const documents of owners.values()) {
    // A passage found in very many documents is boilerplate, not a copy.
    if (documents.length > 8) continue
    for (const [position, a] of documents.entries()) {
      for (const b of documents.slice(position + 1)) {
        const pair = a * texts.length + b
        shared.set(pair, (shared.get(pair) ?? 0) + 1)
      }
    }
  }
  const parent = texts.map((_, index) => index)
  const root = (index: number): number => {
    let node = index
    while (parent[node] !== node) node = parent[node]!
    return node
  }
  for (const [pair, count] of shared) {
    const [a, b] = [Math.floor(pair / texts.length), pair % texts.length]
    if (count <= OVERLAP * Math.min(counts[a]!, counts[b]!)) continue
    const [first, second] = [root(a), root(b)]
    parent[Math.max(first, second)] = Math.min(first, second)
  }
  return texts.map((_, index) => root(index))
}

/** Hashes of those shingles whose hash is divisible by KEEP_ONE_IN (Manber's sampling): the same in every text. */
function keptShingles(text: string): Set<number> {
  const compact = text.replaceAll(/\s+/g, '')
  const kept = new Set<number>()
  for (let start = 0; start + SHINGLE <= compact.length; start++) {
    // A cheap filter first: only shingles whose leading characters hash well are digested.
    const cheap =
      (compact.charCodeAt(start) * 31 + compact.charCodeAt(start + 1)) * 31 + compact.charCodeAt(start + 2)
    if (cheap % KEEP_ONE_IN !== 0) continue
    kept.add(
      createHash('sha1')
        .update(compact.slice(start, start + SHINGLE))
        .digest()
        .readUIntBE(0, 6),
    )
  }
  return kept
}
