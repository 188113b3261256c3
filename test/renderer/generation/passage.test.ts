import { describe, expect, test } from 'vitest'

import { composePrompt, paragraphAt } from '../../../src/renderer/views/comparison/generation/passage.ts'

describe('the paragraph at a position', () => {
  const text = '見出し\n\n一行目。\n二行目。\n 　\n最後の段落。\n'
  const paragraph = (position: number): string => {
    const { from, to } = paragraphAt(text, position)
    return text.slice(from, to)
  }

  test.each([
    [0, '見出し'],
    [3, '見出し'],
    [5, '一行目。\n二行目。'],
    [text.indexOf('二'), '一行目。\n二行目。'],
    [text.indexOf('最'), '最後の段落。'],
    [text.length, '最後の段落。'],
  ])('at %i', (position, expected) => expect(paragraph(position)).toBe(expected))

  test('of a text without blank lines is all of it', () => {
    expect(paragraphAt('  一行だけ ', 2)).toEqual({ from: 2, to: 6 })
  })

  test('of an empty text is empty', () => {
    expect(paragraphAt('', 0)).toEqual({ from: 0, to: 0 })
  })
})

test('a prompt is made of the parts that are there', () => {
  expect(composePrompt({ before: ' 読んでください。 ', passage: '本文\n', after: '要点:' })).toBe(
    '読んでください。\n\n本文\n\n要点:',
  )
  expect(composePrompt({ before: '', passage: '本文', after: '  ' })).toBe('本文')
})
