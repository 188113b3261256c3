import { randomBytes } from 'node:crypto'

/** Stands in the built index.html wherever each response gets a nonce of its own. */
export const NONCE_PLACEHOLDER = '__SOROBAN_NONCE__'

/** What every answer of a door says beside its content; a page's own policy replaces the one here. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  // The page's policy does not reach a file that is opened by itself, or as a worker: it may load nothing. A worker may
  // compile WebAssembly that the page hands it, which decodes the pictures of PDF files.
  'Content-Security-Policy': "default-src 'none'; script-src 'wasm-unsafe-eval'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), clipboard-read=(), display-capture=(), geolocation=(), gyroscope=(), ' +
    'hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
}

export interface SecuredPage {
  readonly html: string
  /** Value of the header of the same name; it admits this page's nonce only. */
  readonly contentSecurityPolicy: string
}

/**
 * Gives a page a fresh nonce, and the policy that belongs to it: the page's own files, nothing inline without the
 * nonce, no other origin.
 *
 * @param html with NONCE_PLACEHOLDER
 * @param connect origins that the page may connect to beside its own, such as `ws://127.0.0.1:4517`
 */
export function securePage(
  html: string,
  { connect = [] }: { connect?: readonly string[] } = {},
): SecuredPage {
  const nonce = randomBytes(16).toString('base64')
  return {
    html: html.replaceAll(NONCE_PLACEHOLDER, nonce),
    contentSecurityPolicy: [
      `default-src 'none'`,
      `script-src 'self' 'nonce-${nonce}'`,
      `worker-src 'self'`,
      `style-src 'self' 'nonce-${nonce}'`,
      `img-src 'self' data: blob:`,
      `font-src 'self'`,
      `connect-src ${["'self'", ...connect].join(' ')}`,
      `base-uri 'none'`,
      `form-action 'none'`,
      `frame-ancestors 'none'`,
      `object-src 'none'`,
    ].join('; '),
  }
}
