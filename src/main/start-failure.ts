import { app, dialog } from 'electron'

import { toAppError } from '../shared/errors.ts'
import { writeLog } from './log.ts'
import { preferredLocale, wordingIn } from './words.ts'

/** There is no window yet to say it in. */
export function refuseToStart(cause: unknown): void {
  const error = toAppError(cause)
  const locale = preferredLocale(app.getPreferredSystemLanguages())
  writeLog(error.stack ?? error.message)
  dialog.showErrorBox(wordingIn(locale)('start.failed'), error.localized(locale))
  app.exit(1)
}
