#!/usr/bin/env node
// Starts the command line on the Node version the engine needs, also where the system's own Node is older.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const NEEDED_MAJOR = 24
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

/** The pinned Node that `npm ci` placed beside the sources, or null. */
function pinnedNode() {
  const require = createRequire(import.meta.url)
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  try {
    return require.resolve(`${name}/bin/${file}`)
  } catch {
    return null
  }
}

const current = Number(process.versions.node.split('.')[0])
const node = current >= NEEDED_MAJOR ? process.execPath : pinnedNode()
if (node === null) {
  process.stderr.write(
    `Soroban needs Node ${NEEDED_MAJOR} or newer; this is ${process.version}. Run "npm ci" first, or install Node ${NEEDED_MAJOR}.\n` +
      `Soroban には Node ${NEEDED_MAJOR} 以降が必要です（現在 ${process.version}）。先に "npm ci" を実行するか、Node ${NEEDED_MAJOR} を入れてください。\n`,
  )
  process.exit(1)
}
// Compiled code is kept beside the packages: starting, also of the processes that read, takes half the time.
const cache = fileURLToPath(new URL('../node_modules/.cache/soroban-code', import.meta.url))
const env = { NODE_COMPILE_CACHE: cache, ...process.env }
// Room for what is garbage at once, MiB: by itself V8 takes four times as much when there are many documents to go through.
const flags = ['--max-semi-space-size=16']
const child = spawn(node, [...flags, main, ...process.argv.slice(2)], { stdio: 'inherit', env })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]))
