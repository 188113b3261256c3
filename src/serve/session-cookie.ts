/** Cookies know no ports: servers of several users on one machine must not overwrite each other's. */
const cookieName = (port: number): string => `soroban-${port}`

/** Ends with the browser; scripts cannot read it, and other sites cannot make the browser send it. */
export const sessionCookie = (port: number, session: string): string =>
  `${cookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/`

/** The session that a Cookie header names. */
export function readSession(port: number, header: string | undefined): string | null {
  const start = `${cookieName(port)}=`
  const pair = header?.split(/;\s*/).find((entry) => entry.startsWith(start))
  return pair?.slice(start.length) ?? null
}
