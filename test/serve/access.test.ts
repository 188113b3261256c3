import { expect, it } from 'vitest'

import { Access, LINK_MINUTES } from '../../src/serve/access.ts'

it('a token of 256 bits is good once', () => {
  const access = new Access()
  const token = access.issueToken()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(access.redeem(`${token}x`)).toBeNull()
  const session = access.redeem(token)
  expect(session).toMatch(/^[\w-]{43}$/)
  expect(session).not.toBe(token)
  expect(access.redeem(token)).toBeNull()
  expect(access.admits(session)).toBe(true)
  expect(access.admits(token)).toBe(false)
  expect(access.admits(null)).toBe(false)
})

it('a token is good until its time is over, and only until the next one', () => {
  let now = 0
  const access = new Access(() => now)
  const first = access.issueToken()
  const second = access.issueToken()
  expect(access.redeem(first)).toBeNull()
  now = LINK_MINUTES * 60_000
  expect(access.redeem(second)).not.toBeNull()

  const late = access.issueToken()
  now += LINK_MINUTES * 60_000 + 1
  expect(access.redeem(late)).toBeNull()
  now = 0
  expect(access.redeem(late)).toBeNull()
})

it('a session lasts, beside those of other browsers', () => {
  let now = 0
  const access = new Access(() => now)
  const sessions = [access.redeem(access.issueToken()), access.redeem(access.issueToken())]
  now = 365 * 86_400_000
  expect(sessions.map((session) => access.admits(session))).toEqual([true, true])
  expect(new Set(sessions).size).toBe(2)
})
