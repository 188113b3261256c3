import { openStandin } from '../electron-standin/index.ts'
import { fileAt } from '../until.ts'
import type { Door, DoorSettings, StartedDoor } from './door.ts'

/** The built desktop app over a stand-in of Electron. */
export const standInDoor: Door = { name: 'stand-in', start: startStandIn }

async function startStandIn({ home, locale, onPage }: DoorSettings): Promise<StartedDoor> {
  const { page, main, answerDialogs, close } = await openStandin({ home, locale })
  onPage(page)
  return {
    page,
    pid: main.pid,
    // Closing the window ends a desktop app; what can go is the page inside.
    async reopenWindow() {
      await page.reload()
      return page
    },
    async saveAs(path, act) {
      answerDialogs(() => ({ canceled: false, filePath: path }))
      await act()
      await fileAt(path)
    },
    close,
  }
}
