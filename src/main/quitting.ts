import { app } from 'electron'

import type { Gateway } from '../gateway/index.ts'

/** Quits with the last window, after the engine has stopped its jobs and ended. */
export function quitInOrder(gateway: Pick<Gateway, 'close'>): void {
  let isClosed = false
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void gateway.close().finally(() => {
      isClosed = true
      app.quit()
    })
  })
}
