import type { Page, Route } from 'playwright-core'

import { originOf, toMain, toPage } from './address.ts'
import { connectToBrowser } from './browser.ts'
import { tellTest } from './control.ts'
import { type RequestDetails, session } from './session.ts'
import type { WebContents } from './web-contents.ts'

/** Chromium's name for what Electron asks main about. */
const PERMISSIONS = {
  'clipboard-sanitized-write': { name: 'clipboard-write', allowWithoutSanitization: false },
  'clipboard-read': { name: 'clipboard-read' },
  geolocation: { name: 'geolocation' },
  notifications: { name: 'notifications' },
  media: { name: 'camera' },
  midi: { name: 'midi' },
} as const

/** From now on main's handlers decide about everything that the page asks for. */
export async function answerRequests(page: Page, contents: WebContents): Promise<void> {
  const context = page.context()
  await applyPermissions()
  context.on('page', (opened) => void refuseWindow(opened, contents))
  await context.route('**/*', (route) => answer(route, contents))
}

async function answer(route: Route, contents: WebContents): Promise<void> {
  const request = route.request()
  const url = toMain(request.url())
  if (request.isNavigationRequest()) {
    const frame = frameOf(route)
    if (frame === null || !contents.owns(frame)) {
      tellTest({ kind: 'new-window', url, isAllowed: contents.mayOpen(url) })
      return await route.abort('blockedbyclient')
    }
    const isAllowed = contents.mayNavigate(frame, url)
    tellTest({ kind: 'navigation', url, isAllowed })
    // Aborted, a navigation leaves the page as it is.
    if (!isAllowed) return await route.abort('aborted')
  }
  const details: RequestDetails = { url, method: request.method(), resourceType: request.resourceType() }
  const isAllowed = await session.defaultSession.mayRequest(details)
  tellTest({ kind: 'request', url, isAllowed })
  if (!isAllowed) return await route.abort('blockedbyclient')
  const handler = session.defaultSession.handlerFor(url)
  if (handler === undefined) return await route.continue()
  const response = await handler(new Request(url, { method: details.method }))
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  })
}

/** Null for the first navigation of a window that is only being opened. */
function frameOf(route: Route): ReturnType<ReturnType<Route['request']>['frame']> | null {
  try {
    return route.request().frame()
  } catch {
    return null
  }
}

async function refuseWindow(opened: Page, contents: WebContents): Promise<void> {
  if ((await opened.opener()) !== null && !contents.mayOpen(opened.url())) await opened.close()
}

async function applyPermissions(): Promise<void> {
  const origin = 'app://soroban'
  const browser = (await connectToBrowser()).browser()
  const cdp = await browser?.newBrowserCDPSession()
  for (const [name, permission] of Object.entries(PERMISSIONS)) {
    await cdp?.send('Browser.setPermission', {
      permission,
      setting: session.defaultSession.isPermitted(name, `${origin}/`) ? 'granted' : 'denied',
      origin: originOf(toPage(`${origin}/`)),
    })
  }
}
