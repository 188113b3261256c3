import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

import { AppError } from '../shared/errors.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

export interface PageFile {
  readonly content: Buffer
  readonly type: string
  /** Its name holds a hash of its content. */
  readonly isHashed: boolean
}

export interface PageFiles {
  /** With the nonce placeholder. */
  readonly index: string
  /** Every other file by its path in a URL. */
  readonly files: ReadonlyMap<string, PageFile>
}

/**
 * Reads the built window whole. What is not in it cannot be asked for, so there is no path to check at a request, and
 * a later build does not mix with this one.
 *
 * @throws AppError serve/not-built
 */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const indexPath = join(folder, 'index.html')
  const index = await readFile(indexPath, 'utf8').catch((cause: unknown) => {
    throw new AppError('serve/not-built', { path: indexPath }, { cause })
  })
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== indexPath)
  const files = await Promise.all(
    paths.map(async (path): Promise<[string, PageFile]> => {
      const name = `/${relative(folder, path).split(sep).join('/')}`
      const type = CONTENT_TYPES[extname(path)] ?? 'application/octet-stream'
      return [encodeURI(name), { content: await readFile(path), type, isHashed: name.startsWith('/assets/') }]
    }),
  )
  return { index, files: new Map(files) }
}
