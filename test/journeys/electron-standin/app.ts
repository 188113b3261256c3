import { EventEmitter, once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { connectToBrowser } from './browser.ts'
import { onOrder } from './control.ts'
import { preventable } from './preventable.ts'
import { readSettings } from './settings.ts'

interface Closable {
  close(): void
  isDestroyed(): boolean
}

const settings = readSettings()
const manifest = JSON.parse(readFileSync(join(settings.appPath, 'package.json'), 'utf8')) as {
  version: string
}

class App extends EventEmitter {
  name = 'soroban'
  readonly isPackaged = settings.isPackaged
  /** Switches in the order in which they were added. */
  readonly switches: (readonly [string, string | undefined])[] = []
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void => void this.switches.push([name, value]),
  }
  readonly windows = new Set<Closable>()
  readonly #paths = {
    appData: settings.appData,
    userData: join(settings.appData, 'soroban'),
    documents: settings.documents,
  }
  #isReady = false
  #isQuitting = false

  /** As Electron: ready as soon as it may be, but not before the main module has run. */
  async becomeReady(): Promise<void> {
    await connectToBrowser()
    this.#isReady = true
    this.emit('ready')
  }

  async whenReady(): Promise<void> {
    if (!this.#isReady) await once(this, 'ready')
  }

  isReady = (): boolean => this.#isReady
  getAppPath = (): string => settings.appPath
  getVersion = (): string => manifest.version
  getLocale = (): string => settings.languages[0] ?? 'en'
  getPreferredSystemLanguages = (): readonly string[] => settings.languages
  configureHostResolver(): void {
    if (!this.#isReady) throw new Error('configureHostResolver cannot be called before the app is ready')
  }

  setName(name: string): void {
    this.name = name
  }

  setAppUserModelId(): void {}

  setPath(name: 'userData', path: string): void {
    this.#paths[name] = path
  }

  getPath(name: 'userData' | 'appData' | 'documents'): string {
    const path = this.#paths[name]
    mkdirSync(path, { recursive: true })
    return path
  }

  /** The first one holds the lock by its process id, and is told of the others by a signal. */
  requestSingleInstanceLock(): boolean {
    const lock = join(this.getPath('userData'), 'singleton')
    const holder = holderOf(lock)
    if (holder !== null) {
      process.kill(holder, 'SIGUSR2')
      return false
    }
    writeFileSync(lock, String(process.pid))
    process.on('SIGUSR2', () => this.emit('second-instance', preventable(), process.argv, process.cwd()))
    return true
  }

  quit(): void {
    if (this.#isQuitting) return
    const event = preventable()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.#isQuitting = true
    for (const window of this.windows) window.close()
    // A window that asks first cancels the quitting.
    this.#isQuitting = false
    if (this.windows.size === 0) this.#finish()
  }

  exit(code = 0): void {
    process.exit(code)
  }

  windowClosed(window: Closable): void {
    this.windows.delete(window)
    if (this.windows.size > 0) return
    if (this.#isQuitting) return
    if (!this.emit('window-all-closed')) this.quit()
  }

  #finish(): void {
    const event = preventable()
    this.emit('will-quit', event)
    if (event.defaultPrevented) return
    this.emit('quit', preventable(), 0)
    process.exit(0)
  }
}

function holderOf(lock: string): number | null {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    process.kill(pid, 0)
    return pid
  } catch {
    return null // No lock, or its holder has ended.
  }
}

export const app = new App()

onOrder('menu-role', ({ role }) => {
  if (role === 'quit') app.quit()
})
setImmediate(() => void app.becomeReady())
