import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect } from 'vitest'

import { updateProject } from '../../src/engine/index.ts'
import { writeDocuments } from '../cli/company.ts'
import { DOORS } from './doors/index.ts'
import { journey } from './journey.ts'
import { openApp } from './open-app.ts'
import { readyProject } from './project.ts'
import { RunsView } from './runs-view.ts'

describe.each(DOORS)('$name', (door) => {
  journey('a broken document is named with its reason, and the rest is evaluated', async ({ company }) => {
    await using app = await openApp(door)
    const { page } = app
    const documents = await writeDocuments(company.path(`broken-${door.name}`))
    await writeFile(join(documents, '単価表.csv'), 'no,price\n1,"12\n2,13\n')
    await writeFile(join(documents, '図面.txt'), Buffer.from('7f454c460201010000000000000000000300', 'hex'))
    const project = await readyProject(company, app.home, 'broken')
    await updateProject(project.folder, { documents })

    await app.visit(project.at('documents'))
    await page.getByRole('row', { name: '読めない 単価表.csv' }).click()
    await page.getByText(/単価表\.csv を除外しました: \d+ 行目で表として読めなくなりました/).waitFor()
    await page.getByRole('row', { name: '読めない 図面.txt' }).click()
    await page.getByText(/図面\.txt を除外しました: この種類のファイル（ELF）は読めません/).waitFor()

    await app.visit(project.at('runs'))
    const runs = new RunsView(page)
    await runs.start()
    await runs.shows('完了しました')
    const [results] = await project.results()
    expect(results?.corpus).toMatchObject({ documents: 7 })
  })

  journey('a missing model is named where it was chosen and where the run needs it', async ({ company }) => {
    await using app = await openApp(door)
    const { page } = app
    const project = await readyProject(company, app.home, 'missing')
    const folder = company.path('models', 'moved-away')
    await mkdir(folder, { recursive: true })
    await updateProject(project.folder, { candidates: [folder] })

    await app.visit(project.at('models'))
    await page.getByRole('alert').filter({ hasText: folder }).waitFor()
    await app.visit(project.at('runs'))
    await page.getByRole('button', { name: '計画を確認' }).click()
    await page.getByRole('alert').filter({ hasText: folder }).waitFor()
    await page.getByRole('button', { name: '実行を開始' }).click()
    await new RunsView(page).shows('失敗しました')
    expect(await project.verdicts()).toEqual([])
  })
})
