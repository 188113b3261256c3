import { app, type WebContents } from 'electron'

import { isAppAddress } from './app-scheme.ts'
import { outsideTarget, type TrafficRules } from './outside-traffic.ts'

/**
 * Every page of the program, whatever opened it, stays where it is and opens nothing. An attempt to go elsewhere ends
 * before it becomes a request of the session, and is told of here.
 */
export function guardContents(rules: TrafficRules): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, rules))
}

function guard(contents: WebContents, { allowDeveloperTools, onRefused }: TrafficRules): void {
  const refused = (address: string): void => {
    const target = outsideTarget(address, allowDeveloperTools)
    if (target !== null) onRefused(target)
  }
  contents.setWindowOpenHandler(({ url }) => {
    refused(url)
    return { action: 'deny' }
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (isAppAddress(event.url)) return
    event.preventDefault()
    refused(event.url)
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
    refused(event.url)
  })
  // Not covered by the session's requests.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
