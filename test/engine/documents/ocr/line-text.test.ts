import { describe, expect, it } from 'vitest'

import { hasFullWidthPunctuation, lineText } from '../../../../src/engine/documents/ocr/line-text.ts'

describe('lineText', () => {
  it.each([
    ['出席者 : 品質保証部長 村井 直樹、 製造部長', '出席者：品質保証部長 村井 直樹、製造部長'],
    ['開催日時 : 2025 年 6 月 11 日 (水) 13:30~15:35', '開催日時：2025年6月11日（水）13:30～15:35'],
    ['不良率は 0.41%で、 KV-350 の漏れ (中間) を見る', '不良率は0.41％で、KV-350の漏れ（中間）を見る'],
    ['自動返却 (ECN-25-031) を直した', '自動返却（ECN-25-031）を直した'],
    ['申し訳あり ません', '申し訳ありません'],
    ['(2) 就業の場所 (予定)', '(2) 就業の場所（予定）'],
    ['3. 決定事項', '3. 決定事項'],
    ['数量 5 / 7 と 1:2', '数量5 / 7と1:2'],
    ['Deliver to: Kitakami (Iwate), 10 % off', 'Deliver to: Kitakami (Iwate), 10 % off'],
  ])('%j is %j', (recognized, text) => {
    expect(lineText(recognized, true)).toBe(text)
  })

  it('leaves punctuation as it is where the page has none in full width', () => {
    expect(lineText('4月の受付は 6件(3月は5件)。 不良率 0.43%', false)).toBe(
      '4月の受付は6件(3月は5件)。不良率0.43%',
    )
  })
})

describe('hasFullWidthPunctuation', () => {
  it('tells by the blank halves of brackets', () => {
    expect(hasFullWidthPunctuation(['実績 (野々山) は', '第1会議室 (第二工場)'])).toBe(true)
    expect(hasFullWidthPunctuation(['受付は6件(3月は5件)です', '方(製造部)には'])).toBe(false)
    expect(hasFullWidthPunctuation(['括弧のない行'])).toBe(true)
  })
})
