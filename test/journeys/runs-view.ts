import type { Locator, Page } from 'playwright-core'

import { until } from './until.ts'

/** The runs view as a person uses it, in Japanese. */
export class RunsView {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Starts a run and waits until it has measured something. */
  async start(): Promise<void> {
    await this.#page.getByRole('button', { name: '実行を開始' }).click()
    await this.shows('実行中')
    await until(async () => {
      const share = await this.#job.getByRole('progressbar', { name: '全体' }).getAttribute('aria-valuenow')
      return Number(share) > 0 || null
    })
  }

  /** Takes up the run that the view offers to resume. */
  async resume(): Promise<void> {
    const offer = this.#page.getByRole('region', { name: '途中で止まっている実行があります' })
    await offer.getByRole('button', { name: '再開' }).click()
  }

  pause(): Promise<void> {
    return this.#page.getByRole('button', { name: '一時停止' }).click()
  }

  async cancel(choice: '停止して残す' | '停止して削除' | '実行を続ける'): Promise<void> {
    await this.#page.getByRole('button', { name: '中止…' }).click()
    const dialog = this.#page.getByRole('dialog', { name: '実行を中止しますか' })
    await dialog.getByRole('button', { name: choice }).click()
  }

  openResults(): Promise<void> {
    return this.#job.getByRole('button', { name: '結果を見る' }).click()
  }

  /** Waits until the current run tells this of itself. */
  async shows(state: string | RegExp): Promise<void> {
    await this.#job.getByRole('status').filter({ hasText: state }).waitFor()
  }

  get #job(): Locator {
    return this.#page.getByRole('region', { name: '現在の実行' })
  }
}
