/** Builds the window alone, when something has changed since: the browser door runs the engine from the sources. */
import { join } from 'node:path'

import { isStale } from './freshness.ts'

const ROOT = join(import.meta.dirname, '..')

if (isStale('dist/renderer/index.html')) await buildWindow()

async function buildWindow(): Promise<void> {
  const [{ resolveConfig }, { build }] = await Promise.all([import('electron-vite'), import('vite')])
  const { config } = await resolveConfig({ root: ROOT }, 'build', 'production')
  if (config?.renderer === undefined) throw new Error('electron.vite.config.ts has no renderer')
  process.stderr.write('画面を準備しています… / Preparing the window …\n')
  await build({ ...config.renderer, logLevel: 'warn' })
}
