import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { app, type BrowserWindow, type Rectangle, screen } from 'electron'
import { z } from 'zod'

import { appSettingsSchema } from '../shared/contract/settings.ts'
import { writeLog } from './log.ts'
import type { Preferences } from './preferences.ts'

const memorySchema = z.object({
  bounds: z
    .object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() })
    .nullable(),
  isMaximized: z.boolean(),
  /** As the engine told them last: the first frame is drawn before it can tell again. */
  ...appSettingsSchema.pick({ theme: true, locale: true }).shape,
})
export type WindowMemory = z.infer<typeof memorySchema>

const NOTHING_YET: WindowMemory = { bounds: null, isMaximized: false, theme: 'system', locale: null }

const memoryPath = (): string => join(app.getPath('userData'), 'window.json')

/** How the window was left; the defaults where nothing, or nothing readable, was left. */
export function recallWindow(): WindowMemory {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(memoryPath(), 'utf8')))
  } catch {
    return NOTHING_YET
  }
}

/** Notes how the window is left, each time it is about to close. */
export function rememberOnClose(window: BrowserWindow, preferences: () => Preferences): void {
  window.on('close', () => {
    remember({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized(), ...preferences() })
  })
}

function remember(memory: WindowMemory): void {
  const path = memoryPath()
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.new`, JSON.stringify(memory))
    renameSync(`${path}.new`, path)
  } catch (error) {
    // A full disk must not keep the window from closing.
    writeLog(`the window's place was not kept: ${String(error)}`)
  }
}

const NEEDED_WIDTH = 200
const NEEDED_HEIGHT = 40

/** Whether enough of the title bar lies on a screen that is there now to take hold of it. */
export function isReachable(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width =
      Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
    const below = workArea.y + workArea.height - bounds.y
    return width >= NEEDED_WIDTH && bounds.y >= workArea.y && below >= NEEDED_HEIGHT
  })
}
