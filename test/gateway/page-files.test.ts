import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { readPageFiles } from '../../src/gateway/page-files.ts'
import { failureOf } from '../fixtures/app-error.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-page-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(name: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), name)
}

it('knows the type of every kind of file that a window is built of', async () => {
  const names = ['app.js', 'app.css', '90ms.bcmap', 'Foxit.pfb', 'Liberation.ttf', 'qcms.wasm', 'icon.svg']
  for (const name of ['index.html', 'icon.svg', ...names.map((each) => `assets/${each}`)]) await write(name)
  const { index, files } = await readPageFiles(folder)
  expect(index).toBe('index.html')
  expect(
    Object.fromEntries([...files].map(([path, { type, isHashed }]) => [path, [type, isHashed]])),
  ).toEqual({
    '/icon.svg': ['image/svg+xml', false],
    '/assets/app.js': ['text/javascript; charset=utf-8', true],
    '/assets/app.css': ['text/css; charset=utf-8', true],
    '/assets/90ms.bcmap': ['application/octet-stream', true],
    '/assets/Foxit.pfb': ['application/octet-stream', true],
    '/assets/Liberation.ttf': ['font/ttf', true],
    '/assets/qcms.wasm': ['application/wasm', true],
    '/assets/icon.svg': ['image/svg+xml', true],
  })
})

it('tells that the window was not built', async () => {
  const path = join(folder, 'index.html')
  expect(await failureOf(() => readPageFiles(folder))).toEqual({ code: 'serve/not-built', params: { path } })
})
