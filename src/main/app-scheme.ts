import { protocol, type Session } from 'electron'

import { SECURITY_HEADERS, securePage } from '../gateway/content-security-policy.ts'
import type { PageFiles } from '../gateway/page-files.ts'

const SCHEME = 'app'

/** The window's own origin; nothing else may call or be loaded. */
export const APP_ORIGIN = `${SCHEME}://soroban`
export const APP_PAGE = `${APP_ORIGIN}/index.html`

/** Makes `app:` a secure origin of its own. Must come before Electron is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** Whether an address belongs to the window itself. */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${SCHEME}:` && url.host === new URL(APP_ORIGIN).host
}

/** Serves the built window, and nothing that is not part of it, with a fresh nonce for each page. */
export function serveApp({ protocol }: Session, page: PageFiles): void {
  protocol.handle(SCHEME, (request) => {
    if (!isAppAddress(request.url)) return refusal(403)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
    const { pathname } = new URL(request.url)
    if (pathname === '/' || pathname === '/index.html') return answerPage(page.index)
    const file = page.files.get(pathname)
    if (file === undefined) return refusal(404)
    const headers = { ...SECURITY_HEADERS, 'Content-Type': file.type }
    return new Response(new Uint8Array(file.content), { headers })
  })
}

function answerPage(index: string): Response {
  const { html, contentSecurityPolicy } = securePage(index)
  return new Response(html, {
    headers: {
      ...SECURITY_HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy,
      'Cache-Control': 'no-store',
    },
  })
}

const refusal = (status: number): Response => new Response(null, { status, headers: SECURITY_HEADERS })
