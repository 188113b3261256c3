import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createProject, updateProject } from '../../../src/engine/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { documentsHandlers } from '../../../src/host/handlers/documents.ts'
import type { CallClient } from '../../../src/rpc/call-client.ts'
import type { DocumentsOverview } from '../../../src/shared/contract/documents.ts'
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
  client = calling(documentsHandlers())
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
  })
  expect(await failureOf(() => client.call('documents.text', { project, name: '../a.txt' }))).toEqual({
    code: 'file/not-found',
    params: { path: join(folder, 'a.txt') },
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
