/** What happens around the window of the built app, from its first opening to its last. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import {
  openStandin,
  type MenuEntry,
  type ShownDialog,
  type Standin,
} from '../journeys/electron-standin/index.ts'
import { callFromPage } from './call-from-page.ts'

/** Each test opens the whole app, some twice; a busy machine takes its time. */
vi.setConfig({ testTimeout: 180_000 })

let home: string
let app: Standin | undefined

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-life-'))
})

afterEach(async () => {
  await app?.close()
  app = undefined
  await rm(home, { recursive: true, force: true })
})

async function open(): Promise<Standin> {
  app = await openStandin({ home })
  return app
}

const labels = (menu: readonly MenuEntry[]): unknown[] => menu.map(({ label }) => label)

async function valueOf<P extends Parameters<typeof callFromPage>[1]>(
  ...call: Parameters<typeof callFromPage<P>>
): Promise<Extract<Awaited<ReturnType<typeof callFromPage<P>>>, { ok: true }>['value']> {
  const answer = await callFromPage<P>(...call)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

test('the menu, the theme and the next opening follow the settings', async () => {
  const { page, main, menuTemplate } = await open()
  expect(labels(await menuTemplate())).toEqual(['ファイル(&F)', '編集(&E)', '表示(&V)', 'ヘルプ(&H)'])
  const isDark = (): Promise<unknown> => page.evaluate(`matchMedia('(prefers-color-scheme: dark)').matches`)
  expect(await isDark()).toBe(false)

  await valueOf(page, 'settings.write', { locale: 'en', theme: 'dark' })
  await main.until((told) => told.told('menu').find(({ template }) => template[0]?.label === '&File'))
  await main.until((told) => told.told('background').find(({ color }) => color === '#141921'))
  await expect.poll(isDark).toBe(true)

  await app?.close()
  const again = await open()
  const firstMenu = await again.main.until((told) => told.told('menu')[0])
  expect(labels(firstMenu.template)).toEqual(['&File', '&Edit', '&View', '&Help'])
  expect(again.main.told('window')[0]?.options['backgroundColor']).toBe('#141921')
})

test('dialogs are native, and only what Soroban wrote is shown in the file manager', async () => {
  const { page, main, answerDialogs } = await open()
  const shown: ShownDialog[] = []
  const target = join(home, 'chosen')
  answerDialogs((dialog) => {
    shown.push(dialog)
    return dialog.kind === 'open'
      ? { canceled: false, filePaths: [target] }
      : { canceled: false, filePath: join(home, 'report') }
  })
  expect(await valueOf(page, 'shell.chooseFolder', { title: '文書', folder: home })).toEqual({ path: target })
  expect(
    await valueOf(page, 'shell.chooseSavePath', {
      title: '報告書',
      name: '../report.xlsx',
      extension: 'xlsx',
    }),
  ).toEqual({ path: join(home, 'report.xlsx') })
  answerDialogs(() => ({ canceled: true, filePaths: [] }))
  expect(await valueOf(page, 'shell.chooseFolder', { title: '文書', folder: null })).toEqual({ path: null })

  expect(shown.map(({ kind, options }) => [kind, options['title'], options['properties']])).toEqual([
    ['open', '文書', ['openDirectory', 'createDirectory']],
    ['save', '報告書', ['createDirectory', 'showOverwriteConfirmation']],
  ])
  // A name is a name: it does not choose another folder.
  expect(String(shown[1]?.options['defaultPath'])).toMatch(/documents[\\/]report\.xlsx$/)

  expect(await callFromPage(page, 'shell.reveal', { path: '/etc/passwd' })).toEqual({
    ok: false,
    error: { code: 'shell/not-ours', params: { path: '/etc/passwd' } },
  })
  expect(main.told('revealed')).toEqual([])
})

test('closing in the middle of a run asks; the run can be resumed afterwards', async () => {
  const { page, main, answerDialogs, closeWindow } = await open()
  const { folder: project } = await valueOf(page, 'projects.sample', {})
  await valueOf(page, 'runs.start', { project, locale: 'ja' })

  closeWindow()
  const asked = await main.until((told) => told.told('dialog')[0])
  expect(asked.dialog.options).toMatchObject({
    message: '実行中の処理があります。',
    buttons: ['停止して閉じる（あとで再開できます）', 'キャンセル'],
    cancelId: 1,
  })
  answerDialogs(() => ({ response: 1 }))
  // The engine still answers, and works: nothing was closed.
  const statesOf = async (): Promise<string[]> =>
    (await valueOf(page, 'runs.list', { project })).map(({ state }) => state)
  await expect.poll(statesOf, { timeout: 30_000 }).toEqual(['running'])

  answerDialogs(() => ({ response: 0 }))
  closeWindow()
  expect(await main.exited).toBe(0)

  const again = await open()
  const left = await valueOf(again.page, 'runs.list', { project })
  expect(left.map(({ state }) => state)).toEqual(['interrupted'])
})

test('a window that nobody works in closes without a question', async () => {
  const { main, closeWindow, enginePid } = await open()
  await enginePid()
  closeWindow()
  expect(await main.exited).toBe(0)
  expect(main.told('dialog')).toEqual([])
  expect(JSON.parse(await readFile(join(home, 'Window', 'window.json'), 'utf8'))).toMatchObject({
    isMaximized: false,
    bounds: { width: 1280, height: 860 },
  })
})

test('a window whose place cannot be kept closes all the same', async () => {
  await mkdir(join(home, 'Window', 'window.json.new'), { recursive: true })
  const { main, closeWindow, enginePid } = await open()
  await enginePid()
  closeWindow()
  expect(await main.exited).toBe(0)
})

test('an engine that is killed comes back, and the window hears of both', async () => {
  const { page, main, enginePid } = await open()
  await page.getByText('エンジン: 準備完了').waitFor()
  const first = await enginePid()
  process.kill(first, 'SIGKILL')
  const second = await main.until((told) => {
    const engines = told.told('program').filter(({ name }) => name === 'Soroban engine')
    return engines[1]?.pid
  })
  expect(second).not.toBe(first)
  await page.getByText('エンジン: 準備完了').waitFor()
  expect((await callFromPage(page, 'settings.read', {})).ok).toBe(true)
})

test('the engine reads documents in processes that main starts for it', async () => {
  const { page, main } = await open()
  const { folder: project } = await valueOf(page, 'projects.sample', {})
  const { documents } = await valueOf(page, 'documents.inspect', { project })
  expect(documents.length).toBeGreaterThan(0)
  expect(documents.filter(({ state }) => state === 'skipped')).toEqual([])
  expect(main.told('program').map(({ name }) => name)).toContain('Soroban document reader')
})

test('a second start brings the first window forward and ends', async () => {
  const first = await open()
  await first.main.until((told) => (existsSync(join(home, 'Window', 'singleton')) ? told : undefined))
  const second = openStandin({ home })
  await expect(second).rejects.toThrow('the main process ended with 0')
  expect(first.main.told('window')).toHaveLength(1)
})
