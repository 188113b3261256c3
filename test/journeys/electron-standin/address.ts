/**
 * Chromium knows no scheme of the app's. Its pages live under an https origin instead, which no machine has and every
 * request to which the stand-in answers; main and its handlers see the app's own addresses.
 */
const SUFFIX = '.standin.invalid'

/** `app://soroban/index.html` as the page sees it. */
export function toPage(address: string): string {
  const { protocol, host, pathname, search, hash } = new URL(address)
  return `https://${host}.${protocol.slice(0, -1)}${SUFFIX}${pathname}${search}${hash}`
}

/** The page's address as main sees it; other addresses as they are. */
export function toMain(address: string): string {
  const url = URL.parse(address)
  if (url?.protocol === 'blob:') return `blob:${toMain(url.pathname)}`
  if (url === null || !url.hostname.endsWith(SUFFIX)) return address
  const names = url.hostname.slice(0, -SUFFIX.length).split('.')
  const scheme = names.pop() ?? ''
  return `${scheme}://${names.join('.')}${url.pathname}${url.search}${url.hash}`
}

export const originOf = (address: string): string => {
  const url = URL.parse(address)
  return url === null ? '' : `${url.protocol}//${url.host}`
}
