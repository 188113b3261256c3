// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { useDocumentsStore } from '../../../src/renderer/stores/documents.ts'
import { useReadingStore } from '../../../src/renderer/stores/reading.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { OutputOf, ProcedureName } from '../../../src/shared/contract.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { installFakeApi, sampleProject } from '../fakes/fake-api.ts'
import { entry } from './document-entries.ts'

const PROJECT = sampleProject()
const OVERVIEW: OutputOf<'documents.inspect'> = {
  folder: '/opt/soroban/resources/samples',
  documents: [entry('a.txt'), entry('b.txt')],
  characters: 2000,
  sha256: 'ab'.repeat(32),
}
const EVENT = {
  kind: 'documents',
  fraction: 0.5,
  done: 1,
  total: 2,
  unit: 'documents',
  etaSeconds: null,
} as const

function storeOver(handlers: Partial<Handlers<ProcedureName>> = {}) {
  installFakeApi({ handlers: { 'documents.inspect': () => OVERVIEW, ...handlers } })
  return { documents: useDocumentsStore(), reading: useReadingStore() }
}

/** Answers only when the caller gives up. */
const untilCancelled = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new AppError('cancelled'))))

beforeEach(() => setActivePinia(createPinia()))

describe('inspecting', () => {
  test('tells what it is doing, then what it found', async () => {
    const { documents } = storeOver({
      'documents.inspect': (_, { emit }) => {
        emit(EVENT)
        return OVERVIEW
      },
    })
    const inspection = documents.inspect(PROJECT)
    expect(documents.isInspecting).toBe(true)
    await inspection
    expect(documents.progress).toEqual([EVENT])
    expect(documents.overview).toEqual(OVERVIEW)
    expect(documents.isInspecting).toBe(false)
    expect(documents.error).toBeNull()
  })

  test('keeps the failure', async () => {
    const { documents } = storeOver({
      'documents.inspect': () => {
        throw new AppError('documents/not-a-folder', { path: '/gone' })
      },
    })
    await documents.inspect(PROJECT)
    expect(documents.error).toMatchObject({ code: 'documents/not-a-folder', params: { path: '/gone' } })
    expect(documents.overview).toBeNull()
  })

  test('ends as cancelled when stopped', async () => {
    const { documents } = storeOver({ 'documents.inspect': (_, { signal }) => untilCancelled(signal) })
    const inspection = documents.inspect(PROJECT)
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
    const first = documents.inspect(PROJECT)
    await vi.waitFor(() => expect(calls).toBe(1))
    await documents.inspect(PROJECT)
    await first
    expect(documents.overview).toEqual(OVERVIEW)
    expect(documents.error).toBeNull()
  })

  test('what is known is not read again, unless the folder or what is read of it is another', async () => {
    let calls = 0
    const { documents } = storeOver({
      'documents.inspect': () => {
        calls++
        return OVERVIEW
      },
    })
    await documents.ensureInspected(PROJECT)
    await documents.ensureInspected({ ...PROJECT, baseline: '/models/other' })
    expect(calls).toBe(1)
    await documents.ensureInspected({ ...PROJECT, documents: '/elsewhere' })
    expect(calls).toBe(2)
    await documents.ensureInspected({
      ...PROJECT,
      documents: '/elsewhere',
      corpus: { ...PROJECT.corpus, ocr: true },
    })
    expect(calls).toBe(3)
  })
})

describe('what counts', () => {
  test('documents are left out; what was found stays in sight until it is known anew', async () => {
    const asked: unknown[] = []
    const late = Promise.withResolvers<typeof OVERVIEW>()
    let calls = 0
    const { documents } = storeOver({
      'documents.inspect': () => (++calls === 1 ? OVERVIEW : late.promise),
      'documents.exclude': (input) => {
        asked.push(input)
        return {}
      },
    })
    await documents.inspect(PROJECT)
    const before = documents.revision
    const change = documents.exclude(PROJECT, ['a.txt'], true)
    await vi.waitFor(() => expect(calls).toBe(2))
    expect(documents.overview).toEqual(OVERVIEW)
    expect(documents.revision).toBe(before + 1)
    const changed = { ...OVERVIEW, documents: [entry('a.txt', { state: 'excluded' }), entry('b.txt')] }
    late.resolve(changed)
    expect(await change).toBe(true)
    expect(documents.overview).toEqual(changed)
    expect(asked).toEqual([{ project: PROJECT.folder, names: ['a.txt'], excluded: true }])
  })

  test('a change that fails says so, and nothing is read again', async () => {
    let calls = 0
    const { documents } = storeOver({
      'documents.inspect': () => {
        calls++
        return OVERVIEW
      },
      'documents.exclude': () => {
        throw new AppError('documents/not-found', { name: 'a.txt', path: '/x' })
      },
    })
    await documents.inspect(PROJECT)
    expect(await documents.exclude(PROJECT, ['a.txt'], true)).toBe(false)
    expect([documents.changeError?.code, documents.isChanging, calls]).toEqual([
      'documents/not-found',
      false,
      1,
    ])
  })

  test('a document that was deleted, or went with another, is no longer shown', async () => {
    const { documents, reading } = storeOver({
      'documents.delete': () => ({
        files: ['/x/all.zip'],
        originalsKept: [],
        alongside: ['all.zip/b.txt'],
        runs: [],
      }),
    })
    reading.selectWithoutText('all.zip/b.txt')
    expect(await documents.remove(PROJECT, ['all.zip/a.txt'])).toBe(true)
    expect(reading.selected).toBe(null)
  })
})
