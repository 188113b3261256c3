import type { IncomingMessage, ServerResponse } from 'node:http'

import { SECURITY_HEADERS, securePage } from '../gateway/content-security-policy.ts'
import type { Access } from './access.ts'
import { NO_SESSION_PAGE } from './no-session-page.ts'
import type { PageFiles } from '../gateway/page-files.ts'
import { readSession, sessionCookie } from './session-cookie.ts'

export interface DoorRules {
  readonly access: Access
  readonly port: number
  /** The Host headers that are answered. */
  readonly hosts: ReadonlySet<string>
}

const YEAR_SECONDS = 31_536_000

/** Answers one HTTP request: the window's files, for those who have a session, and how to get one for the others. */
export function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  rules: DoorRules,
  { index, files }: PageFiles,
): void {
  const answer = (status: number, body: string | Buffer, headers: Readonly<Record<string, string>>): void => {
    const length = String(Buffer.byteLength(body))
    response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Length': length, ...headers })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
  const refuse = (status: number, words: string, headers: Readonly<Record<string, string>> = {}): void =>
    answer(status, `${words}\n`, { ...PLAIN, ...headers })
  const sendPage = (status: number, html: string, host: string): void => {
    const page = securePage(html, { connect: [`ws://${host}`] })
    answer(status, page.html, { ...HTML, 'Content-Security-Policy': page.contentSecurityPolicy })
  }

  const host = allowedHostOf(request, rules)
  if (host === null) return refuse(421, 'Unknown host name. Start soroban serve with --allow-host NAME.')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(405, 'Only GET and HEAD are answered.', { Allow: 'GET, HEAD' })
  }
  // Not resolved against the host: a path such as `//name` would be taken for another one.
  const url = request.url?.startsWith('/') === true ? URL.parse(`http://${host}${request.url}`) : null
  if (url === null) return refuse(400, 'Not a path.')

  const token = url.pathname === '/' ? url.searchParams.get('token') : null
  const isKnown = hasSession(request, rules)
  // A HEAD request comes from programs that preview links; it must not spend the token.
  const session = token !== null && request.method === 'GET' ? rules.access.redeem(token) : null
  if (session !== null) {
    return refuse(303, 'See /', { Location: '/', 'Set-Cookie': sessionCookie(rules.port, session) })
  }
  if (!isKnown) {
    // A link on another site's page, such as a terminal in the browser, comes without the SameSite cookie, even one
    // that its own token has just earned. Our page asks again, and brings it.
    const isFromElsewhere = url.pathname === '/' && request.headers['sec-fetch-site'] === 'cross-site'
    if (isFromElsewhere) return refuse(401, 'See /', { Refresh: '0; url=/' })
    return sendPage(401, NO_SESSION_PAGE, host)
  }
  if (token !== null) return refuse(303, 'See /', { Location: '/' })
  if (url.pathname === '/') return sendPage(200, index, host)
  const file = files.get(url.pathname)
  if (file === undefined) return refuse(404, 'Not found.')
  answer(200, file.content, {
    'Content-Type': file.type,
    'Cache-Control': file.isHashed ? `private, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
  })
}

const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } as const
const HTML = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } as const

/** The request's Host header in small letters; null when it is none of ours. */
export function allowedHostOf({ headers }: IncomingMessage, { hosts }: DoorRules): string | null {
  const host = headers.host?.toLowerCase()
  return host !== undefined && hosts.has(host) ? host : null
}

export const hasSession = ({ headers }: IncomingMessage, { access, port }: DoorRules): boolean =>
  access.admits(readSession(port, headers.cookie))
