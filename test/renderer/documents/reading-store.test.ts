// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { useReadingStore } from '../../../src/renderer/stores/reading.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { OutputOf } from '../../../src/shared/contract.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { installFakeApi, SAMPLE_FOLDER } from '../fakes/fake-api.ts'

const textOf = (name: string): OutputOf<'documents.text'> => ({
  name,
  text: `本文 ${name}`,
  pageStarts: [],
  sensitive: [],
})

function storeOver(handlers: Partial<Handlers<'documents.text' | 'documents.original'>>) {
  installFakeApi({ handlers })
  return useReadingStore()
}

/** Answers only when the caller gives up. */
const untilCancelled = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new AppError('cancelled'))))

beforeEach(() => setActivePinia(createPinia()))

describe('the text', () => {
  test('is the one that will be scored', async () => {
    const reading = storeOver({ 'documents.text': ({ name }) => textOf(name) })
    await reading.select(SAMPLE_FOLDER, 'a.txt')
    expect([reading.selected, reading.text, reading.isTextLoading]).toEqual(['a.txt', textOf('a.txt'), false])
  })

  test('is of the latest choice, whichever answer comes first', async () => {
    const reading = storeOver({
      'documents.text': ({ name }, { signal }) =>
        name === 'slow.txt' ? untilCancelled(signal) : textOf(name),
    })
    const slow = reading.select(SAMPLE_FOLDER, 'slow.txt')
    await reading.select(SAMPLE_FOLDER, 'fast.txt')
    await slow
    expect([reading.selected, reading.text?.name, reading.textError]).toEqual(['fast.txt', 'fast.txt', null])
  })

  test('that cannot be had leaves the failure beside the choice', async () => {
    const reading = storeOver({
      'documents.text': ({ name }) => {
        throw new AppError('documents/text-gone', { name })
      },
    })
    await reading.select(SAMPLE_FOLDER, 'gone.txt')
    expect([reading.selected, reading.textError?.code]).toEqual(['gone.txt', 'documents/text-gone'])
    reading.selectWithoutText('blank.txt')
    expect([reading.selected, reading.text, reading.textError]).toEqual(['blank.txt', null, null])
  })
})

describe('the original', () => {
  const FILE = new Uint8Array(1000).map((_, index) => index % 251)
  const pieceAt = (offset: number, size: number): OutputOf<'documents.original'> => ({
    type: 'application/pdf',
    bytes: FILE.length,
    base64: btoa(String.fromCharCode(...FILE.slice(offset, offset + size))),
  })

  test('is put together from its pieces', async () => {
    const offsets: number[] = []
    const reading = storeOver({
      'documents.original': ({ offset }) => {
        offsets.push(offset)
        return pieceAt(offset, 400)
      },
    })
    reading.selectWithoutText('a.pdf')
    await reading.loadOriginal(SAMPLE_FOLDER)
    expect(offsets).toEqual([0, 400, 800])
    expect(reading.original?.type).toBe('application/pdf')
    expect(new Uint8Array(await reading.original!.arrayBuffer())).toEqual(FILE)
    expect(reading.originalFraction).toBe(null)
  })

  test('tells how much of it is there', async () => {
    const late = Promise.withResolvers<OutputOf<'documents.original'>>()
    const reading = storeOver({
      'documents.original': ({ offset }) => (offset === 0 ? pieceAt(0, 250) : late.promise),
    })
    reading.selectWithoutText('a.pdf')
    const loading = reading.loadOriginal(SAMPLE_FOLDER)
    await vi.waitFor(() => expect(reading.originalFraction).toBe(0.25))
    late.resolve(pieceAt(250, 750))
    await loading
    expect(reading.original?.size).toBe(1000)
  })

  test('of a document that was left meanwhile is not shown', async () => {
    const reading = storeOver({ 'documents.original': (_, { signal }) => untilCancelled(signal) })
    reading.selectWithoutText('a.pdf')
    const loading = reading.loadOriginal(SAMPLE_FOLDER)
    reading.selectWithoutText('b.txt')
    await loading
    expect([reading.original, reading.originalError, reading.originalFraction]).toEqual([null, null, null])
  })

  test('that cannot be had leaves the failure', async () => {
    const reading = storeOver({
      'documents.original': () => {
        throw new AppError('documents/changed', { name: 'a.pdf' })
      },
    })
    reading.selectWithoutText('a.pdf')
    await reading.loadOriginal(SAMPLE_FOLDER)
    expect(reading.originalError?.code).toBe('documents/changed')
  })
})
