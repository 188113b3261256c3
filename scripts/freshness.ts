import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** What the build is made of. */
const INPUT_FOLDER = 'src'
const INPUT_FILES = ['electron.vite.config.ts', 'package.json']

/** Whether a built file is missing, or older than anything it may be made of. @param output path in the repository */
export function isStale(output: string): boolean {
  const built = statSync(join(ROOT, output), { throwIfNoEntry: false })
  if (built === undefined) return true
  const folder = join(ROOT, INPUT_FOLDER)
  // A folder that has lost a file has changed, too.
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const inputs = [
    folder,
    ...entries.map(({ parentPath, name }) => join(parentPath, name)),
    ...INPUT_FILES.map((name) => join(ROOT, name)),
  ]
  return inputs.some((path) => statSync(path).mtimeMs > built.mtimeMs)
}
