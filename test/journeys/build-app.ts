import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isStale } from '../../scripts/freshness.ts'
import { tryLock } from '../../src/engine/store/file-lock.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const BUILDER = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
const BUILT = ['dist/main/index.js', 'dist/preload/index.cjs', 'dist/renderer/index.html']
const PATIENCE_MS = 120_000

/** Builds the app where it is stale; of several test files that ask at once, one builds and the others wait. */
export function ensureBuilt(): void {
  using lock = tryLock(join(tmpdir(), 'soroban-build.lock'), PATIENCE_MS)
  if (lock === null) throw new Error('another process has been building the app for too long')
  if (!BUILT.some(isStale)) return
  // In a process of its own: this one's NODE_ENV is `test`, with which Vue would be built for debugging.
  execFileSync(process.execPath, [BUILDER, 'build'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
