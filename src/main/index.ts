/** Electron's main process: what is set up, in order. */
import { resolve } from 'node:path'

import { app, session, type BrowserWindow } from 'electron'

import { Gateway } from '../gateway/index.ts'
import { readPageFiles } from '../gateway/page-files.ts'
import { registerAppScheme, serveApp } from './app-scheme.ts'
import { askBeforeClosing, askBeforeUnloading } from './closing.ts'
import { guardContents } from './contents-guard.ts'
import { EngineFacts } from './engine-facts.ts'
import { startEngine } from './engine-process.ts'
import { takeIdentity } from './identity.ts'
import { routeLines } from './ipc-router.ts'
import { writeLog } from './log.ts'
import { offerContextMenu } from './menu.ts'
import { observed } from './observed-line.ts'
import {
  refuseOutsideRequests,
  silenceChromium,
  silenceSession,
  type TrafficRules,
} from './outside-traffic.ts'
import { denyPermissions } from './permissions.ts'
import { PreferenceKeeper } from './preferences.ts'
import { RENDERER_FOLDER } from './programs.ts'
import { quitInOrder } from './quitting.ts'
import { shellProcedures } from './shell-procedures.ts'
import { refuseToStart } from './start-failure.ts'
import { recallWindow, rememberOnClose } from './window-memory.ts'
import { rescueWindow } from './window-rescue.ts'
import { bringForward, openWindow } from './window.ts'

takeIdentity()
if (app.requestSingleInstanceLock()) {
  silenceChromium()
  registerAppScheme()
  void app.whenReady().then(start).catch(refuseToStart)
} else {
  app.quit()
}

async function start(): Promise<void> {
  let window: BrowserWindow | null = null
  const memory = recallWindow()
  const preferences = new PreferenceKeeper(memory)
  const currentWording = () => preferences.wording
  const written = new Set<string>()
  const gateway = new Gateway({
    startHost: startEngine,
    shell: shellProcedures({ window: () => window, currentWording, written }),
    log: writeLog,
  })
  const connect = gateway.connect.bind(gateway)
  const facts = new EngineFacts(connect, (settings) => preferences.change(settings))

  const { defaultSession } = session
  const traffic: TrafficRules = {
    allowDeveloperTools: !app.isPackaged,
    onRefused: (target) => gateway.refused(target),
  }
  guardContents(traffic)
  denyPermissions(defaultSession)
  refuseOutsideRequests(defaultSession, traffic)
  await silenceSession(defaultSession)
  serveApp(defaultSession, await readPageFiles(RENDERER_FOLDER))

  window = openWindow(memory)
  routeLines(window, {
    connect: observed(connect, {
      'settings.read': (settings) => preferences.change(settings),
      'settings.write': (settings) => preferences.change(settings),
      'runs.start': ({ job }) => facts.noteStarted(job),
      'runs.resume': ({ job }) => facts.noteStarted(job),
      'report.write': ({ path }) => void written.add(resolve(path)),
    }),
    onRefused: (reason) => writeLog(`refused: ${reason}`),
  })
  offerContextMenu(window.webContents, currentWording)
  rescueWindow(window, currentWording)
  askBeforeClosing(window, { isWorking: () => facts.isWorking(), currentWording })
  askBeforeUnloading(window, currentWording)
  rememberOnClose(window, () => preferences.current)
  // The engine may take a while to end, and somebody may start the program again meanwhile.
  window.on('closed', () => (window = null))
  app.on('second-instance', () => window !== null && bringForward(window))
  quitInOrder(gateway)
}
