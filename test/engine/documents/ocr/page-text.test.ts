import { describe, expect, it } from 'vitest'

import { pageText } from '../../../../src/engine/documents/ocr/page-text.ts'

/** Lines [text, left, right, baseline, height] in pixels, as Tesseract's JSON has them. */
function page(...lines: readonly (readonly [string, number, number, number, number])[]): string {
  const described = lines.map(([text, x0, x1, y, height]) => ({
    text: `${text}\n`,
    bbox: { x0, y0: y - height, x1, y1: y },
    baseline: { x0, y0: y, x1, y1: y },
  }))
  return JSON.stringify({ page_id: 1, blocks: [{ paragraphs: [{ lines: described }] }] })
}

describe('pageText', () => {
  it('joins the lines of a Japanese paragraph without a space, and begins a new one after a short line', () => {
    const found = pageText(
      page(
        ['議事録', 500, 700, 60, 50],
        ['目標にわずかに届かなかっ', 100, 1000, 120, 28],
        ['た。本社工場は 0.42%である。', 100, 700, 165, 28],
        ['社外クレームは4件、うち重', 100, 1000, 225, 28],
        ['要度は1件であった。', 100, 480, 270, 28],
      ),
    )
    expect(found).toEqual({
      text: '議事録\n目標にわずかに届かなかった。本社工場は0.42％である。\n社外クレームは4件、うち重要度は1件であった。',
      steps: ['line-joins'],
    })
  })

  it('joins English lines with a space, or without the hyphen of a divided word', () => {
    const found = pageText(
      page(
        ['Disconnect the power supply and re-', 100, 1000, 100, 28],
        ['lease the pressure before loosening', 100, 1000, 145, 28],
        ['any fitting.', 100, 300, 190, 28],
      ),
    )
    expect(found.text).toBe(
      'Disconnect the power supply and release the pressure before loosening any fitting.',
    )
    expect(found.steps).toEqual(['line-joins', 'hyphenation'])
  })

  it('has no text where no line has any', () => {
    expect(pageText(page([' ', 0, 10, 10, 10]))).toEqual({ text: '', steps: [] })
    expect(pageText('{"page_id":1,"blocks":[]}')).toEqual({ text: '', steps: [] })
  })
})
