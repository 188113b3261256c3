import { app, dialog, type BrowserWindow } from 'electron'

import type { Word, Wording } from './words.ts'

/** A window that crashed or hangs is never left standing: the user is asked, and the work behind it goes on. */
export function rescueWindow(window: BrowserWindow, currentWording: () => Wording): void {
  let isAsking = false
  let isEndedByUs = false

  async function ask(question: Word, otherwise: Word): Promise<'reload' | 'otherwise'> {
    const wording = currentWording()
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: wording(question),
      detail: wording('window.advice'),
      buttons: [wording('window.reload'), wording(otherwise)],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    })
    return response === 0 ? 'reload' : 'otherwise'
  }

  async function once(work: () => Promise<void>): Promise<void> {
    if (isAsking) return
    isAsking = true
    await work().finally(() => {
      isAsking = false
    })
  }

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    if (isEndedByUs) {
      isEndedByUs = false
      return
    }
    void once(async () => {
      if ((await ask('window.gone', 'window.quit')) === 'reload') window.webContents.reload()
      else app.quit()
    })
  })
  window.on('unresponsive', () => {
    void once(async () => {
      if ((await ask('window.unresponsive', 'window.wait')) === 'reload') {
        // A page that hangs does not act on a reload.
        isEndedByUs = true
        window.webContents.forcefullyCrashRenderer()
        window.webContents.reload()
      }
    })
  })
}
