// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { useDocumentsStore } from '../../../src/renderer/stores/documents.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { InputOf, OutputOf } from '../../../src/shared/contract.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { type FakeApi, installFakeApi, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { entry } from './document-entries.ts'

type Answering = Partial<Handlers<'documents.inspect' | 'documents.text' | 'documents.upload'>>

const FOLDER = '/opt/soroban/resources/samples'
const OVERVIEW: OutputOf<'documents.inspect'> = {
  folder: FOLDER,
  documents: [entry('a.txt'), entry('b.txt')],
  characters: 2000,
}
/** Bytes of one piece of an upload. */
const PIECE = 786_432

function storeOver(handlers: Answering = {}): FakeApi & { documents: ReturnType<typeof useDocumentsStore> } {
  const fake = installFakeApi({ handlers })
  return { ...fake, documents: useDocumentsStore() }
}

/** Answers only when the caller gives up. */
const untilCancelled = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new AppError('cancelled'))))

beforeEach(() => setActivePinia(createPinia()))

describe('inspecting', () => {
  test('tells what it is doing, then what it found', async () => {
    const { documents } = storeOver({
      'documents.inspect': (_, { emit }) => {
        emit({ kind: 'documents', fraction: 0.5, done: 1, total: 2, unit: 'documents', etaSeconds: null })
        return OVERVIEW
      },
    })
    const inspection = documents.inspect(SAMPLE_FOLDER)
    expect(documents.isInspecting).toBe(true)
    await inspection
    expect(documents.progress).toEqual([
      { kind: 'documents', fraction: 0.5, done: 1, total: 2, unit: 'documents', etaSeconds: null },
    ])
    expect(documents.overview).toEqual(OVERVIEW)
    expect(documents.isInspecting).toBe(false)
    expect(documents.error).toBeNull()
  })

  test('keeps the failure', async () => {
    const { documents } = storeOver({
      'documents.inspect': () => {
        throw new AppError('documents/not-a-folder', { path: FOLDER })
      },
    })
    await documents.inspect(SAMPLE_FOLDER)
    expect(documents.error).toMatchObject({ code: 'documents/not-a-folder', params: { path: FOLDER } })
    expect(documents.overview).toBeNull()
  })

  test('ends as cancelled when stopped', async () => {
    const { documents } = storeOver({ 'documents.inspect': (_, { signal }) => untilCancelled(signal) })
    const inspection = documents.inspect(SAMPLE_FOLDER)
    await vi.waitFor(() => expect(documents.isInspecting).toBe(true))
    documents.cancelInspection()
    await inspection
    expect(documents.error?.code).toBe('cancelled')
    expect(documents.isInspecting).toBe(false)
  })

  test('a second one replaces the first, whose end says nothing', async () => {
    let calls = 0
    const { documents } = storeOver({
      'documents.inspect': (_, { signal }) => (++calls === 1 ? untilCancelled(signal) : OVERVIEW),
    })
    const first = documents.inspect(SAMPLE_FOLDER)
    await vi.waitFor(() => expect(calls).toBe(1))
    await documents.inspect(SAMPLE_FOLDER)
    await first
    expect(documents.overview).toEqual(OVERVIEW)
    expect(documents.error).toBeNull()
  })

  test('what is known is not read again, unless the folder is another', async () => {
    let calls = 0
    const { documents } = storeOver({
      'documents.inspect': () => {
        calls++
        return OVERVIEW
      },
    })
    await documents.ensureInspected(SAMPLE_FOLDER, FOLDER)
    await documents.ensureInspected(SAMPLE_FOLDER, FOLDER)
    expect(calls).toBe(1)
    await documents.ensureInspected(SAMPLE_FOLDER, '/elsewhere')
    expect(calls).toBe(2)
  })
})

describe('one document', () => {
  test('shows the text as it will be scored', async () => {
    const { documents } = storeOver({ 'documents.text': ({ name }) => ({ name, text: `本文 ${name}` }) })
    await documents.select(SAMPLE_FOLDER, 'a.txt')
    expect([documents.selected, documents.text, documents.isTextLoading]).toEqual([
      'a.txt',
      '本文 a.txt',
      false,
    ])
  })

  test('the latest choice wins, whichever answer comes first', async () => {
    const { documents } = storeOver({
      'documents.text': ({ name }, { signal }) =>
        name === 'slow.txt' ? untilCancelled(signal) : { name, text: name },
    })
    const slow = documents.select(SAMPLE_FOLDER, 'slow.txt')
    await documents.select(SAMPLE_FOLDER, 'fast.txt')
    await slow
    expect([documents.selected, documents.text, documents.textError]).toEqual(['fast.txt', 'fast.txt', null])
  })

  test('keeps the failure beside the choice', async () => {
    const { documents } = storeOver({
      'documents.text': ({ name }) => {
        throw new AppError('file/not-found', { path: name })
      },
    })
    await documents.select(SAMPLE_FOLDER, 'gone.txt')
    expect(documents.selected).toBe('gone.txt')
    expect(documents.textError?.code).toBe('file/not-found')
    documents.selectWithoutText('blank.txt')
    expect([documents.selected, documents.text, documents.textError]).toEqual(['blank.txt', null, null])
  })
})

