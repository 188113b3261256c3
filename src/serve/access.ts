import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a printed link can be used. */
export const LINK_MINUTES = 10

interface OpenToken {
  readonly digest: Buffer
  readonly expires: number
}

/**
 * Who may come in: a one-time token, printed in the terminal, is exchanged for a session that lasts as long as the
 * server. Only digests are kept.
 */
export class Access {
  readonly #now: () => number
  readonly #sessions = new Set<string>()
  #token: OpenToken | null = null

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** A token of 256 random bits, good once and for LINK_MINUTES. The one before it is no longer good. */
  issueToken(): string {
    const token = randomSecret()
    this.#token = { digest: digest(token), expires: this.#now() + LINK_MINUTES * 60_000 }
    return token
  }

  /** Spends a token for a session. @returns null for a token that is wrong, used or too old */
  redeem(token: string): string | null {
    const open = this.#token
    if (open === null || !timingSafeEqual(open.digest, digest(token))) return null
    this.#token = null
    if (this.#now() > open.expires) return null
    const session = randomSecret()
    this.#sessions.add(digest(session).toString('hex'))
    return session
  }

  admits(session: string | null): boolean {
    return session !== null && this.#sessions.has(digest(session).toString('hex'))
  }
}

const randomSecret = (): string => randomBytes(32).toString('base64url')

/** Of equal length whatever is given, so that comparing tells nothing by its time. */
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest()
