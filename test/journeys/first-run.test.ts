import { readFile } from 'node:fs/promises'

import { describe, expect } from 'vitest'

import { sheetNames } from '../cli/results.ts'
import { DOORS } from './doors/index.ts'
import { journey } from './journey.ts'
import { openApp } from './open-app.ts'
import { RunsView } from './runs-view.ts'

describe.each(DOORS)('$name', (door) => {
  journey(
    'from the first start to the exported workbook, on the company’s own documents and models',
    async ({ company }) => {
      await using app = await openApp(door, { settings: { tourDone: false } })
      const { page } = app
      const stage = (name: string): Promise<void> =>
        page.getByRole('navigation').getByRole('link', { name }).click()

      const tour = page.getByRole('dialog', { name: 'Soroban の使い方' })
      await tour.getByRole('button', { name: 'あとで' }).click()
      await page.getByLabel('プロジェクト名').fill('規程の評価')
      await page.getByLabel('保存する場所', { exact: true }).fill(company.path('projects', door.name))
      await page.getByRole('button', { name: '作成する' }).click()
      await page.getByRole('heading', { level: 1, name: '規程の評価' }).waitFor()

      await page.getByRole('main').getByRole('link', { name: '文書を選ぶ' }).click()
      await page.getByLabel('文書フォルダー', { exact: true }).fill(company.documents)
      await page.keyboard.press('Enter')
      await page.getByRole('gridcell', { name: '規程/点検規程.txt', exact: true }).click()
      await page
        .getByRole('region', { name: '「規程/点検規程.txt」の本文' })
        .getByText('異常を見つけた場合は')
        .waitFor()

      await stage('モデル')
      await page.getByLabel('ベースラインのモデルフォルダー', { exact: true }).fill(company.baseline)
      await page.keyboard.press('Enter')
      await page.getByLabel('候補のモデルフォルダー', { exact: true }).fill(company.gqa)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'ベースラインとの違い' }).waitFor()

      await stage('実行')
      await page.getByRole('textbox', { name: '文脈長を追加' }).fill('64')
      await page.keyboard.press('Enter')
      for (const context of ['256', '1,024', '2,048']) {
        await page.getByRole('button', { name: `文脈長 ${context} を外す` }).click()
      }
      await page.getByRole('button', { name: '計画を確認' }).click()
      await page.getByText('実行できます', { exact: true }).waitFor()
      const runs = new RunsView(page)
      await runs.start()
      await runs.shows('完了しました')

      await runs.openResults()
      await page.getByRole('article', { name: 'gqa' }).getByText('品質が低下').first().waitFor()

      await stage('報告書')
      const workbook = company.path(`${door.name}.xlsx`)
      await app.saveAs(workbook, () => page.getByRole('button', { name: 'Excel に書き出す' }).click())
      expect(await sheetNames(workbook)).toContain('要約')

      await page.getByRole('tab', { name: '前提条件' }).click()
      await page.getByRole('textbox', { name: 'ピーク係数 標準 (倍)' }).fill('4.25')
      await page.getByText('保存されていない変更があります。').waitFor()
      await page.getByLabel('セットの名前').fill('東京の見積り')
      await page.getByRole('button', { name: '保存', exact: true }).click()
      await page.getByText('保存済み: 東京の見積り').waitFor()
      // A menu closes when the page scrolls: whoever opens it has brought its button into sight before.
      await page.getByRole('button', { name: 'ほかの形式' }).hover()
      await page.getByRole('button', { name: 'ほかの形式' }).click()
      const printable = company.path(`${door.name}.html`)
      await app.saveAs(printable, () => page.getByRole('menuitem', { name: '印刷用 HTML' }).click())
      expect(await readFile(printable, 'utf8')).toMatch(/<td[^>]*>ピーク係数(?:(?!<tr).)*>4\.25</s)
      await page.getByText('外部通信 0 件').waitFor()
      expect([app.strayRequests, app.complaints]).toEqual([[], []])
    },
  )
})
