import { dialog, type BrowserWindow } from 'electron'

import type { Wording } from './words.ts'

export interface ClosingRules {
  readonly isWorking: () => boolean
  readonly currentWording: () => Wording
}

/** Closing the window in the middle of a run asks first. The run itself is stopped in order when the program quits. */
export function askBeforeClosing(window: BrowserWindow, { isWorking, currentWording }: ClosingRules): void {
  let isAsking = false
  let isAgreed = false

  async function ask(): Promise<void> {
    const wording = currentWording()
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: wording('close.question'),
      detail: wording('close.advice'),
      buttons: [wording('close.stop'), wording('close.cancel')],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    })
    isAgreed = response === 0
  }

  window.on('close', (event) => {
    if (isAgreed || !isWorking()) return
    event.preventDefault()
    if (isAsking) return
    isAsking = true
    void ask().finally(() => {
      isAsking = false
      if (isAgreed) window.close()
    })
  })
}

/** A page with unsaved entries refuses to go, in silence: whoever closes or reloads it is asked. */
export function askBeforeUnloading(window: BrowserWindow, currentWording: () => Wording): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const wording = currentWording()
    const chosen = dialog.showMessageBoxSync(window, {
      type: 'question',
      message: wording('unsaved.question'),
      detail: wording('unsaved.advice'),
      buttons: [wording('unsaved.discard'), wording('unsaved.stay')],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    })
    if (chosen === 0) event.preventDefault()
  })
}
