import { app, type WebContents } from 'electron'

import { isAppAddress } from './app-scheme.ts'

/** Every page of the program, whatever opened it, stays where it is and opens nothing. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents))
}

function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (!isAppAddress(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  // Not covered by the session's requests.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
