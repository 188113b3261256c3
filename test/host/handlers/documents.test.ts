import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createProject, updateProject } from '../../../src/engine/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { documentsHandlers } from '../../../src/host/handlers/documents.ts'
import type { CallClient } from '../../../src/rpc/call-client.ts'
import { type DocumentsOverview, ORIGINAL_PIECE_BYTES } from '../../../src/shared/contract/documents.ts'
import type { Progress } from '../../../src/shared/job.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { calling } from './calling.ts'

let folder: string
let project: string
let client: CallClient
const texts = (name: string): string => join(folder, 'texts', name)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-host-documents-'))
  const wanted = { home: join(folder, 'home'), parent: folder, name: 'project' }
  project = (await createProject(wanted, quietContext())).folder
  await mkdir(texts(''))
  client = calling(documentsHandlers({ home: join(folder, 'home') }))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function inspect(): Promise<{
  readonly names: readonly string[]
  readonly characters: number
  /** Whether any file was read for it. */
  readonly hasRead: boolean
}> {
  const progress: Progress[] = []
  const overview: DocumentsOverview = await client.call(
    'documents.inspect',
    { project },
    { onEvent: (event) => progress.push(event) },
  )
  const names = overview.documents.map(({ name }) => name)
  return { names, characters: overview.characters, hasRead: progress.length > 0 }
}

describe('documents.inspect', () => {
  it('reads the folder once as long as no file changes', async () => {
    await updateProject(project, { documents: texts('') })
    await writeFile(texts('a.txt'), '本文')
    expect(await inspect()).toEqual({ names: ['a.txt'], characters: 2, hasRead: true })
    expect(await inspect()).toEqual({ names: ['a.txt'], characters: 2, hasRead: false })
    await writeFile(texts('a.txt'), '長い本文')
    expect(await inspect()).toEqual({ names: ['a.txt'], characters: 4, hasRead: true })
    await writeFile(texts('b.txt'), '別の本文')
    expect(await inspect()).toEqual({ names: ['a.txt', 'b.txt'], characters: 8, hasRead: true })
    await rm(texts('a.txt'))
    expect(await inspect()).toEqual({ names: ['b.txt'], characters: 4, hasRead: true })
    expect(await inspect()).toEqual({ names: ['b.txt'], characters: 4, hasRead: false })
  })

  it('tells that no folder is chosen, or that it is gone', async () => {
    expect(await failureOf(inspect)).toEqual({ code: 'projects/no-documents', params: {} })
    await updateProject(project, { documents: texts('gone') })
    expect(await failureOf(inspect)).toEqual({ code: 'file/not-found', params: { path: texts('gone') } })
  })
})

it('gives the text as it is scored', async () => {
  await updateProject(project, { documents: texts('') })
  await writeFile(texts('a.txt'), '\ufeff一行目  \r\n二行目\r\n')
  expect(await client.call('documents.text', { project, name: 'a.txt' })).toEqual({
    name: 'a.txt',
    text: '一行目\n二行目',
    pageStarts: [],
    sensitive: [],
  })
  expect(await failureOf(() => client.call('documents.text', { project, name: '../a.txt' }))).toEqual({
    code: 'documents/not-found',
    params: { name: '../a.txt', path: texts('') },
  })
})

it('takes uploads, which are then inspected', async () => {
  const upload = (name: string, offset: number, content: string, isLast: boolean) => {
    const base64 = Buffer.from(content).toString('base64')
    return client.call('documents.upload', { project, name, offset, base64, isLast })
  }
  expect(await upload('社内/a.txt', 0, '前半', false)).toEqual({ received: 6 })
  expect(await upload('社内/a.txt', 6, '後半', true)).toEqual({ received: 12 })
  expect(await inspect()).toEqual({ names: ['社内/a.txt'], characters: 4, hasRead: true })
  expect(await failureOf(() => upload('../a.txt', 0, 'x', true))).toEqual({
    code: 'projects/upload-name',
    params: { name: '../a.txt' },
  })
  expect(await failureOf(() => upload('b.txt', 5, 'x', true))).toEqual({
    code: 'projects/upload-order',
    params: { name: 'b.txt' },
  })
})

