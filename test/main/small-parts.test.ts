import { expect, test, vi } from 'vitest'

const { displays } = vi.hoisted(() => ({ displays: [{ x: 0, y: 0, width: 1920, height: 1040 }] }))
vi.mock('electron', () => ({
  app: {},
  Menu: {},
  screen: { getAllDisplays: () => displays.map((workArea) => ({ workArea })) },
  utilityProcess: {},
}))

const { menuTemplate } = await import('../../src/main/menu.ts')
const { howItEnded } = await import('../../src/main/utility-program.ts')
const { isReachable } = await import('../../src/main/window-memory.ts')
const { preferredLocale, wordingIn } = await import('../../src/main/words.ts')

test.each([
  ['on the screen', { x: 100, y: 100, width: 1280, height: 860 }, true],
  ['half beside it', { x: 1500, y: 100, width: 1280, height: 860 }, true],
  ['on a screen that was taken away', { x: 2500, y: 100, width: 1280, height: 860 }, false],
  ['with the title bar above it', { x: 100, y: -300, width: 1280, height: 860 }, false],
  ['below it', { x: 100, y: 1030, width: 1280, height: 860 }, false],
])('a window left %s', (_where, bounds, expected) => {
  expect(isReachable(bounds)).toBe(expected)
})

test.each([
  [0, 'linux', { code: 0, signal: null }],
  [1, 'linux', { code: 1, signal: null }],
  [9, 'linux', { code: null, signal: 'SIGKILL' }],
  [139, 'linux', { code: null, signal: 'SIGSEGV' }],
  [9, 'win32', { code: 9, signal: null }],
  [0xc0000005, 'win32', { code: 0xc0000005, signal: null }],
] as const)('exit code %i on %s', (code, platform, expected) => {
  expect(howItEnded(code, platform)).toEqual(expected)
})

test.each([
  [['ja-JP', 'en-US'], 'ja'],
  [['en-GB'], 'en'],
  [['de-DE', 'ja-JP'], 'en'],
  [[], 'ja'],
] as const)('a system that speaks %j', (languages, expected) => {
  expect(preferredLocale(languages)).toBe(expected)
})

test('the menu has a label for everything in it, in both languages', () => {
  const labels = (locale: 'ja' | 'en'): unknown =>
    menuTemplate(wordingIn(locale), { platform: 'linux', withDeveloperTools: false }).map((menu) => [
      menu.label,
      ...(Array.isArray(menu.submenu) ? menu.submenu : [])
        .filter(({ type }) => type !== 'separator')
        .map(({ label }) => label),
    ])
  expect(labels('ja')).toEqual([
    ['ファイル(&F)', 'ウィンドウを閉じる', 'Soroban を終了'],
    ['編集(&E)', '元に戻す', 'やり直す', '切り取り', 'コピー', '貼り付け', 'すべて選択'],
    ['表示(&V)', '画面を再読み込み', '実際のサイズ', '拡大', '縮小', '全画面表示'],
    ['ヘルプ(&H)', 'Soroban について'],
  ])
  expect(labels('en')).toEqual([
    ['&File', 'Close window', 'Quit Soroban'],
    ['&Edit', 'Undo', 'Redo', 'Cut', 'Copy', 'Paste', 'Select all'],
    ['&View', 'Reload window', 'Actual size', 'Zoom in', 'Zoom out', 'Full screen'],
    ['&Help', 'About Soroban'],
  ])
})
