import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect } from 'vitest'

import { updateProject } from '../../src/engine/index.ts'
import type { Company } from '../cli/company.ts'
import { CorpusView } from './corpus-view.ts'
import { DocumentsView } from './documents-view.ts'
import { DOORS } from './doors/index.ts'
import { serveDoor } from './doors/serve.ts'
import { journey } from './journey.ts'
import { type App, openApp } from './open-app.ts'
import { emptyProject, readyProject } from './project.ts'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'documents')

/** What a company keeps in one folder, by the name that it has there. */
const OFFICE = {
  'Oリング.eml': 'set/oring-shift-jis.eml',
  'お知らせ.txt': 'set/notice-shift-jis.txt',
  'クレーム台帳.xlsx': 'set/claims.xlsx',
  'スキャン.pdf': 'set/scan-offer-letter.pdf',
  'プロジェクト.zip': 'set/project-folder.zip',
  '台帳の送付.eml': 'set/claims-attached.eml',
  '旅費規程.pdf': 'set/travel-rules-printed.pdf',
  '旅費規程（編集用）.docx': 'set/travel-rules.docx',
  '図.pdf': 'pdf/pictures.pdf',
  '暗号化.pdf': 'pdf/encrypted.pdf',
  '見積書.pdf': 'set/quotation-shift-jis.pdf',
  '設計審査.pptx': 'set/design-review.pptx',
}
type OfficeName = keyof typeof OFFICE

const originalOf = (name: OfficeName): string => join(FIXTURES, OFFICE[name])

async function writeOffice(company: Company, name: string): Promise<string> {
  const folder = company.path(name)
  await mkdir(folder)
  for (const each of Object.keys(OFFICE) as OfficeName[]) {
    await copyFile(originalOf(each), join(folder, each))
  }
  return folder
}

/** Where the texts of a file are kept as long as it is in use. */
async function textsOf(app: App, name: OfficeName): Promise<string> {
  const content = await readFile(originalOf(name))
  return join(app.home, 'cache', 'documents', createHash('sha256').update(content).digest('hex'))
}

/** Reading takes its time where many things are read at once. */
const eventually = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 60_000 })