it('gives the original of a PDF or a picture in pieces, and of nothing else', async () => {
  await updateProject(project, { documents: texts('') })
  const picture = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    Buffer.alloc(ORIGINAL_PIECE_BYTES, 7),
  ])
  await writeFile(texts('図.png'), picture)
  await writeFile(texts('a.txt'), '本文')
  const piece = (name: string, offset: number) => client.call('documents.original', { project, name, offset })
  const first = await piece('図.png', 0)
  expect([first.type, first.bytes]).toEqual(['image/png', picture.length])
  const second = await piece('図.png', ORIGINAL_PIECE_BYTES)
  const whole = [first, second].map(({ base64 }) => Buffer.from(base64, 'base64'))
  expect(Buffer.concat(whole)).toEqual(picture)
  expect((await piece('図.png', picture.length)).base64).toBe('')
  expect(await failureOf(() => piece('a.txt', 0))).toEqual({
    code: 'documents/not-drawn',
    params: { name: 'a.txt' },
  })
  expect(await failureOf(() => piece('../project/soroban-project.json', 0))).toMatchObject({
    code: 'documents/not-found',
  })
})

it('leaves documents out and takes them in again, which the overview tells', async () => {
  await updateProject(project, { documents: texts('') })
  await writeFile(texts('a.txt'), '本文')
  await writeFile(texts('b.txt'), '別の本文')
  const exclude = (excluded: boolean) =>
    client.call('documents.exclude', { project, names: ['a.txt'], excluded })
  expect((await inspect()).characters).toBe(6)
  expect(await exclude(true)).toEqual({})
  expect((await inspect()).characters).toBe(4)
  await exclude(false)
  expect((await inspect()).characters).toBe(6)
})

it('tells what a deletion takes away, and deletes it', async () => {
  await client.call('documents.upload', {
    project,
    name: 'a.txt',
    offset: 0,
    base64: Buffer.from('本文').toString('base64'),
    isLast: true,
  })
  const path = join(project, 'documents', 'a.txt')
  const expected = { files: [path], originalsKept: [], alongside: [], runs: [] }
  expect(await client.call('documents.deletion', { project, names: ['a.txt'] })).toEqual(expected)
  expect((await inspect()).names).toEqual(['a.txt'])
  expect(await client.call('documents.delete', { project, names: ['a.txt'] })).toEqual(expected)
  expect((await inspect()).names).toEqual([])
})

it('describes the corpus, with tokens where a model is chosen', async () => {
  await updateProject(project, { documents: texts('') })
  const contents = { 'a.txt': '本文の一つ目', 'b.txt': '本文の一つ目', 'c.md': '別の本文がここにある' }
  for (const [name, content] of Object.entries(contents)) await writeFile(texts(name), content)
  await updateProject(project, { baseline: texts('no-model') })
  const lengths = (values: readonly number[]) => ({
    total: values.reduce((sum, value) => sum + value, 0),
    histogram: [
      { from: 4, to: 8, count: 1 },
      { from: 8, to: 16, count: 1 },
    ],
    coverage: [
      { share: 0.5, length: values[0] },
      { share: 0.9, length: values[1] },
      { share: 0.99, length: values[1] },
    ],
  })
  expect(await client.call('corpus.describe', { project })).toEqual({
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    documents: 2,
    seed: 1,
    leftOut: { excluded: 0, duplicate: 1, nearDuplicate: 0, skipped: 0, forgotten: 0 },
    languages: { ja: 2, en: 0, other: 0 },
    steps: [],
    characters: lengths([6, 10]),
    tokens: [
      {
        models: ['no-model'],
        counted: { ok: false, problem: { code: 'file/not-found', params: expect.anything() } },
      },
    ],
    splits: [{ split: 'held-out', documents: 2, characters: 16, names: ['a.txt', 'c.md'] }],
    clusters: [],
  })
})
