/**
 * Opens the built app without Electron: main runs in a process of its own, with a stand-in of the `electron` module
 * whose windows are pages of a real Chromium. Main, preload and window are the files that would be packed.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { type BrowserContext, chromium, type Page } from 'playwright-core'

import { CHROMIUM_ARGS, chromiumPath } from '../chromium.ts'
import { ensureBuilt } from '../build-app.ts'
import type { MenuEntry } from './control.ts'
import { type DialogAnswer, MainProcess } from './main-process.ts'
import { dropScript } from './preload-shim.ts'

export type { MenuEntry, ShownDialog } from './control.ts'
export type { DialogAnswer, MainProcess } from './main-process.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const MAIN_PROGRAM = join(ROOT, 'dist', 'main', 'index.js')
const ENGINE_NAME = 'Soroban engine'

export interface StandinOptions {
  /** SOROBAN_HOME; the window's own memory lies in it, too. */
  readonly home: string
  /** Of the system. */
  readonly locale?: 'ja' | 'en'
  readonly isPackaged?: boolean
  /** Takes the content-security policy away, so that what it would stop comes to the next fence. */
  readonly bypassCsp?: boolean
}

export interface Standin {
  readonly page: Page
  readonly main: MainProcess
  /** The running engine's, or the last one's. */
  enginePid(): Promise<number>
  /** How native dialogs are answered from now on. Until then they stand open. */
  answerDialogs(answer: DialogAnswer): void
  /** The menu bar as it is now. */
  menuTemplate(): Promise<readonly MenuEntry[]>
  /** Drops files or folders of this machine on an element. @param selector of CSS */
  drop(selector: string, paths: readonly string[]): Promise<void>
  /** The window's own close button. */
  closeWindow(): void
  /** Closes the window, agreeing to stop what runs, and waits until the app has ended. */
  close(): Promise<void>
}

export async function openStandin(options: StandinOptions): Promise<Standin> {
  ensureBuilt()
  const folder = await mkdtemp(join(tmpdir(), 'soroban-standin-'))
  const context = await launchProfile(folder, options)
  const opened = context.waitForEvent('page')
  const main = await startMain(folder, options)
  const page = await main.whileRunning(opened)
  await page.waitForURL('https://**')
  return {
    page,
    main,
    enginePid: () =>
      main.until((told) => told.told('program').findLast(({ name }) => name === ENGINE_NAME)?.pid),
    answerDialogs: (answer) => main.answerDialogs(answer),
    menuTemplate: () => main.until((told) => told.told('menu').at(-1)?.template),
    drop: (selector, paths) => drop(page, selector, paths),
    closeWindow: () => main.order({ kind: 'close-window' }),
    async close() {
      main.answerDialogs(() => ({ response: 0, canceled: true, filePaths: [], filePath: '' }))
      main.order({ kind: 'close-window' })
      await main.exited
      await context.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A Chromium that the test and main both drive. */
function launchProfile(
  folder: string,
  { locale = 'ja', bypassCsp = false }: StandinOptions,
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGS, '--remote-debugging-port=0'],
    locale: locale === 'ja' ? 'ja-JP' : 'en-US',
    bypassCSP: bypassCsp,
    // Size and theme are main's to choose.
    viewport: null,
    colorScheme: null,
  })
}

async function startMain(
  folder: string,
  { home, locale = 'ja', isPackaged = false }: StandinOptions,
): Promise<MainProcess> {
  const [port] = (await readFile(join(folder, 'profile', 'DevToolsActivePort'), 'utf8')).split('\n')
  return new MainProcess(
    MAIN_PROGRAM,
    { ...process.env, SOROBAN_HOME: home },
    {
      browserEndpoint: `http://127.0.0.1:${port}`,
      appData: join(folder, 'app-data'),
      documents: join(folder, 'documents'),
      languages: locale === 'ja' ? ['ja-JP', 'en-US'] : ['en-US'],
      isPackaged,
      appPath: ROOT,
    },
  )
}

async function drop(page: Page, selector: string, paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => ({ path, name: basename(path) }))
  await page.evaluate(dropScript(selector, files))
}
