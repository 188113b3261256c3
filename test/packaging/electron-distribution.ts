import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How the fuses are found in Electron's binary, and the state in which it is delivered. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSE_VERSION = 1
const DELIVERED_FUSES = '101100011'

/**
 * Writes what electron-builder takes for Electron: the files of a real distribution by name, and a program that holds
 * a real fuse wire and nothing else.
 */
export async function writeElectronDistribution(folder: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true })
  await mkdir(join(folder, 'resources'))
  const wire = Buffer.concat([
    Buffer.from(`a stand-in of Electron's program\n${FUSE_SENTINEL}`),
    Buffer.from([FUSE_VERSION, DELIVERED_FUSES.length]),
    Buffer.from(DELIVERED_FUSES),
  ])
  await writeFile(join(folder, 'electron'), wire)
  await chmod(join(folder, 'electron'), 0o755)
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'icudtl.dat']) {
    await writeFile(join(folder, name), name)
  }
  for (const language of ['ja', 'en-US', 'fr', 'de']) {
    await writeFile(join(folder, 'locales', `${language}.pak`), language)
  }
}
