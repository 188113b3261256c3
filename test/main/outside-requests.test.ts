/** The fence behind the content-security policy: with the policy taken away, the session still refuses. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { openStandin, type Standin } from '../journeys/electron-standin/index.ts'

let home: string
let app: Standin

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-outside-'))
  app = await openStandin({ home, bypassCsp: true })
}, 180_000)

afterAll(async () => {
  await app.close()
  await rm(home, { recursive: true, force: true })
})

test('what the page asks of other machines is refused, counted and shown', async () => {
  const { page } = app
  await page.getByText('外部通信 0 件').waitFor()

  await page.evaluate(`fetch('https://example.com/secret?document=1').catch(() => {})`)
  await page.evaluate(`void (new Image().src = 'https://192.0.2.1:8443/pixel.png')`)

  const outside = await app.main.until((main) => {
    const refused = main.told('request').filter(({ url }) => !url.startsWith('app:'))
    return refused.length === 2 ? refused : undefined
  })
  expect(outside.map(({ isAllowed }) => isAllowed)).toEqual([false, false])
  await page.getByText('外部通信 2 件').waitFor()

  // What is refused before it becomes a request counts as well.
  await page.evaluate(`location.href = 'https://example.com/?document=1'`)
  await page.getByText('外部通信 3 件').waitFor()
  await page.evaluate(`void window.open('https://example.com/?document=2')`)
  await page.getByText('外部通信 4 件').waitFor()
})
