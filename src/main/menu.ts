import { app, Menu, type MenuItemConstructorOptions, type WebContents } from 'electron'

import type { Wording } from './words.ts'

export interface MenuSurroundings {
  readonly platform: NodeJS.Platform
  readonly withDeveloperTools: boolean
}

type Items = MenuItemConstructorOptions[]

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }

const withoutMnemonic = (label: string): string => label.replace(/\(&\w\)|&/, '')

/** The menu bar. Every label is given, because Electron's own for its roles are English. */
export function menuTemplate(wording: Wording, { platform, withDeveloperTools }: MenuSurroundings): Items {
  const isMac = platform === 'darwin'
  const title: Wording = (key) => (isMac ? withoutMnemonic(wording(key)) : wording(key))
  const about: MenuItemConstructorOptions = { role: 'about', label: wording('menu.about') }
  const quit: MenuItemConstructorOptions = { role: 'quit', label: wording('menu.quit') }
  const close: MenuItemConstructorOptions = { role: 'close', label: wording('menu.close') }
  const developerTools: Items = withDeveloperTools
    ? [SEPARATOR, { role: 'toggleDevTools', label: wording('menu.developerTools') }]
    : []
  return [
    ...(isMac ? [{ label: app.name, submenu: [about, SEPARATOR, quit] }] : []),
    { label: title('menu.file'), submenu: isMac ? [close] : [close, SEPARATOR, quit] },
    {
      label: title('menu.edit'),
      submenu: [
        { role: 'undo', label: wording('menu.undo') },
        { role: 'redo', label: wording('menu.redo') },
        SEPARATOR,
        ...clipboardItems(wording),
        SEPARATOR,
        { role: 'selectAll', label: wording('menu.selectAll') },
      ],
    },
    {
      label: title('menu.view'),
      submenu: [
        { role: 'reload', label: wording('menu.reload') },
        SEPARATOR,
        { role: 'resetZoom', label: wording('menu.actualSize') },
        { role: 'zoomIn', label: wording('menu.zoomIn') },
        { role: 'zoomOut', label: wording('menu.zoomOut') },
        SEPARATOR,
        { role: 'togglefullscreen', label: wording('menu.fullScreen') },
        ...developerTools,
      ],
    },
    ...(isMac ? [] : [{ label: title('menu.help'), submenu: [about] }]),
  ]
}

const clipboardItems = (wording: Wording): Items => [
  { role: 'cut', label: wording('menu.cut') },
  { role: 'copy', label: wording('menu.copy') },
  { role: 'paste', label: wording('menu.paste') },
]

/** Puts the menu bar in place, in another language if there is one already. */
export function showMenu(wording: Wording): void {
  const surroundings = { platform: process.platform, withDeveloperTools: !app.isPackaged }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(wording, surroundings)))
}

/** A right click on text offers the clipboard, as people expect of a desktop program. */
export function offerContextMenu(contents: WebContents, currentWording: () => Wording): void {
  contents.on('context-menu', (_event, { isEditable, selectionText }) => {
    if (!isEditable && selectionText.trim() === '') return
    const wording = currentWording()
    const copy: MenuItemConstructorOptions = { role: 'copy', label: wording('menu.copy') }
    const selectAll: MenuItemConstructorOptions = { role: 'selectAll', label: wording('menu.selectAll') }
    Menu.buildFromTemplate(isEditable ? [...clipboardItems(wording), SEPARATOR, selectAll] : [copy]).popup()
  })
}
