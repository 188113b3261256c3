/** `npm start`: the desktop program from the sources; builds it when something has changed since. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { build } from 'electron-vite'

import { electronBinary } from './electron-binary.ts'
import { isStale } from './freshness.ts'

const ROOT = join(import.meta.dirname, '..')

const NO_ELECTRON = `Electron 本体がこのマシンにないため、デスクトップ版を起動できません。
  ブラウザーで使う: npm run serve（同じ画面が開きます。追加の導入は不要です）
  デスクトップ版を使う: インターネットにつながる環境で一度だけ npx install-electron を実行してください。

The desktop window cannot open, because Electron's program is not on this machine.
  In a browser: npm run serve (the same window; nothing to install)
  On the desktop: run npx install-electron once where the internet can be reached.
`

const electron = electronBinary()
if (electron === null) {
  process.stderr.write(NO_ELECTRON)
  process.exit(1)
}
// `npm run serve` builds the window alone.
const programs = ['dist/main/index.js', 'dist/preload/index.cjs', 'dist/renderer/index.html']
if (programs.some(isStale)) await build({ root: ROOT })
const child = spawn(electron, [ROOT, ...process.argv.slice(2)], { stdio: 'inherit' })
// Ctrl-C in a terminal reaches the child by itself; this process waits for it to end in order.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => void child.kill('SIGTERM'))
child.on('exit', (code) => process.exit(code ?? 1))
