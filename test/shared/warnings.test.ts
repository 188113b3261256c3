import { expect, it } from 'vitest'

import { AppError } from '../../src/shared/errors.ts'
import { localizeWarning } from '../../src/shared/messages/warnings.ts'

it('says a warning in another language than the run’s, with the reason inside it', () => {
  const error = new AppError('file/not-found', { path: 'a.txt' })
  const warning = {
    code: 'poc/document-skipped',
    params: { ...error.params, name: 'a.txt', reasonCode: error.code, reason: error.localized('ja') },
    message: '…',
  }
  expect(localizeWarning(warning, 'en')).toBe(
    'A document is not part of the evaluation. File or folder not found: a.txt. Check the path.',
  )
  expect(localizeWarning(warning, 'ja')).toContain('ファイルまたはフォルダーが見つかりません: a.txt')
})

it('keeps the words of a warning that it does not know', () => {
  expect(localizeWarning({ code: 'later/unknown', params: {}, message: 'words of the run' }, 'en')).toBe(
    'words of the run',
  )
})

it('keeps the words of a warning whose parameters were others in the version of the run', () => {
  const warning = {
    code: 'comparison/unstable-speed',
    params: { arm: 'mha', context: 256 },
    message: 'unstable at 256',
  }
  expect(localizeWarning(warning, 'en')).toBe('unstable at 256')
  const now = { ...warning, params: { arm: 'mha', contexts: '256, 512' } }
  expect(localizeWarning(now, 'en')).toContain('The speed of arm "mha" at context 256, 512 is unstable')
})
