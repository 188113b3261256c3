import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { openProject } from '../../src/engine/index.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import { DOORS } from './doors/index.ts'
import { journey } from './journey.ts'
import { openApp } from './open-app.ts'
import { readyProject } from './project.ts'
import { RunsView } from './runs-view.ts'

const MOST_STOPS = 80

interface Stop {
  readonly name: string
  /** An outline or a ring is drawn around it, or a caret blinks in it. */
  readonly isSeen: boolean
}

/** What has the focus, and whether one can see that. */
const focused = (page: Page): Promise<Stop> =>
  page.evaluate(`(() => {
    const element = document.activeElement
    const label = element.labels?.[0]?.innerText ?? element.innerText ?? ''
    const ring = [element, element.parentElement].map((each) => getComputedStyle(each))
    return {
      name: (element.getAttribute('aria-label') ?? label).trim(),
      isSeen: element.matches('input:not([type=radio], [type=checkbox])') || ring.some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none'),
    }
  })()`)

/** Presses Tab until this has the focus; every stop on the way must be seen. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab')
    const { name: here, isSeen } = await focused(page)
    expect({ here, isSeen }).toEqual({ here, isSeen: true })
    if (here.split('\n')[0] === name) return
  }
  throw new Error(`Tab never comes to “${name}”`)
}

describe.each(DOORS)('$name', (door) => {
  journey('a run is started, watched and stopped without a mouse', async ({ company }) => {
    await using app = await openApp(door)
    const { page } = app
    const { folder } = await readyProject(company, app.home, 'keyboard')
    await openProject({ home: app.home, folder }, quietContext())
    await page.reload()
    await page.getByRole('button', { name: 'keyboard' }).first().waitFor()

    await page.keyboard.press('Tab')
    expect((await focused(page)).name).toBe('本文へ移動')
    await page.keyboard.press('Enter')
    await tabTo(page, 'keyboard')
    await page.keyboard.press('Enter')
    // The heading of a view that was opened takes the focus.
    await page.getByRole('heading', { level: 1, name: 'keyboard' }).and(page.locator(':focus')).waitFor()
    await tabTo(page, '実行に進む')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '実行' }).and(page.locator(':focus')).waitFor()
    await tabTo(page, '実行を開始')
    await page.keyboard.press('Enter')
    const runs = new RunsView(page)
    await runs.shows('実行中')

    await page.getByRole('heading', { level: 1 }).focus()
    await tabTo(page, '中止…')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '実行を中止しますか' })
    await dialog.waitFor()
    await dialog.getByRole('button').and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    // The focus is back where it was.
    await page.getByRole('button', { name: '中止…' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: '停止して残す' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Enter')
    await runs.shows('停止しました')
  })
})
