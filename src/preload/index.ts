/** The window's only bridge: lines that carry calls of the contract, and the paths of dropped files. */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'

import { WINDOW_CHANNEL, type LineAnswer, type LineMessage } from '../shared/window-channel.ts'

const tell = (message: LineMessage): void => ipcRenderer.send(WINDOW_CHANNEL, message)

contextBridge.exposeInMainWorld('soroban', {
  connect(onMessage: (message: unknown) => void) {
    const line = crypto.randomUUID()
    const onAnswer = (_event: IpcRendererEvent, answer: LineAnswer): void => {
      if (answer.line === line) onMessage(answer.message)
    }
    ipcRenderer.on(WINDOW_CHANNEL, onAnswer)
    tell({ kind: 'open', line })
    return {
      send: (message: unknown) => tell({ kind: 'message', line, message }),
      close() {
        ipcRenderer.off(WINDOW_CHANNEL, onAnswer)
        tell({ kind: 'close', line })
      },
    }
  },
  pathOf: (file: File): string => webUtils.getPathForFile(file),
})
