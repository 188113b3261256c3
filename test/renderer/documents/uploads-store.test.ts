// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { useUploadsStore } from '../../../src/renderer/stores/uploads.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { InputOf } from '../../../src/shared/contract.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { installFakeApi, SAMPLE_FOLDER } from '../fakes/fake-api.ts'

/** Bytes of one piece of an upload. */
const PIECE = 786_432

function storeOver(handlers: Partial<Handlers<'documents.upload'>> = {}) {
  installFakeApi({ handlers })
  return { uploads: useUploadsStore() }
}

/** Answers only when the caller gives up. */
const untilCancelled = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new AppError('cancelled'))))

beforeEach(() => setActivePinia(createPinia()))

describe('uploading', () => {
  const sizes = (calls: readonly InputOf<'documents.upload'>[]) =>
    calls.map(({ name, offset, base64, isLast }) => ({ name, offset, bytes: atob(base64).length, isLast }))

  function recording(failing?: string) {
    const calls: InputOf<'documents.upload'>[] = []
    const { uploads } = storeOver({
      'documents.upload': (input) => {
        calls.push(input)
        if (input.name === failing) throw new AppError('projects/upload-name', { name: input.name })
        return { received: input.offset + atob(input.base64).length }
      },
    })
    return { uploads, calls }
  }

  test('sends each file in pieces, in order', async () => {
    const { uploads, calls } = recording()
    const arrived = await uploads.uploadFiles(SAMPLE_FOLDER, [
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
    expect(uploads.uploadOf(SAMPLE_FOLDER)).toEqual({
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
    const { uploads, calls } = recording('con.txt')
    const arrived = await uploads.uploadFiles(SAMPLE_FOLDER, [
      { name: 'con.txt', file: new Blob(['x']) },
      { name: 'good.txt', file: new Blob(['yy']) },
    ])
    expect(arrived).toBe(1)
    expect(calls.map(({ name }) => name)).toEqual(['con.txt', 'good.txt'])
    expect(uploads.uploadOf(SAMPLE_FOLDER)).toMatchObject({ state: 'done', filesDone: 2, bytesDone: 3 })
    expect(uploads.uploadOf(SAMPLE_FOLDER)?.failures.map(({ name, error }) => [name, error.code])).toEqual([
      ['con.txt', 'projects/upload-name'],
    ])
  })

  test('cancelled, it keeps what arrived and sends nothing more', async () => {
    const names: string[] = []
    const { uploads } = storeOver({
      'documents.upload': ({ name, offset }, { signal }) => {
        names.push(name)
        return name === 'second.txt' ? untilCancelled(signal) : { received: offset + 1 }
      },
    })
    const upload = uploads.uploadFiles(
      SAMPLE_FOLDER,
      ['first.txt', 'second.txt', 'third.txt'].map((name) => ({ name, file: new Blob(['x']) })),
    )
    await vi.waitFor(() => expect(names).toEqual(['first.txt', 'second.txt']))
    uploads.cancelUpload(SAMPLE_FOLDER)
    expect(await upload).toBe(1)
    expect(names).toEqual(['first.txt', 'second.txt'])
    expect(uploads.uploadOf(SAMPLE_FOLDER)).toMatchObject({
      state: 'cancelled',
      filesDone: 1,
      failures: [],
    })
    uploads.dismissUpload(SAMPLE_FOLDER)
    expect(uploads.uploadOf(SAMPLE_FOLDER)).toBeNull()
  })

  test('goes on beside one into another project, and each is told apart', async () => {
    const { uploads } = storeOver({
      'documents.upload': ({ project, offset }, { signal }) =>
        project === '/slow' ? untilCancelled(signal) : { received: offset + 1 },
    })
    const files = [{ name: 'a.txt', file: new Blob(['x']) }]
    const slow = uploads.uploadFiles('/slow', files)
    expect(await uploads.uploadFiles('/quick', files)).toBe(1)
    const states = (): unknown[] => ['/slow', '/quick', '/other'].map((at) => uploads.uploadOf(at)?.state)
    expect(states()).toEqual(['running', 'done', undefined])
    uploads.cancelUpload('/slow')
    expect(await slow).toBe(0)
    expect(states()).toEqual(['cancelled', 'done', undefined])
  })
})
