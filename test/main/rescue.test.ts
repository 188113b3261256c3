import { EventEmitter } from 'node:events'

import { beforeEach, expect, test, vi } from 'vitest'

const electron = vi.hoisted(() => ({ app: { quit: vi.fn() }, dialog: { showMessageBox: vi.fn() } }))
vi.mock('electron', () => electron)

const { rescueWindow } = await import('../../src/main/window-rescue.ts')
const { wordingIn } = await import('../../src/main/words.ts')

class FakeContents extends EventEmitter {
  reload = vi.fn()
  forcefullyCrashRenderer = vi.fn()
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
}

let window: FakeWindow

beforeEach(() => {
  vi.clearAllMocks()
  window = new FakeWindow()
  rescueWindow(window as never, () => wordingIn('ja'))
})

const answerWith = (response: number): void => {
  electron.dialog.showMessageBox.mockResolvedValue({ response })
}

test('a page that crashed is loaded again if the user wants', async () => {
  answerWith(0)
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  await vi.waitFor(() => expect(window.webContents.reload).toHaveBeenCalledOnce())
  expect(electron.dialog.showMessageBox.mock.calls[0]?.[1]).toMatchObject({
    message: '画面が予期せず終了しました。',
    detail: '実行中の処理は続いています。画面を読み込み直しても失われません。',
    buttons: ['再読み込み', '終了'],
  })
})

test('or the program ends', async () => {
  answerWith(1)
  window.webContents.emit('render-process-gone', {}, { reason: 'oom' })
  await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledOnce())
  expect(window.webContents.reload).not.toHaveBeenCalled()
})

test('a page that hangs is ended before it is loaded again; one question at a time', async () => {
  const answer = Promise.withResolvers<{ response: number }>()
  electron.dialog.showMessageBox.mockReturnValue(answer.promise)
  window.emit('unresponsive')
  window.emit('unresponsive')
  window.webContents.emit('render-process-gone', {}, { reason: 'killed' })
  expect(electron.dialog.showMessageBox).toHaveBeenCalledOnce()

  answer.resolve({ response: 0 })
  await vi.waitFor(() => expect(window.webContents.reload).toHaveBeenCalledOnce())
  expect(window.webContents.forcefullyCrashRenderer).toHaveBeenCalledOnce()

  // Electron tells of that end, too; it is no news. The next one is.
  window.webContents.emit('render-process-gone', {}, { reason: 'killed' })
  expect(electron.dialog.showMessageBox).toHaveBeenCalledOnce()
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  expect(electron.dialog.showMessageBox).toHaveBeenCalledTimes(2)
})

test('a page that ended as it should needs no rescue', () => {
  window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
  expect(electron.dialog.showMessageBox).not.toHaveBeenCalled()
})
