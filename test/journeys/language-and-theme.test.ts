import type { Page } from 'playwright-core'
import { describe } from 'vitest'

import { DOORS } from './doors/index.ts'
import { journey } from './journey.ts'
import { openApp } from './open-app.ts'
import { readyProject } from './project.ts'
import { until } from './until.ts'

/** Waits until the window is English and dark; on the desktop the theme goes by way of the system's. */
const isEnglishAndDark = (page: Page): Promise<true> =>
  until(async () => {
    const [lang, classes] = await page.evaluate<[string, string]>(
      '[document.documentElement.lang, document.documentElement.className]',
    )
    return (lang === 'en' && classes.split(' ').includes('dark')) || null
  })

describe.each(DOORS)('$name', (door) => {
  journey('language and theme change at once, everywhere, and stay over a restart', async ({ company }) => {
    await using app = await openApp(door)
    const project = await readyProject(company, app.home, 'language')
    await app.visit(project.at('runs'))
    await app.page.getByRole('heading', { name: '実行計画' }).waitFor()
    await app.page.getByRole('link', { name: '設定' }).click()
    await app.page.getByRole('radio', { name: 'English' }).check()
    await app.page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await app.page.getByRole('radio', { name: 'Dark' }).check()
    await app.page.getByText('Engine: ready').waitFor()
    await app.page.getByText('Outbound connections: 0').waitFor()
    await isEnglishAndDark(app.page)
    await app.page.getByRole('navigation').getByRole('link', { name: 'Runs' }).click()
    await app.page.getByRole('button', { name: 'Start the run' }).waitFor()
    await app.quit()

    await using again = await openApp(door, { home: app.home })
    await again.visit(project.at('documents'))
    await again.page.getByRole('heading', { level: 1, name: 'Documents' }).waitFor()
    await isEnglishAndDark(again.page)
  })
})
