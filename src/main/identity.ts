import { join, resolve } from 'node:path'

import { app } from 'electron'

/** The same as in electron-builder.yml: Windows keeps windows and shortcuts together by it. */
const APP_ID = 'jp.soroban.desktop'

/**
 * Names the program to the system, and gives Chromium's profile a folder of its own: on macOS the engine's would be
 * the same, and both have a `cache`.
 */
export function takeIdentity(): void {
  const home = process.env['SOROBAN_HOME']
  app.setName('Soroban')
  app.setAppUserModelId(APP_ID)
  app.setPath(
    'userData',
    home === undefined || home === ''
      ? join(app.getPath('appData'), 'Soroban', 'Window')
      : resolve(home, 'Window'),
  )
}
