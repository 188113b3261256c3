/** Damages files as disks, networks, careless programs and attackers do: every change follows from the generator. */
import { constants, deflateSync, inflateSync } from 'node:zlib'

import { unzipSync, zipSync } from 'fflate'

import type { SeededRandom } from '../../src/engine/kernel/random.ts'

/** What a mutation is made of. */
export interface MutationSource {
  readonly bytes: Uint8Array
  /** Another file, to take pieces from. */
  readonly other: Uint8Array
}

type Mutation = (source: MutationSource, random: SeededRandom) => Uint8Array

const MAX_FLIPS = 64
const MAX_RUN = 512
const MAX_COPIES = 64
const MAX_TOKEN_COPIES = 3000
/** What repetition adds at most; larger files only take longer. */
const MAX_ADDED_CHARACTERS = 2 ** 20
const MAX_PART_BYTES = 2 ** 24
const MAX_MUTATIONS = 3
/** Values that lengths, counts and offsets go wrong at. */
const EXTREMES = [
  0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
]
const NUMBERS = [
  '0',
  '-1',
  '65535',
  '65536',
  '2147483647',
  '4294967295',
  '99999999999999999999',
  '1e308',
  'NaN',
]
const ZIP_SIGNATURE = 'PK\u0003\u0004'
/** Tags of markup, names and numbers of PDF and RTF, lines of mails, words. */
const TOKEN = /<[^<>]*>|\\[a-z]+-?\d* ?|[{}]|\/\w+|\d+|\r?\n|[^\s<>\\{}/\d]+|\s+|[<>\\/]/g

const RAW: Readonly<Record<string, Mutation>> = {
  bits: ({ bytes }, random) => {
    const changed = Uint8Array.from(bytes)
    const flips = 1 + random.integer(MAX_FLIPS)
    for (let flip = 0; flip < flips && changed.length > 0; flip++) {
      const at = random.integer(changed.length)
      changed[at] = changed[at]! ^ (1 << random.integer(8))
    }
    return changed
  },
  run: ({ bytes }, random) => {
    const changed = Uint8Array.from(bytes)
    const [from, to] = block(bytes, random)
    const filler = pick([0x00, 0xff, 0x20, 0x3c, null], random)
    for (let at = from; at < to; at++) changed[at] = filler ?? random.integer(256)
    return changed
  },
  truncation: ({ bytes }, random) => Uint8Array.from(bytes.subarray(0, random.integer(bytes.length + 1))),
  removal: ({ bytes }, random) => {
    const [from, to] = block(bytes, random)
    return joined(bytes.subarray(0, from), bytes.subarray(to))
  },
  duplication: ({ bytes }, random) => {
    const [from, to] = block(bytes, random)
    const copies = Array.from({ length: 1 + random.integer(MAX_COPIES) }, () => bytes.subarray(from, to))
    return joined(bytes.subarray(0, to), ...copies, bytes.subarray(to))
  },
  splice: ({ bytes, other }, random) => {
    const [from, to] = block(other, random, other.length)
    const at = random.integer(bytes.length + 1)
    const rest = random.integer(2) === 0 ? bytes.subarray(at) : bytes.subarray(at + (to - from))
    return joined(bytes.subarray(0, at), other.subarray(from, to), rest)
  },
  length: ({ bytes }, random) => {
    const changed = Buffer.from(bytes)
    const width = pick([1, 2, 4] as const, random)
    if (changed.length < 4) return changed
    const at = random.integer(changed.length - 3)
    const value = pick(EXTREMES, random) % 2 ** (8 * width)
    if (random.integer(2) === 0) changed.writeUIntLE(value, at, width)
    else changed.writeUIntBE(value, at, width)
    return new Uint8Array(changed)
  },
  number: ({ bytes }, random) =>
    withText(bytes, (text) => {
      const found = [...text.matchAll(/\d+/g)]
      const chosen = found[random.integer(found.length)]
      if (chosen === undefined) return text
      const end = chosen.index + chosen[0].length
      return `${text.slice(0, chosen.index)}${pick(NUMBERS, random)}${text.slice(end)}`
    }),
  tokens: ({ bytes }, random) => withText(bytes, (text) => withOtherTokens(text, random)),
}

