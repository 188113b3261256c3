import { access, chmod, constants, mkdir, open, symlink, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/index.ts'
import { surveyHostile } from './hostile-survey.ts'

const put = async (path: string, content: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

it('tells of names with control characters and reads paths of 300 characters', async () => {
  const long = `${'長い名前のフォルダー/'.repeat(28)}${'ファイル'.repeat(5)}.txt`
  expect(long.length).toBeGreaterThanOrEqual(300)
  const outcomes = await surveyHostile(async (folder) => {
    await put(join(folder, 'line\nbreak.txt'), '本文')
    await put(join(folder, 'bell\u0007 \u001b[31mred.txt'), '本文')
    await put(join(folder, 'delete\u007f.txt'), '本文')
    await put(join(folder, long), '奥の本文')
  })
  expect(outcomes).toEqual({
    'line␊break.txt': { code: 'documents/name-control', params: {} },
    'bell␇ ␛[31mred.txt': { code: 'documents/name-control', params: {} },
    'delete␡.txt': { code: 'documents/name-control', params: {} },
    [long]: { text: '奥の本文' },
  })
})

it('follows no link, not even in circles', async () => {
  const outcomes = await surveyHostile(async (folder) => {
    await mkdir(join(folder, 'inner'))
    await symlink(folder, join(folder, 'inner', 'outer'))
    await symlink('self', join(folder, 'self'))
    await symlink('/etc/hostname', join(folder, 'elsewhere.txt'))
  })
  const refused = { code: 'documents/not-regular', params: {} }
  expect(outcomes).toEqual({ 'inner/outer': refused, self: refused, 'elsewhere.txt': refused })
})

it('tells of a file that it may not read', async () => {
  let mayRead = false
  const outcomes = await surveyHostile(async (folder) => {
    const path = join(folder, 'closed.txt')
    await put(path, '本文')
    await chmod(path, 0)
    // Nothing is closed to the superuser.
    mayRead = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    )
  })
  const refused = { code: 'file/unreadable', params: { path: 'closed.txt' } }
  expect(outcomes).toEqual({ 'closed.txt': mayRead ? { text: '本文' } : refused })
})

it('does not open a file that is too large, even if nothing is in it', async () => {
  const bytes = 300_000_000
  const outcomes = await surveyHostile(async (folder) => {
    await put(join(folder, 'sparse.txt'), '')
    await truncate(join(folder, 'sparse.txt'), bytes)
  })
  const params = { bytes, limit: DEFAULT_LIMITS.fileBytes }
  expect(outcomes).toEqual({ 'sparse.txt': { code: 'documents/too-large', params } })
})

it('tells of a file that is written while it is read', async () => {
  const stop = new AbortController()
  let writing = Promise.resolve()
  const outcomes = await surveyHostile(async (folder) => {
    const path = join(folder, 'growing.txt')
    // Large enough that reading it takes longer than adding to it.
    await writeFile(path, Buffer.alloc(100 * 2 ** 20, 'x'))
    writing = (async () => {
      await using file = await open(path, 'a')
      while (!stop.signal.aborted) await file.write('y')
    })()
  }).finally(async () => {
    stop.abort()
    await writing
  })
  expect(outcomes).toEqual({ 'growing.txt': { code: 'documents/changed', params: {} } })
})
