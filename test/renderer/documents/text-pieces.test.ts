import { describe, expect, test } from 'vitest'

import { cutIntoPieces } from '../../../src/renderer/views/documents/text-pieces.ts'

describe('cutIntoPieces', () => {
  test('a short text is one piece, an empty one too', () => {
    expect(cutIntoPieces('短い文書\nです')).toEqual(['短い文書\nです'])
    expect(cutIntoPieces('')).toEqual([''])
  })

  test('cuts at the last line break within reach and drops it', () => {
    expect(cutIntoPieces('aaaa\nbbbb\ncccc\n', 7)).toEqual(['aaaa', 'bbbb', 'cccc\n'])
  })

  test('a line longer than a piece is cut where the piece ends', () => {
    expect(cutIntoPieces('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
  })

  test('never cuts a character in two', () => {
    expect(cutIntoPieces('𠮟'.repeat(5), 3)).toEqual(['𠮟', '𠮟', '𠮟', '𠮟', '𠮟'])
  })

  test('ten million characters on lines come apart and together again', () => {
    const text = `${'評価対象の文書です。'.repeat(10)}\n`.repeat(100_000)
    const pieces = cutIntoPieces(text)
    expect(pieces.every((piece) => piece.length <= 6000)).toBe(true)
    expect(pieces.join('\n')).toBe(text)
  })
})
