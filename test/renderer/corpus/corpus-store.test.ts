// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'

import { useCorpusStore } from '../../../src/renderer/stores/corpus.ts'
import { useDocumentsStore } from '../../../src/renderer/stores/documents.ts'
import { useProjectStore } from '../../../src/renderer/stores/project.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { DEFAULT_CORPUS_SETTINGS } from '../../../src/shared/documents.ts'
import { corpusOverview } from '../fakes/corpus.ts'
import { documentsOverview } from '../fakes/documents.ts'
import { installFakeApi } from '../fakes/fake-api.ts'

const OVERVIEW = corpusOverview(
  documentsOverview('/documents', DEFAULT_CORPUS_SETTINGS, new Set()),
  DEFAULT_CORPUS_SETTINGS,
  1,
  [],
)

async function opened(describe: Handlers<'corpus.describe'>['corpus.describe'] = () => OVERVIEW) {
  let calls = 0
  installFakeApi({
    handlers: {
      'corpus.describe': (input, call) => {
        calls++
        return describe(input, call)
      },
    },
  })
  const project = useProjectStore()
  await project.openSample()
  return {
    corpus: useCorpusStore(),
    documents: useDocumentsStore(),
    project,
    current: () => project.current!,
    calls: () => calls,
  }
}

beforeEach(() => setActivePinia(createPinia()))

test('tells what it is doing by kind, then what it found', async () => {
  const counts = { fraction: 1, done: 2, total: 2, etaSeconds: null } as const
  const { corpus, current } = await opened((_, { emit }) => {
    emit({ kind: 'documents', unit: 'documents', ...counts })
    emit({ kind: 'tokenize', unit: 'documents', ...counts })
    return OVERVIEW
  })
  const description = corpus.describe(current())
  expect([corpus.isDescribing, corpus.overview]).toEqual([true, null])
  await description
  expect(corpus.progress.map(({ kind }) => kind)).toEqual(['documents', 'tokenize'])
  expect([corpus.isDescribing, corpus.overview]).toEqual([false, OVERVIEW])
})

test('what is known is not asked again, until the project or its documents change', async () => {
  const { corpus, documents, project, current, calls } = await opened()
  await corpus.ensureDescribed(current())
  await corpus.ensureDescribed(current())
  expect(calls()).toBe(1)
  await project.updateCorpus({ purpose: 'tune' })
  expect(corpus.overview).toBe(null)
  await corpus.ensureDescribed(current())
  expect(calls()).toBe(2)
  await documents.exclude(current(), ['a.txt'], true)
  expect(corpus.overview).toBe(null)
  await corpus.ensureDescribed(current())
  expect([calls(), corpus.overview]).toEqual([3, OVERVIEW])
})

test('stopped, it ends as cancelled', async () => {
  const { corpus, current, calls } = await opened(
    (_, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new AppError('cancelled'))),
      ),
  )
  const description = corpus.describe(current())
  await vi.waitFor(() => expect(calls()).toBe(1))
  corpus.cancel()
  await description
  expect([corpus.error?.code, corpus.isDescribing, corpus.overview]).toEqual(['cancelled', false, null])
})
