import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Page } from 'playwright-core'

import { writeAppSettings } from '../../src/engine/index.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import type { AppSettings } from '../../src/shared/contract/settings.ts'
import { ensureBuilt } from './build-app.ts'
import type { Door } from './doors/index.ts'
import { engineBelow } from './processes.ts'
import { until } from './until.ts'

export interface App extends AsyncDisposable {
  /** The window as it is now; another one after `reopenWindow`. */
  readonly page: Page
  /** Soroban's own folder. */
  readonly home: string
  /** The engine's process, once there is one; another one than `before`. */
  enginePid(before?: number): Promise<number>
  /** Pulls the tab: what was running goes on, and the window comes back where it was. */
  reopenWindow(): Promise<void>
  /** Has the file that `act` makes the app save put at this path. */
  saveAs(path: string, act: () => Promise<void>): Promise<void>
  /** Goes to a view by its address, such as `settings` or `project/…/runs`. */
  visit(path: string): Promise<void>
  /** What the window has asked for from elsewhere than its own door. */
  readonly strayRequests: readonly string[]
  /** Errors that the window has reported to its console. */
  readonly complaints: readonly string[]
  /** Ends the app as a person would; its folder stays until it is disposed of. */
  quit(): Promise<void>
}

/** For what a window is waited for, on a machine that is slow and busy. */
const PATIENCE_MS = 120_000

export interface AppOptions {
  /** Kept from another app, with its settings; a fresh one otherwise. */
  readonly home?: string
  readonly locale?: 'ja' | 'en'
  /** Beside the defaults of a machine on which the tour was seen and one thread is used. */
  readonly settings?: Partial<AppSettings>
}

/** Starts the whole app: engine, door and window. */
export async function openApp(
  door: Door,
  { home, locale = 'ja', settings = {} }: AppOptions = {},
): Promise<App> {
  ensureBuilt()
  const folder = home ?? (await freshHome({ locale, tourDone: true, threads: 1, ...settings }))
  const requests: string[] = []
  const complaints: string[] = []
  const onPage = (page: Page): void => {
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('request', (request) => requests.push(request.url()))
    page.on('websocket', (socket) => requests.push(socket.url()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
  }
  const started = await door.start({ home: folder, locale, onPage })
  let { page } = started
  try {
    // An address that changes before the first view is there is overruled by it.
    await page.locator('h1').waitFor()
  } catch (error) {
    await started.close()
    throw error
  }
  let isOver = false
  const quit = async (): Promise<void> => {
    if (isOver) return
    isOver = true
    await started.close()
  }
  return {
    home: folder,
    get page() {
      return page
    },
    get strayRequests() {
      const { host } = new URL(page.url())
      return requests.filter((address) => !isOwn(new URL(address), host))
    },
    complaints,
    enginePid: (before) =>
      until(() => {
        const pid = engineBelow(started.pid)
        return pid === before ? null : pid
      }),
    async reopenWindow() {
      page = await started.reopenWindow()
    },
    saveAs: (path, act) => started.saveAs(path, act),
    async visit(path) {
      const address = new URL(page.url())
      address.hash = `#/${path}`
      await page.goto(address.href)
    },
    quit,
    async [Symbol.asyncDispose]() {
      await quit()
      if (home === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A temporary folder of Soroban's own, with these settings. */
export async function freshHome(settings: Partial<AppSettings>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'soroban-home-'))
  await writeAppSettings(folder, settings, quietContext())
  return folder
}

/** Of the door itself, or made by the page. */
const isOwn = ({ protocol, host }: URL, door: string): boolean =>
  host === door || protocol === 'blob:' || protocol === 'data:'
