import { describe, expect } from 'vitest'

import { DOORS } from './doors/index.ts'
import { journey } from './journey.ts'
import { openApp } from './open-app.ts'
import { RunsView } from './runs-view.ts'

describe.each(DOORS)('$name', (door) => {
  journey('the tour opens the sample project, which is ready to run', async () => {
    await using app = await openApp(door, { settings: { tourDone: false } })
    const { page } = app
    const tour = page.getByRole('dialog', { name: 'Soroban の使い方' })
    await tour.getByRole('button', { name: '次へ' }).click()
    await tour.getByRole('heading', { name: '実行する' }).waitFor()
    await tour.getByRole('button', { name: '次へ' }).click()
    await tour.getByRole('button', { name: 'サンプルプロジェクトを開く' }).click()
    await page.getByRole('main').getByRole('link', { name: '実行に進む' }).click()
    const runs = new RunsView(page)
    await runs.start()
    await page.reload()
    await runs.shows('実行中')
    await runs.pause()
    await runs.shows('停止しました')
    // Seen once, the tour does not come again.
    expect(await tour.isVisible()).toBe(false)
  })
})