describe.each(DOORS)('$name', (door) => {
  journey('a company’s files: what became of each, and what of them is scored', async ({ company }) => {
    await using app = await openApp(door)
    const { page } = app
    const folder = await writeOffice(company, `office-${door.name}`)
    const project = await readyProject(company, app.home, 'office')
    await updateProject(project.folder, { documents: folder })
    const documents = new DocumentsView(page)
    const corpus = new CorpusView(page)
    const stage = (name: string): Promise<void> =>
      page.getByRole('navigation').getByRole('link', { name }).click()

    await app.visit(project.at('documents'))
    const toCheck = [
      '読めない: スキャン.pdf',
      '読めない: 暗号化.pdf',
      'ほぼ重複: 旅費規程.pdf',
      '評価に使用: Oリング.eml',
      '評価に使用: 台帳の送付.eml',
    ]
    await eventually(() => documents.rows()).toEqual([
      ...toCheck,
      '重複: 台帳/クレーム.xlsx プロジェクト.zip 内',
      '重複: 連絡.txt プロジェクト.zip 内',
      '重複: クレーム一覧.xlsx 台帳の送付.eml 内',
      '評価に使用: お知らせ.txt',
      '評価に使用: クレーム台帳.xlsx',
      '評価に使用: 議事録/品質会議.docx プロジェクト.zip 内',
      '評価に使用: 見積書.pdf',
      '評価に使用: 図.pdf',
      '評価に使用: 設計審査.pptx',
      '評価に使用: 旅費規程（編集用）.docx',
    ])
    await page.setViewportSize({ width: 1280, height: 800 })
    expect(await documents.rowsInSight()).toBeGreaterThanOrEqual(8)
    await documents.toggle('要確認のみ')
    await eventually(() => documents.rows()).toEqual(toCheck)
    await documents.toggle('すべて')

    await documents.open('暗号化.pdf')
    await page.getByRole('alert').filter({ hasText: 'パスワードで保護されています（PDF）' }).waitFor()

    await documents.open('旅費規程.pdf')
    const rules = documents.text('旅費規程.pdf')
    await rules.getByText('旅費は、最も経済的な通常の経路及び方法によって計算する。').waitFor()
    await eventually(() => documents.drawn('旅費規程.pdf', 1)).toBeGreaterThan(0.001)
    await rules.press('End')
    await eventually(() => documents.drawn('旅費規程.pdf', 3)).toBeGreaterThan(0.001)
    await page.getByRole('button', { name: '前のページ' }).last().click()
    await page.getByRole('button', { name: '前のページ' }).last().click()
    await eventually(() => documents.drawn('旅費規程.pdf', 1)).toBeGreaterThan(0.001)
    await eventually(() => documents.scrolled('旅費規程.pdf')).toBeLessThan(40)

    // Its font is not in the file: which characters are meant, only a table that comes with the window tells.
    const [table] = await Promise.all([page.waitForResponse(/90ms-RKSJ-H/), documents.open('見積書.pdf')])
    expect(table.status()).toBe(200)
    await eventually(() => documents.drawn('見積書.pdf', 1)).toBeGreaterThan(0.001)

    // JPEG 2000, fax and JBIG2 take decoders that come with the window. A quarter of each picture is dark.
    await documents.open('図.pdf')
    for (const number of [1, 2, 3]) {
      if (number > 1) await page.getByRole('button', { name: '次のページ' }).last().click()
      await eventually(() => documents.drawn('図.pdf', number)).toBeGreaterThan(0.0625)
    }

    await documents.open('台帳の送付.eml')
    const mail = documents.text('台帳の送付.eml')
    const address = mail.locator('mark').filter({ hasText: 'anzai.takuya@kitamigawa.example' })
    expect(await address.getAttribute('title')).toBe('メールアドレスの可能性')
    await page.getByText('注意箇所 3 か所').waitFor()
    await page.getByRole('button', { name: '次の注意箇所' }).click()
    await page.getByText('注意箇所 1 / 3').waitFor()
    await page
      .getByRole('article', { name: '台帳の送付.eml' })
      .getByRole('button', { name: '閉じる' })
      .click()

    await stage('コーパス')
    await eventually(() => corpus.leftOut()).toEqual(['重複 3 件', 'ほぼ重複 1 件', '読めない 2 件'])
    expect(await corpus.figure('文書')).toBe('9')
    const whole = await corpus.fingerprint()

    await stage('文書')
    await documents.mark('Oリング.eml', '見積書.pdf')
    await documents.act('評価から外す')
    await documents.toggle('評価から除外')
    await eventually(() => documents.rows()).toEqual([
      '評価から除外: Oリング.eml',
      '評価から除外: 見積書.pdf',
    ])

    await stage('コーパス')
    await eventually(() => corpus.leftOut()).toContain('評価から除外 2 件')
    expect(await corpus.figure('文書')).toBe('7')
    expect(await corpus.fingerprint()).not.toBe(whole)
    await page.getByRole('radio', { name: /^チューニングと評価/ }).check()
    await eventually(() => corpus.splits()).toHaveLength(3)
    const splits = await corpus.splits()
    expect(splits.map(({ name }) => name)).toEqual(['評価用', 'チューニング用', '検証用'])
    expect(splits.reduce((sum, split) => sum + split.documents, 0)).toBe(7)
    expect(await corpus.coverage()).toEqual({
      head: ['数え方', '文書の 50 %', '文書の 90 %', '文書の 99 %', '合計'],
      rows: ['文字数', 'トークン数（mha、gqa）'],
    })
    for (const title of ['文書の長さの分布（文字）', '文書の長さの分布（トークン、mha、gqa）']) {
      await page.getByRole('figure', { name: title }).locator('canvas').waitFor()
    }

    await stage('文書')
    const kept = await textsOf(app, '台帳の送付.eml')
    expect(existsSync(kept)).toBe(true)
    await documents.toggle('すべて')
    await documents.mark('台帳の送付.eml')
    await documents.act('削除…')
    expect(await documents.announced()).toEqual([
      '選んだ文書: 1 件',
      '残る原本: 1 件（プロジェクトの外にあるため削除しません。今後の評価からは外します）',
      '同じファイルに入っているため一緒に削除する文書: 1 件',
    ])
    await documents.confirm()
    await eventually(async () =>
      (await documents.rows()).filter((row) => row.includes('台帳の送付.eml')),
    ).toEqual(['削除済み: 台帳の送付.eml'])
    await documents.open('台帳の送付.eml')
    await page.getByText('プロジェクトから削除したため読みません').waitFor()
    expect([existsSync(kept), await readFile(join(folder, '台帳の送付.eml'))]).toEqual([
      false,
      await readFile(originalOf('台帳の送付.eml')),
    ])
    await documents.actOnOpened('台帳の送付.eml', '評価に戻す')
    await eventually(() => documents.rows()).toContain('評価に使用: 台帳の送付.eml')
    await address.waitFor()
    expect([app.strayRequests, app.complaints]).toEqual([[], []])
  })
})

describe(serveDoor.name, () => {
  journey('files sent from the browser are read, and deleted with all that was made of them', async () => {
    await using app = await openApp(serveDoor)
    const { page } = app
    const project = await emptyProject(app.home, 'sent')
    const { folder } = project
    const documents = new DocumentsView(page)
    await app.visit(project.at('documents'))

    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'ファイルを選ぶ…' }).click(),
    ])
    await chooser.setFiles([originalOf('旅費規程（編集用）.docx'), originalOf('台帳の送付.eml')])
    await page.getByText('2 件を追加しました。').waitFor()
    await eventually(() => documents.rows()).toEqual([
      '評価に使用: claims-attached.eml',
      '評価に使用: クレーム一覧.xlsx claims-attached.eml 内',
      '評価に使用: travel-rules.docx',
    ])
    await documents.open('travel-rules.docx')
    await documents.text('travel-rules.docx').getByText('出張旅費規程').first().waitFor()
    expect((await readdir(join(folder, 'documents'))).sort()).toEqual([
      'claims-attached.eml',
      'travel-rules.docx',
    ])

    const kept = await textsOf(app, '台帳の送付.eml')
    expect(existsSync(kept)).toBe(true)
    await documents.mark('claims-attached.eml')
    await documents.act('削除…')
    expect(await documents.announced()).toEqual([
      '選んだ文書: 1 件',
      '削除するファイル: 1 件',
      '同じファイルに入っているため一緒に削除する文書: 1 件',
    ])
    await documents.confirm()
    await eventually(() => documents.rows()).toEqual(['評価に使用: travel-rules.docx'])
    expect([existsSync(kept), await readdir(join(folder, 'documents'))]).toEqual([
      false,
      ['travel-rules.docx'],
    ])
    expect([app.strayRequests, app.complaints]).toEqual([[], []])
  })
})
