import { describe, expect, test } from 'vitest'

import { cutIntoPieces, pagesOf, type TextPage } from '../../../src/renderer/views/documents/text-pages.ts'

const plain = (text: string) => ({ text, kind: null, passage: null })

describe('cutIntoPieces', () => {
  const pieces = (text: string, size?: number): readonly string[] =>
    cutIntoPieces(text, undefined, size).map(({ from, to }) => text.slice(from, to))

  test('a short text is one piece, an empty one too', () => {
    expect(pieces('短い文書\nです')).toEqual(['短い文書\nです'])
    expect(pieces('')).toEqual([''])
  })

  test('cuts at the last line break within reach and drops it', () => {
    expect(pieces('aaaa\nbbbb\ncccc\n', 7)).toEqual(['aaaa', 'bbbb', 'cccc\n'])
  })

  test('a line longer than a piece is cut where the piece ends', () => {
    expect(pieces('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
  })

  test('never cuts a character in two', () => {
    expect(pieces('𠮟'.repeat(5), 3)).toEqual(['𠮟', '𠮟', '𠮟', '𠮟', '𠮟'])
  })

  test('stays within a range', () => {
    expect(cutIntoPieces('aaaa\nbbbb\ncccc\n', { from: 5, to: 14 }, 7)).toEqual([
      { from: 5, to: 9 },
      { from: 10, to: 14 },
    ])
  })

  test('ten million characters on lines come apart and together again', () => {
    const text = `${'評価対象の文書です。'.repeat(10)}\n`.repeat(100_000)
    const cut = pieces(text)
    expect(cut.every((piece) => piece.length <= 6000)).toBe(true)
    expect(cut.join('\n')).toBe(text)
  })
})

describe('pagesOf', () => {
  test('a text without pages is one, without a number', () => {
    expect(pagesOf({ name: 'a.txt', text: '本文', pageStarts: [], sensitive: [] })).toEqual([
      { number: null, pieces: [[plain('本文')]] },
    ])
  })

  test('each page ends before its break; one without text stays', () => {
    const text = '一\n\f\f三'
    expect(pagesOf({ name: 'a.pdf', text, pageStarts: [0, 3, 4], sensitive: [] })).toEqual([
      { number: 1, pieces: [[plain('一')]] },
      { number: 2, pieces: [[]] },
      { number: 3, pieces: [[plain('三')]] },
    ])
  })

  test('passages to be warned of are segments of their own, counted through all pages', () => {
    const text = '電話 03-1234-5678 まで\n\fa@example.jp'
    const mail = text.indexOf('a@')
    expect(
      pagesOf({
        name: 'a.pdf',
        text,
        pageStarts: [0, mail],
        sensitive: [
          { kind: 'telephone', from: 3, to: 15 },
          { kind: 'mail-address', from: mail, to: text.length },
        ],
      }),
    ).toEqual([
      {
        number: 1,
        pieces: [[plain('電話 '), { text: '03-1234-5678', kind: 'telephone', passage: 0 }, plain(' まで')]],
      },
      { number: 2, pieces: [[{ text: 'a@example.jp', kind: 'mail-address', passage: 1 }]] },
    ])
  })

  test('a passage that is cut begins once, and nothing of the text is lost', () => {
    const text = 'あ'.repeat(5_990) + 'k'.repeat(20) + 'い'.repeat(7_000)
    const pages = pagesOf({
      name: 'key.txt',
      text,
      pageStarts: [],
      sensitive: [{ kind: 'private-key', from: 5_990, to: 6_010 }],
    })
    const segments = pages.flatMap(({ pieces }: TextPage) => pieces.flat())
    expect(segments.map((segment) => segment.text).join('')).toBe(text)
    expect(
      segments.filter(({ kind }) => kind !== null).map(({ text: part, passage }) => [part.length, passage]),
    ).toEqual([
      [10, 0],
      [10, null],
    ])
  })

  test('passages that overlap are told once', () => {
    const pages = pagesOf({
      name: 'a.txt',
      text: 'password=abc@example.jp',
      pageStarts: [],
      sensitive: [
        { kind: 'password', from: 0, to: 23 },
        { kind: 'mail-address', from: 9, to: 23 },
      ],
    })
    expect(pages[0]?.pieces).toEqual([[{ text: 'password=abc@example.jp', kind: 'password', passage: 0 }]])
  })
})
