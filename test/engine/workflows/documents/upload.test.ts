import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createProject, readProject, updateProject, uploadDocument } from '../../../../src/engine/index.ts'
import { quietContext } from '../../../../src/engine/kernel/run-context.ts'
import { failureOf } from '../../../fixtures/app-error.ts'

const UNTIL_MORE = { isLast: false } as const
const LAST = { isLast: true } as const

let folder: string
let project: string
const documents = (...names: string[]): string => join(project, 'documents', ...names)
const send = (
  name: string,
  offset: number,
  text: string,
  { isLast }: { readonly isLast: boolean },
): Promise<number> => uploadDocument({ project, name, offset, bytes: Buffer.from(text), isLast })
const filesIn = async (place: string): Promise<string[]> =>
  (await readdir(place, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-upload-'))
  const wanted = { home: join(folder, 'home'), parent: folder, name: 'project' }
  project = (await createProject(wanted, quietContext())).folder
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('uploadDocument', () => {
  it('makes a file of its pieces with the last of them, and that folder the project’s', async () => {
    await updateProject(project, { documents: join(folder, 'elsewhere') })
    expect(await send('規程/旅費.txt', 0, '第1条', UNTIL_MORE)).toBe(7)
    await expect(readdir(documents('規程'))).rejects.toThrow('ENOENT')
    expect((await readProject(project)).documents).toBe(join(folder, 'elsewhere'))
    expect(await send('規程/旅費.txt', 7, '旅費', LAST)).toBe(13)
    expect(await readFile(documents('規程', '旅費.txt'), 'utf8')).toBe('第1条旅費')
    expect(await filesIn(project)).toHaveLength(2)
    expect((await readProject(project)).documents).toBe(documents())
  })

  it('replaces a file of the same name, however it is spelled, and takes an empty one', async () => {
    await send('か\u3099.txt', 0, 'old', LAST)
    await send('が.txt', 0, 'new', LAST)
    await send('empty.txt', 0, '', LAST)
    expect((await filesIn(documents())).sort()).toEqual([documents('empty.txt'), documents('が.txt')])
    expect(await readFile(documents('が.txt'), 'utf8')).toBe('new')
    expect(await readFile(documents('empty.txt'), 'utf8')).toBe('')
  })

  it.each([
    '../outside.txt',
    'a/../../outside.txt',
    '/etc/passwd',
    'C:/Windows/win.ini',
    '\\\\server\\share\\a.txt',
    'a\\..\\b.txt',
    'a//b.txt',
    'a/./b.txt',
    'a/',
    'NUL',
    'a/com1.txt',
    'a\u0000.txt',
    'a\nb.txt',
    'a.txt:stream',
    'end. ',
  ])('refuses the name %j', async (name) => {
    expect(await failureOf(() => send(name, 0, 'x', LAST))).toEqual({
      code: 'projects/upload-name',
      params: { name },
    })
    expect((await filesIn(folder)).sort()).toEqual([
      join(folder, 'home', 'recent-projects.json'),
      join(project, 'soroban-project.json'),
    ])
  })

  it('refuses pieces out of order and starts afresh from the beginning', async () => {
    const outOfOrder = { code: 'projects/upload-order', params: { name: 'a.txt' } }
    expect(await failureOf(() => send('a.txt', 3, 'def', LAST))).toEqual(outOfOrder)
    await send('a.txt', 0, 'abc', UNTIL_MORE)
    expect(await failureOf(() => send('a.txt', 4, 'ef', LAST))).toEqual(outOfOrder)
    expect(await failureOf(() => send('a.txt', 3, 'def', LAST))).toEqual(outOfOrder)
    expect(await filesIn(project)).toEqual([join(project, 'soroban-project.json')])
    await send('a.txt', 0, 'abc', UNTIL_MORE)
    await send('a.txt', 0, 'ABC', UNTIL_MORE)
    await send('a.txt', 3, 'DEF', LAST)
    expect(await readFile(documents('a.txt'), 'utf8')).toBe('ABCDEF')
  })

  it('takes pieces in the order of sending, also when none waits for the one before', async () => {
    const pieces = Array.from({ length: 20 }, (_, index) => String.fromCharCode(97 + index).repeat(1000))
    await Promise.all(
      pieces.map((piece, index) => send('a.txt', 1000 * index, piece, { isLast: index === 19 })),
    )
    expect(await readFile(documents('a.txt'), 'utf8')).toBe(pieces.join(''))
  })

  it('removes what an abandoned upload left a day ago', async () => {
    await send('old.txt', 0, 'old', UNTIL_MORE)
    const arriving = join(project, '.uploads')
    const [old = ''] = await readdir(arriving)
    await utimes(join(arriving, old), new Date(), new Date(Date.now() - 25 * 3_600_000))
    await send('young.txt', 0, 'young', UNTIL_MORE)
    const [young, ...more] = await readdir(arriving)
    expect([young === old, more]).toEqual([false, []])
    expect(await send('young.txt', 5, '!', LAST)).toBe(6)
  })

  it('tells what stands in the way, and takes nothing where there is no project', async () => {
    await send('a.txt', 0, 'a', LAST)
    expect(await failureOf(() => send('a.txt/b.txt', 0, 'b', LAST))).toMatchObject({
      code: 'file/unwritable',
      params: { path: documents('a.txt', 'b.txt') },
    })
    expect(await filesIn(documents())).toEqual([documents('a.txt')])
    const astray = { project: folder, name: 'a.txt', offset: 0, bytes: Buffer.from('a'), isLast: true }
    expect(await failureOf(() => uploadDocument(astray))).toMatchObject({ code: 'projects/not-a-project' })
  })
})
