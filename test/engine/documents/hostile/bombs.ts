import { constants, deflateRawSync } from 'node:zlib'

/** A MiB of spaces. */
export const BLANKS = ' '.repeat(2 ** 20)

/**
 * Raw deflate data (RFC 1951) of pieces, one after the other: blocks that a full flush ends are independent of each
 * other, so that no more than one piece is ever unpacked here.
 */
export function deflateBomb(pieces: readonly string[]): Uint8Array {
  const options = { finishFlush: constants.Z_FULL_FLUSH, level: constants.Z_BEST_COMPRESSION }
  const blocks = new Map([...new Set(pieces)].map((piece) => [piece, deflateRawSync(piece, options)]))
  return Buffer.concat([...pieces.map((piece) => blocks.get(piece)!), deflateRawSync('')])
}

/** Raw deflate data of so many MiB of spaces. */
export function blankBomb(mebibytes: number): Uint8Array {
  return deflateBomb(Array.from({ length: mebibytes }, () => BLANKS))
}

/** A zlib stream (RFC 1950) around raw deflate data, with a check sum that nobody gets to. */
export function zlibStream(deflated: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([0x78, 0xda]), deflated, Buffer.alloc(4)])
}
