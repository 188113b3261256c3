import { expect, it } from 'vitest'

import { describeDocument } from '../../../src/engine/documents/describe-document.ts'
import { DEFAULT_LIMITS } from '../../../src/engine/documents/document.ts'
import { failureOf } from '../../fixtures/app-error.ts'

const SOURCE = { inside: '', format: 'pdf', sha256: '', bytes: 1 } as const

const recognized = (confidence: number, ocrPages: number, pages: number): string | number | undefined => {
  const text = Array(pages).fill('検査成績書').join('\f')
  const extracted = { text, hasPages: true, health: { ocr: { pages: ocrPages, confidence } } }
  return describeDocument(extracted, SOURCE, { name: 'scan.pdf', limits: DEFAULT_LIMITS }).document.health.ocr
    ?.confidence
}

it('refuses a scan that was recognised with less than half the confidence', async () => {
  expect(await failureOf(() => recognized(0.199, 1, 1))).toMatchObject({
    code: 'documents/poorly-recognized',
    params: { name: 'scan.pdf', percent: 19 },
  })
  expect(await failureOf(() => recognized(0.49, 2, 4))).toMatchObject({ params: { percent: 49 } })
})

it('keeps what was recognised well enough, and a text with a poor page among others', () => {
  expect([recognized(0.5, 1, 1), recognized(0.19, 1, 3)]).toEqual([0.5, 0.19])
})
