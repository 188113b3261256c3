import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

import { MINHASHES, type Sketch } from '../text/index.ts'

/** The part of a sketch that is short however long the text, and how much more there is. */
export interface SketchHead {
  readonly minhash: Uint32Array
  /** How many passages follow. */
  readonly passages: number
}

const WORD = Uint32Array.BYTES_PER_ELEMENT
const HEAD_BYTES = MINHASHES * WORD
const PASSAGE_BYTES = 2 * WORD

/**
 * A sketch as it lies on disk: the minhash, then the passages in order, all of it words of 32 bits. Every platform of
 * Node.js and Electron that we build for keeps them little-endian.
 */
export function sketchBytes({ minhash, passages }: Sketch): Uint8Array {
  const words = new Uint32Array(minhash.length + passages.length)
  words.set(minhash)
  words.set(passages, minhash.length)
  return new Uint8Array(words.buffer)
}

/** @throws Error when the file cannot be read or is no sketch */
export function readSketchHead(path: string): SketchHead {
  return withFile(path, (file) => {
    const minhash = new Uint32Array(MINHASHES)
    const bytesRead = readSync(file, minhash, 0, HEAD_BYTES, 0)
    const passages = (fstatSync(file).size - HEAD_BYTES) / PASSAGE_BYTES
    if (bytesRead < HEAD_BYTES || !Number.isInteger(passages)) throw new Error('not a sketch')
    return { minhash, passages }
  })
}

/**
 * Passages of a sketch, from the `from`-th on.
 *
 * @throws Error when the file cannot be read or has fewer
 */
export function readPassages(path: string, from: number, count: number): Uint32Array {
  return withFile(path, (file) => {
    const words = new Uint32Array(2 * count)
    const bytesRead = readSync(file, words, 0, words.byteLength, HEAD_BYTES + from * PASSAGE_BYTES)
    if (bytesRead < words.byteLength) throw new Error('not a whole sketch')
    return words
  })
}

/**
 * Synchronous, since so little is read of so many files: a FileHandle lives until the next full garbage collection, and
 * thousands of them take more memory than the sketches.
 */
function withFile<T>(path: string, read: (file: number) => T): T {
  const file = openSync(path, 'r')
  try {
    return read(file)
  } finally {
    closeSync(file)
  }
}
