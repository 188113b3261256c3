import { isIPv6 } from 'node:net'

/** Addresses that mean every interface of the machine; nobody can visit them by that name. */
const WILDCARDS: readonly string[] = ['0.0.0.0', '::']

export const isWildcard = (host: string): boolean => WILDCARDS.includes(host)

/** Host and port as a browser writes them: small letters, no port 80. A port that the host already names stays. */
export function authority(host: string, port: number): string {
  const named = isIPv6(host) ? `[${host}]:${port}` : /:\d+$/.test(host) ? host : `${host}:${port}`
  // What no browser can visit, such as an IPv6 address with a zone, matches nothing.
  return URL.parse(`http://${named}`)?.host ?? named
}

/**
 * The Host headers that are answered. A page of another site that makes its own name point to this machine (DNS
 * rebinding) comes with that name, and is refused.
 *
 * @param names beside those of the loopback; `name:port` where the browser sees another port, as behind a tunnel
 */
export function allowedHosts(port: number, names: readonly string[]): ReadonlySet<string> {
  const hosts = ['127.0.0.1', 'localhost', '::1', ...names.filter((name) => !isWildcard(name))]
  return new Set(hosts.map((host) => authority(host, port)))
}
