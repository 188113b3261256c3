import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { writeAppSettings } from '../../src/engine/index.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import { type Company, openCompany } from '../cli/company.ts'
import { serveDoor } from './doors/serve.ts'
import { everyView, type ShownView } from './every-view.ts'
import { freshHome, openApp } from './open-app.ts'
import { overflowing, show, untranslated } from './window-checks.ts'

const TIMEOUT = 300_000
const FOLDER = join(import.meta.dirname, '..', '..', 'out', 'screenshots')
const SIZES = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const LOOKS = (['ja', 'en'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).map((theme) => ({ locale, theme })),
)

let company: Company
let home: string
let views: readonly ShownView[]
beforeAll(async () => {
  company = await openCompany()
  home = await freshHome({ tourDone: true, threads: 1 })
  views = await everyView(company, home)
  await mkdir(FOLDER, { recursive: true })
}, TIMEOUT)
afterAll(async () => {
  await rm(home, { recursive: true, force: true })
  await company[Symbol.asyncDispose]()
})

/** The window is the same at every door: once is enough. */
describe.each(LOOKS)('$locale, $theme', ({ locale, theme }) => {
  it(
    'every view fits the window and is translated; pictures of them are kept in out/screenshots',
    async () => {
      await writeAppSettings(home, { locale, theme }, quietContext())
      await using app = await openApp(serveDoor, { home, locale })
      const found: string[] = []
      for (const view of views) {
        await show(app, view, locale)
        for (const size of SIZES) {
          await app.page.setViewportSize(size)
          const file = `${view.name}-${locale}-${theme}-${size.width}.png`
          await app.page.screenshot({ path: join(FOLDER, file) })
          const wrong = [...(await overflowing(app.page)), ...(await untranslated(app.page))]
          found.push(...wrong.map((what) => `${file}: ${what}`))
        }
      }
      expect(found).toEqual([])
      expect(app.complaints).toEqual([])
    },
    TIMEOUT,
  )
})
