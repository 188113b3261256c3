import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The Electron to run: the one of ELECTRON_EXEC_PATH, else the one in its package, which `npm ci` leaves without it
 * where install scripts are off. Null when there is none; importing the package would try to download it.
 */
export function electronBinary(): string | null {
  const named = process.env['ELECTRON_EXEC_PATH']
  if (named !== undefined && named !== '') return existsSync(named) ? named : null
  const folder = dirname(fileURLToPath(import.meta.resolve('electron/package.json')))
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : null
}
