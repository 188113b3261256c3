import { rm } from 'node:fs/promises'

import { writeAppSettings } from '../../src/engine/index.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import type { AppSettings } from '../../src/shared/contract/settings.ts'
import { serveDoor } from './doors/serve.ts'
import { everyView, type ShownView } from './every-view.ts'
import { journey } from './journey.ts'
import { type App, freshHome, openApp } from './open-app.ts'
import { show } from './window-checks.ts'

export const LOOKS = (['ja', 'en'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).map((theme) => ({ locale, theme })),
)
type Look = Pick<AppSettings, 'theme'> & { readonly locale: 'ja' | 'en' }

/** Opens the app in one look and goes through every view of it. @returns what the window complained of */
type Tour = (look: Look, atView: (app: App, view: ShownView) => Promise<void>) => Promise<readonly string[]>

/** A test that is shown every view. The window is the same at every door: one is enough. */
export const gallery = journey.extend('tour', { scope: 'file' }, async ({ company }, { onCleanup }) => {
  const home = await freshHome({ tourDone: true, threads: 1 })
  onCleanup(() => rm(home, { recursive: true, force: true }))
  const views = await everyView(company, home)
  const tour: Tour = async ({ locale, theme }, atView) => {
    await writeAppSettings(home, { locale, theme }, quietContext())
    await using app = await openApp(serveDoor, { home, locale })
    for (const view of views) {
      await show(app, view, locale)
      await atView(app, view)
    }
    return app.complaints
  }
  return tour
})
