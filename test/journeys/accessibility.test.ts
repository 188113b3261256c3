import { rm } from 'node:fs/promises'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { writeAppSettings } from '../../src/engine/index.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import { type Company, openCompany } from '../cli/company.ts'
import { serveDoor } from './doors/serve.ts'
import { everyView, type ShownView } from './every-view.ts'
import { freshHome, openApp } from './open-app.ts'
import { barriers, show } from './window-checks.ts'

const TIMEOUT = 300_000
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
}, TIMEOUT)
afterAll(async () => {
  await rm(home, { recursive: true, force: true })
  await company[Symbol.asyncDispose]()
})

/** The window is the same at every door: once is enough. */
describe.each(LOOKS)('$locale, $theme', ({ locale, theme }) => {
  it(
    'no view keeps anybody out',
    async () => {
      await writeAppSettings(home, { locale, theme }, quietContext())
      await using app = await openApp(serveDoor, { home, locale })
      const found: Record<string, readonly string[]> = {}
      for (const view of views) {
        await show(app, view, locale)
        const here = await barriers(app.page)
        if (here.length > 0) found[view.name] = here
      }
      expect(found).toEqual({})
    },
    TIMEOUT,
  )
})
