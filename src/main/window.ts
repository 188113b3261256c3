import { join } from 'node:path'

import { app, BrowserWindow, nativeTheme } from 'electron'

import { APP_PAGE } from './app-scheme.ts'
import { PRELOAD_SCRIPT, resourcesFolder } from './programs.ts'
import { isReachable, type WindowMemory } from './window-memory.ts'

const SIZE = { width: 1280, height: 860, minWidth: 1024, minHeight: 700 }

/** The page's own background, before it is drawn: src/renderer/theme/tokens.css, surface 1. */
const backgroundColor = (): string => (nativeTheme.shouldUseDarkColors ? '#141921' : '#f6f7f9')

/** Opens the window where it was left, and shows it when there is something to see. */
export function openWindow({ bounds, isMaximized }: WindowMemory): BrowserWindow {
  const window = new BrowserWindow({
    ...SIZE,
    ...(bounds !== null && isReachable(bounds) ? bounds : {}),
    title: app.name,
    show: false,
    backgroundColor: backgroundColor(),
    // The other systems take it from the program itself.
    ...(process.platform === 'linux' ? { icon: join(resourcesFolder(), 'icons', '256x256.png') } : {}),
    webPreferences: {
      preload: PRELOAD_SCRIPT, // eng-disable PRELOAD_JS_CHECK: it offers lines and paths of dropped files, no more
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      // A middle click opens windows.
      disableBlinkFeatures: 'Auxclick',
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(backgroundColor())
  })
  void window.loadURL(APP_PAGE)
  return window
}

/** Somebody started the program again. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
