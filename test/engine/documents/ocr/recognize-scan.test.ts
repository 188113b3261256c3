import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { editDistance } from '../../../../bench/support/edit-distance.ts'
import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import { readPdf } from '../../../../src/engine/documents/pdf/read-pdf.ts'
import { UnpackBudget } from '../../../../src/engine/documents/unpack-budget.ts'

const SET = new URL('../../../fixtures/documents/set/', import.meta.url)

describe('a scanned page of a PDF', () => {
  it('is recognised when asked for', async () => {
    const advanced: true[] = []
    const extracted = await readPdf({
      bytes: new Uint8Array(await readFile(new URL('scan-offer-letter.pdf', SET))),
      name: 'scan.pdf',
      limits: DEFAULT_LIMITS,
      budget: new UnpackBudget(DEFAULT_LIMITS.unpackedBytes),
      ocr: true,
      advance: () => advanced.push(true),
    })
    const known = plain(await readFile(new URL('scan-offer-letter.pdf.txt', SET), 'utf8'))
    expect(editDistance(plain(extracted.text ?? ''), known) / known.length).toBeLessThan(0.1)
    expect(extracted.steps).toContain('ocr')
    expect(extracted.health).toEqual({
      pagesWithoutText: 0,
      ocr: { pages: 1, confidence: expect.closeTo(0.9, 1) as number },
    })
    expect(advanced).toHaveLength(1)
  }, 60_000)
})

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