describe('uploading', () => {
  const sizes = (calls: readonly InputOf<'documents.upload'>[]) =>
    calls.map(({ name, offset, base64, isLast }) => ({ name, offset, bytes: atob(base64).length, isLast }))

  function recording(failing?: string) {
    const calls: InputOf<'documents.upload'>[] = []
    const { documents } = storeOver({
      'documents.upload': (input) => {
        calls.push(input)
        if (input.name === failing) throw new AppError('projects/upload-name', { name: input.name })
        return { received: input.offset + atob(input.base64).length }
      },
    })
    return { documents, calls }
  }

  test('sends each file in pieces, in order', async () => {
    const { documents, calls } = recording()
    const arrived = await documents.uploadFiles(SAMPLE_FOLDER, [
      { name: 'long.txt', file: new Blob([new Uint8Array(PIECE + 10).fill(65)]) },
      { name: 'folder/short.txt', file: new Blob(['あ']) },
      { name: 'empty.txt', file: new Blob([]) },
    ])
    expect(arrived).toBe(3)
    expect(sizes(calls)).toEqual([
      { name: 'long.txt', offset: 0, bytes: PIECE, isLast: false },
      { name: 'long.txt', offset: PIECE, bytes: 10, isLast: true },
      { name: 'folder/short.txt', offset: 0, bytes: 3, isLast: true },
      { name: 'empty.txt', offset: 0, bytes: 0, isLast: true },
    ])
    expect(calls[2]?.base64).toBe('44GC')
    expect(documents.uploadOf(SAMPLE_FOLDER)).toEqual({
      state: 'done',
      files: 3,
      filesDone: 3,
      bytes: PIECE + 13,
      bytesDone: PIECE + 13,
      current: null,
      failures: [],
    })
  })

  test('a file that fails does not stop the others', async () => {
    const { documents, calls } = recording('con.txt')
    const arrived = await documents.uploadFiles(SAMPLE_FOLDER, [
      { name: 'con.txt', file: new Blob(['x']) },
      { name: 'good.txt', file: new Blob(['yy']) },
    ])
    expect(arrived).toBe(1)
    expect(calls.map(({ name }) => name)).toEqual(['con.txt', 'good.txt'])
    expect(documents.uploadOf(SAMPLE_FOLDER)).toMatchObject({ state: 'done', filesDone: 2, bytesDone: 3 })
    expect(documents.uploadOf(SAMPLE_FOLDER)?.failures.map(({ name, error }) => [name, error.code])).toEqual([
      ['con.txt', 'projects/upload-name'],
    ])
  })

  test('cancelled, it keeps what arrived and sends nothing more', async () => {
    const names: string[] = []
    const { documents } = storeOver({
      'documents.upload': ({ name, offset }, { signal }) => {
        names.push(name)
        return name === 'second.txt' ? untilCancelled(signal) : { received: offset + 1 }
      },
    })
    const upload = documents.uploadFiles(
      SAMPLE_FOLDER,
      ['first.txt', 'second.txt', 'third.txt'].map((name) => ({ name, file: new Blob(['x']) })),
    )
    await vi.waitFor(() => expect(names).toEqual(['first.txt', 'second.txt']))
    documents.cancelUpload(SAMPLE_FOLDER)
    expect(await upload).toBe(1)
    expect(names).toEqual(['first.txt', 'second.txt'])
    expect(documents.uploadOf(SAMPLE_FOLDER)).toMatchObject({
      state: 'cancelled',
      filesDone: 1,
      failures: [],
    })
    documents.dismissUpload(SAMPLE_FOLDER)
    expect(documents.uploadOf(SAMPLE_FOLDER)).toBeNull()
  })

  test('goes on beside one into another project, and each is told apart', async () => {
    const { documents } = storeOver({
      'documents.upload': ({ project, offset }, { signal }) =>
        project === '/slow' ? untilCancelled(signal) : { received: offset + 1 },
    })
    const files = [{ name: 'a.txt', file: new Blob(['x']) }]
    const slow = documents.uploadFiles('/slow', files)
    expect(await documents.uploadFiles('/quick', files)).toBe(1)
    const states = (): unknown[] => ['/slow', '/quick', '/other'].map((at) => documents.uploadOf(at)?.state)
    expect(states()).toEqual(['running', 'done', undefined])
    documents.cancelUpload('/slow')
    expect(await slow).toBe(0)
    expect(states()).toEqual(['cancelled', 'done', undefined])
  })
})
