import { EventEmitter } from 'node:events'

import { beforeEach, expect, test, vi } from 'vitest'

const electron = vi.hoisted(() => ({ dialog: { showMessageBoxSync: vi.fn() } }))
vi.mock('electron', () => electron)

const { askBeforeUnloading } = await import('../../src/main/closing.ts')
const { wordingIn } = await import('../../src/main/words.ts')

const window = { webContents: new EventEmitter() }
askBeforeUnloading(window as never, () => wordingIn('ja'))
beforeEach(() => void vi.clearAllMocks())

/** Electron lets the page go where the event is prevented. */
function leaves(answer: number): boolean {
  electron.dialog.showMessageBoxSync.mockReturnValue(answer)
  const preventDefault = vi.fn()
  window.webContents.emit('will-prevent-unload', { preventDefault })
  return preventDefault.mock.calls.length > 0
}

test('a page with unsaved entries goes when that is wanted, and stays otherwise', () => {
  expect([leaves(0), leaves(1)]).toEqual([true, false])
  expect(electron.dialog.showMessageBoxSync.mock.calls[0]?.[1]).toMatchObject({
    message: '保存されていない前提条件があります。',
    buttons: ['保存せずに続ける', '画面に戻る'],
    cancelId: 1,
  })
})
