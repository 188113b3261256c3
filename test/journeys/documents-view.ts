import type { Locator, Page } from 'playwright-core'

import { until } from './until.ts'

type Action = '評価から外す' | '評価に戻す' | '削除…'

/** The documents view as a person uses it, in Japanese. */
export class DocumentsView {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** The rows that are shown, in their order: what became of the document, and its name. */
  async rows(): Promise<string[]> {
    const rows = this.#page.getByRole('grid', { name: '文書の一覧' }).locator('tbody')
    const states = await rows.locator('.state').allInnerTexts()
    const names = await rows.locator('.name').allInnerTexts()
    return names.map((name, row) => `${states[row]}: ${name.replace(/\s+/g, ' ')}`)
  }

  /** How many rows are wholly in sight. */
  async rowsInSight(): Promise<number> {
    return await this.#page.evaluate<number>(`(() => {
      const floor = document.querySelector('main').getBoundingClientRect().bottom
      const rows = [...document.querySelectorAll('[role="grid"] tbody .row')]
      return rows.filter((row) => row.getBoundingClientRect().bottom <= floor).length
    })()`)
  }

  /** Turns one of the filters of the list on or off. */
  toggle(filter: string): Promise<void> {
    const filters = this.#page.getByRole('group', { name: '状態で絞り込む' })
    return filters.getByRole('button', { name: new RegExp(`^${filter}\\s`) }).click()
  }

  /** @param name as the list shows it */
  open(name: string): Promise<void> {
    return this.#page.getByRole('gridcell', { name, exact: true }).click()
  }

  /** The text of the opened document. @param name with the file that it lies in */
  text(name: string): Locator {
    return this.#page.getByRole('region', { name: `「${name}」の本文`, exact: true })
  }

  /** How far the text of the opened document is scrolled, px. */
  async scrolled(name: string): Promise<number> {
    return await this.#page.evaluate<number>(
      `document.querySelector('[aria-label="「${name}」の本文"]').scrollTop`,
    )
  }

  /** Waits until a page of an original is being drawn. @returns the share of it that is darker than paper so far, 0 to 1 */
  async drawn(name: string, number: number): Promise<number> {
    const label = `「${name}」の原本、${number} ページ`
    await this.#page.getByRole('img', { name: label, exact: true }).waitFor()
    return await until(() =>
      this.#page.evaluate<number | null>(`(() => {
        const canvas = document.querySelector('canvas[aria-label="${label}"]')
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
        let dark = 0
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] > 0 && data[at] + data[at + 1] + data[at + 2] < 600) dark++
        }
        const share = dark / (data.length / 4)
        // Before anything is drawn a canvas is black.
        return share === 0 || share > 0.5 ? null : share
      })()`),
    )
  }

  /** Ticks the boxes of documents. */
  async mark(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.#page.getByRole('checkbox', { name: `「${name}」を選択`, exact: true }).check()
    }
  }

  /** Does something with what is ticked. */
  act(action: Action): Promise<void> {
    return this.#page
      .getByRole('region', { name: '文書の一覧' })
      .getByRole('button', { name: action })
      .click()
  }

  /** Does something with the opened document. @param name with the file that it lies in */
  actOnOpened(name: string, action: Action): Promise<void> {
    return this.#page
      .getByRole('article', { name, exact: true })
      .getByRole('button', { name: action })
      .click()
  }

  /** What the question before a deletion counts. */
  async announced(): Promise<string[]> {
    await this.#deletion.waitFor()
    return await this.#deletion.getByRole('heading', { level: 3 }).allInnerTexts()
  }

  async confirm(): Promise<void> {
    await this.#deletion.getByRole('button', { name: '削除する' }).click()
    await this.#deletion.waitFor({ state: 'detached' })
  }

  get #deletion(): Locator {
    return this.#page.getByRole('dialog', { name: '文書を削除しますか' })
  }
}
