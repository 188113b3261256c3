import { app, type Session } from 'electron'

import { isAppAddress } from './app-scheme.ts'

/**
 * Chromium's own reasons to reach out. Refusing requests at the session does not cover name look-ups, proxy discovery
 * and component updates, so these are turned off before Electron is ready.
 */
const SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['dns-prefetch-disable'],
  ['no-pings'],
  ['no-proxy-server'],
  ['no-service-autorun'],
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
]

export function silenceChromium(): void {
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value)
}

/** What remains once Electron is ready: no DNS over HTTPS, no proxy discovery, no dictionaries. */
export async function silenceSession(session: Session): Promise<void> {
  app.configureHostResolver({ enableBuiltInResolver: false, secureDnsMode: 'off' })
  session.setSpellCheckerEnabled(false)
  await session.setProxy({ mode: 'direct' })
}

export interface TrafficRules {
  /** The developer tools are part of the program; packaged, there are none. */
  readonly allowDeveloperTools: boolean
  /** Told of every attempt: scheme, host and port; no path. */
  readonly onRefused: (target: string) => void
}

/** Refuses every request of a session that does not stay inside the window. */
export function refuseOutsideRequests(
  session: Session,
  { allowDeveloperTools, onRefused }: TrafficRules,
): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const target = outsideTarget(url, allowDeveloperTools)
    if (target !== null) onRefused(target)
    answer({ cancel: target !== null })
  })
}

/** Scheme, host and port of an address outside the window; null for one inside. */
export function outsideTarget(address: string, allowDeveloperTools: boolean): string | null {
  return staysInside(address, allowDeveloperTools) ? null : targetOf(address)
}

function staysInside(address: string, allowDeveloperTools: boolean): boolean {
  if (isAppAddress(address)) return true
  const url = URL.parse(address)
  if (url === null) return false
  // What the page itself holds in memory; the content-security policy says where it may be used.
  if (url.protocol === 'data:' || url.protocol === 'about:') return true
  if (url.protocol === 'blob:') return isAppAddress(url.pathname)
  return allowDeveloperTools && url.protocol === 'devtools:'
}

function targetOf(address: string): string {
  const url = URL.parse(address)
  if (url === null) return '?'
  return url.host === '' ? url.protocol : `${url.protocol}//${url.host}`
}