const INSIDE: Readonly<Record<string, Mutation>> = {
  /** Changes one part of a zip file; the archive around it is sound. */
  part: ({ bytes, other }, random) => {
    // The declared size is set aside at once, and it may be one of those extremes by now.
    const parts = unzipSync(bytes, { filter: ({ originalSize }) => originalSize < MAX_PART_BYTES })
    const names = Object.keys(parts).filter((name) => parts[name]!.length > 0)
    const chosen = names[random.integer(names.length)]
    if (chosen === undefined) return bytes
    const isRemoved = random.integer(8) === 0
    const others = Object.entries(parts).filter(([name]) => name !== chosen)
    const changed = isRemoved
      ? []
      : [[chosen, rawMutation({ bytes: parts[chosen]!, other }, random)] as const]
    return zipSync(Object.fromEntries([...others, ...changed]), { level: 1 })
  },
  /** Changes one compressed stream of a PDF; the file around it is repaired by its readers. */
  stream: ({ bytes, other }, random) => {
    const file = Buffer.from(bytes)
    const starts = [...file.toString('latin1').matchAll(/\/FlateDecode[^]{0,200}?stream\r?\n/g)].map(
      (match) => match.index + match[0].length,
    )
    const start = starts[random.integer(starts.length)]
    if (start === undefined) return rawMutation({ bytes, other }, random)
    const end = file.indexOf('endstream', start)
    const content = inflateSync(file.subarray(start, end), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: MAX_PART_BYTES,
    })
    const packed = deflateSync(rawMutation({ bytes: content, other }, random))
    return joined(file.subarray(0, start), packed, Buffer.from('\n'), file.subarray(end))
  },
}

/** One to three changes, within compressed parts where the file has them. */
export function mutated(source: MutationSource, random: SeededRandom): Uint8Array {
  let { bytes } = source
  const count = 1 + random.integer(MAX_MUTATIONS)
  for (let index = 0; index < count; index++) {
    const inside = random.integer(6) > 0 ? insideOf(bytes) : undefined
    bytes =
      inside === undefined
        ? rawMutation({ ...source, bytes }, random)
        : attempt(inside, { ...source, bytes }, random)
  }
  return bytes
}

function insideOf(bytes: Uint8Array): Mutation | undefined {
  const head = Buffer.from(bytes.subarray(0, 5)).toString('latin1')
  return head.startsWith(ZIP_SIGNATURE) ? INSIDE['part'] : head === '%PDF-' ? INSIDE['stream'] : undefined
}

/** What earlier changes made unreadable is changed from outside. */
function attempt(inside: Mutation, source: MutationSource, random: SeededRandom): Uint8Array {
  try {
    return inside(source, random)
  } catch {
    return rawMutation(source, random)
  }
}

function rawMutation(source: MutationSource, random: SeededRandom): Uint8Array {
  return pick(Object.values(RAW), random)(source, random)
}

/** Removes, repeats, exchanges or nests tokens. */
function withOtherTokens(text: string, random: SeededRandom): string {
  const tokens = text.match(TOKEN) ?? []
  if (tokens.length === 0) return text
  const at = random.integer(tokens.length)
  const length = 1 + random.integer(4)
  const chosen = tokens.slice(at, at + length)
  const affordable = Math.ceil(MAX_ADDED_CHARACTERS / chosen.join('').length)
  const copies = Math.min(1 + random.integer(MAX_TOKEN_COPIES), affordable)
  const replaced = pick(
    [
      () => [],
      () => Array.from({ length: copies }, () => chosen).flat(),
      () => chosen.toReversed(),
      () => Array.from({ length }, () => tokens[random.integer(tokens.length)]!),
    ],
    random,
  )()
  return [...tokens.slice(0, at), ...replaced, ...tokens.slice(at + length)].join('')
}

function withText(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  return new Uint8Array(Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1'))
}

function block(bytes: Uint8Array, random: SeededRandom, longest = MAX_RUN): readonly [number, number] {
  const from = random.integer(bytes.length + 1)
  return [from, Math.min(bytes.length, from + 1 + random.integer(longest))]
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces))
}

function pick<T>(choices: readonly T[], random: SeededRandom): T {
  return choices[random.integer(choices.length)]!
}
