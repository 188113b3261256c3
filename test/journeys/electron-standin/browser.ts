import { type BrowserContext, chromium } from 'playwright-core'

import { readSettings } from './settings.ts'

let connection: Promise<BrowserContext> | undefined

/** The Chromium of the test; its default profile is the app's. */
export function connectToBrowser(): Promise<BrowserContext> {
  connection ??= chromium.connectOverCDP(readSettings().browserEndpoint).then((browser) => {
    const [context] = browser.contexts()
    if (context === undefined) throw new Error('the browser has no default profile')
    return context
  })
  return connection
}
