import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { launchChromium } from './chromium.ts'
import { barriers, overflowing, untranslated } from './window-checks.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

it('finds what keeps people out, what does not fit, and keys instead of words', async () => {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } })
  await page.setContent(`<!doctype html>
    <html lang="ja"><title>runs.title</title><body><main>
      <h1>実行</h1><p>runs.list.empty.title は report.xlsx にあります。home.html</p>
      <button aria-label="common.close">x</button><button></button>
      <p style="color: #bbb">読めない文字</p><div style="width: 900px">幅</div>
    </main></body></html>`)
  expect(await untranslated(page)).toEqual(['runs.title', 'runs.list.empty.title', 'common.close'])
  expect(await overflowing(page)).toEqual(['HTML.: 908 px', 'BODY.: 900 px', 'MAIN.: 900 px'])
  expect((await barriers(page)).map((barrier) => barrier.split(':')[0])).toEqual([
    'button-name',
    'color-contrast',
  ])

  await page.setContent(`<!doctype html>
    <html lang="ja"><title>実行</title><body><main><h1>実行</h1><p>docs.example のとおり。</p></main></body></html>`)
  expect([await untranslated(page), await overflowing(page), await barriers(page)]).toEqual([[], [], []])
})
