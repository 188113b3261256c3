import { EventEmitter } from 'node:events'

import type { Frame, Page } from 'playwright-core'

import { originOf, toMain, toPage } from './address.ts'
import { ipcMain } from './ipc-main.ts'
import { preloadShim, deliverScript, IPC_BINDING } from './preload-shim.ts'
import { type PreventableEvent, preventable } from './preventable.ts'

interface SenderFrame {
  readonly url: string
  readonly origin: string
  readonly parent: SenderFrame | null
}

type WindowOpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

/** A page as main sees it. */
export class WebContents extends EventEmitter {
  readonly #page: Promise<Page>
  #windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' })
  #opened: Page | undefined
  #isDestroyed = false
  /** Main itself navigates: its own handlers are not asked. */
  #isOwnNavigation = false

  constructor(page: Promise<Page>) {
    super()
    this.#page = page
  }

  /** @param preload source of the preload script */
  async prepare(preload: string): Promise<void> {
    const page = await this.#page
    this.#opened = page
    await page.exposeBinding(IPC_BINDING, ({ frame }, channel: string, args: unknown[]) => {
      ipcMain.emit(channel, { sender: this, senderFrame: senderFrame(frame) }, ...args)
    })
    await page.addInitScript({ content: preloadShim(preload) })
    page.on('crash', () =>
      this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 1 }),
    )
    page.on('close', () => {
      this.#isDestroyed = true
      this.emit('destroyed')
    })
  }

  async load(address: string): Promise<void> {
    this.#isOwnNavigation = true
    await (await this.#page).goto(toPage(address), { waitUntil: 'commit' })
  }

  reload(): void {
    this.#isOwnNavigation = true
    void this.#page.then((page) => page.reload({ waitUntil: 'commit' }))
  }

  send(channel: string, ...args: unknown[]): void {
    // A page that goes away meanwhile hears nothing any more, as in Electron.
    void this.#page.then((page) => page.evaluate(deliverScript(channel, args))).catch(() => {})
  }

  owns = (frame: Frame): boolean => frame.page() === this.#opened
  isDestroyed = (): boolean => this.#isDestroyed
  setWebRTCIPHandlingPolicy(): void {}
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }

  /** Asks main's handlers about a navigation that the page began. */
  mayNavigate(frame: Frame, url: string): boolean {
    const isMainFrame = frame.parentFrame() === null
    const details = { url, isMainFrame, isSameDocument: false, frame: senderFrame(frame) }
    if (!this.#isOwnNavigation) {
      const event: PreventableEvent = preventable(details)
      this.emit('will-frame-navigate', event)
      if (isMainFrame) this.emit('will-navigate', event, url)
      if (event.defaultPrevented) return false
    }
    this.#isOwnNavigation = false
    this.emit('did-start-navigation', preventable(details))
    return true
  }

  mayOpen = (url: string): boolean => this.#windowOpenHandler({ url }).action === 'allow'
}

function senderFrame(frame: Frame): SenderFrame {
  const parent = frame.parentFrame()
  const url = toMain(frame.url())
  return { url, origin: originOf(url), parent: parent === null ? null : senderFrame(parent) }
}
