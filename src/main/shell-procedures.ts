import { basename, extname, join, resolve } from 'node:path'

import { app, dialog, shell, type BrowserWindow } from 'electron'

import type { DoorHandlers } from '../gateway/index.ts'
import type { InputOf } from '../shared/contract.ts'
import { AppError } from '../shared/errors.ts'
import type { Word, Wording } from './words.ts'

const FILE_KINDS: Readonly<Record<InputOf<'shell.chooseSavePath'>['extension'], Word>> = {
  xlsx: 'dialog.workbook',
  html: 'dialog.page',
  json: 'dialog.json',
  csv: 'dialog.csv',
}

export interface ShellSurroundings {
  /** The window whose dialogs they are; null while there is none. */
  readonly window: () => BrowserWindow | null
  readonly currentWording: () => Wording
  /** Absolute paths of the files that Soroban wrote while it is running. */
  readonly written: ReadonlySet<string>
}

/** What the desktop answers itself. */
export function shellProcedures({ window, currentWording, written }: ShellSurroundings): DoorHandlers {
  return {
    'shell.describe': () => ({
      door: 'desktop',
      version: app.getVersion(),
      platform: process.platform,
      systemLocale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
    }),

    async 'shell.chooseFolder'({ title, folder }) {
      const parent = window()
      if (parent === null) return { path: null }
      const { canceled, filePaths } = await dialog.showOpenDialog(parent, {
        title,
        properties: ['openDirectory', 'createDirectory'],
        ...(folder === null ? {} : { defaultPath: folder }),
      })
      return { path: canceled ? null : (filePaths[0] ?? null) }
    },

    async 'shell.chooseSavePath'({ title, name, extension }) {
      const parent = window()
      if (parent === null) return { path: null }
      const { canceled, filePath } = await dialog.showSaveDialog(parent, {
        title,
        defaultPath: join(app.getPath('documents'), basename(name)),
        filters: [{ name: currentWording()(FILE_KINDS[extension]), extensions: [extension] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      return { path: canceled || filePath === '' ? null : withExtension(filePath, extension) }
    },

    'shell.reveal'({ path }) {
      if (!written.has(resolve(path))) throw new AppError('shell/not-ours', { path })
      shell.showItemInFolder(resolve(path))
      return {}
    },
  }
}

/** Not every system's dialog adds it. */
const withExtension = (path: string, extension: string): string =>
  extname(path).toLowerCase() === `.${extension}` ? path : `${path}.${extension}`
