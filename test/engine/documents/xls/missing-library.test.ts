import { expect, it, vi } from 'vitest'

import { readXls } from '../../../../src/engine/documents/xls/read-xls.ts'
import { fixture, readerInput } from '../zip/reader-input.ts'

vi.mock('xlsx', () => {
  throw Object.assign(new Error('missing'), { code: 'ERR_MODULE_NOT_FOUND' })
})

it('does not call a workbook damaged where the installation is', async () => {
  const failure: unknown = await readXls(readerInput(fixture('xls/sales.xls'))).catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(Error)
  expect(failure).not.toHaveProperty('code', 'documents/damaged')
})
