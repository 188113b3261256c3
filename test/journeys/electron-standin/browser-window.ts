import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'

import type { Page } from 'playwright-core'

import { app } from './app.ts'
import { connectToBrowser } from './browser.ts'
import { onOrder, tellTest } from './control.ts'
import { nativeTheme } from './native-theme.ts'
import { preventable } from './preventable.ts'
import { answerRequests } from './traffic.ts'
import { WebContents } from './web-contents.ts'

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface WindowOptions extends Partial<Bounds> {
  readonly webPreferences: { readonly preload: string }
}

/** A window: a page of Chromium of the window's size. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  readonly #bounds: Bounds
  readonly #preload: string
  readonly #page: Promise<Page>
  #isDestroyed = false
  #isMaximized = false

  constructor(options: WindowOptions) {
    super()
    const { x = 320, y = 90, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.#preload = options.webPreferences.preload
    this.#page = connectToBrowser().then((context) => context.newPage())
    this.webContents = new WebContents(this.#page)
    app.windows.add(this)
    app.emit('web-contents-created', preventable(), this.webContents)
    tellTest({
      kind: 'window',
      options: JSON.parse(JSON.stringify(options)) as WindowOptions & Record<string, unknown>,
    })
    onOrder('close-window', () => this.close())
    nativeTheme.on('updated', () => void this.#followTheme())
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.#page
    page.once('domcontentloaded', () => this.emit('ready-to-show'))
    page.once('close', () => this.#closed())
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height })
    await this.webContents.prepare(readFileSync(this.#preload, 'utf8'))
    await answerRequests(page, this.webContents)
    await this.#followTheme()
    await this.webContents.load(address)
  }

  close(): void {
    if (this.#isDestroyed) return
    const event = preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) void this.#page.then((page) => page.close())
  }

  isDestroyed = (): boolean => this.#isDestroyed
  isMaximized = (): boolean => this.#isMaximized
  isMinimized = (): boolean => false
  getNormalBounds = (): Bounds => this.#bounds
  setBackgroundColor = (color: string): void => tellTest({ kind: 'background', color })
  show(): void {}
  restore(): void {}
  focus(): void {
    this.emit('focus')
  }
  maximize(): void {
    this.#isMaximized = true
  }

  async #followTheme(): Promise<void> {
    const source = nativeTheme.themeSource
    await (await this.#page).emulateMedia({ colorScheme: source === 'system' ? 'light' : source })
  }

  #closed(): void {
    this.#isDestroyed = true
    this.emit('closed')
    app.windowClosed(this)
  }
}
