import { join } from 'node:path'

import { _electron } from 'playwright-core'

import { electronBinary } from '../../../scripts/electron-binary.ts'
import { fileAt } from '../until.ts'
import type { Door, DoorSettings, StartedDoor } from './door.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

/** The built desktop app in Electron itself; null on machines that do not have its program. */
export const electronDoor: Door | null =
  electronBinary() === null ? null : { name: 'electron', start: startElectron }

async function startElectron({ home, locale, onPage }: DoorSettings): Promise<StartedDoor> {
  const app = await _electron.launch({
    executablePath: electronBinary() ?? '',
    args: [ROOT, `--user-data-dir=${join(home, 'electron')}`],
    env: { ...stringsOf(process.env), SOROBAN_HOME: home },
    locale: locale === 'ja' ? 'ja-JP' : 'en-US',
  })
  app.on('window', onPage)
  const page = await app.firstWindow()
  return {
    page,
    pid: app.process().pid ?? 0,
    // Closing the window ends a desktop app; what can go is the page inside.
    async reopenWindow() {
      await page.reload()
      return page
    },
    async saveAs(path, act) {
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, path)
      await act()
      await fileAt(path)
    },
    async close() {
      // A run in progress is asked about first: the first answer stops it.
      await app.evaluate(({ dialog }) => {
        dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
      })
      await app.close()
    },
  }
}

const stringsOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
