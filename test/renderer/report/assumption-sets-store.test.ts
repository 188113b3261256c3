// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'

import { useAssumptionSetsStore } from '../../../src/renderer/stores/assumption-sets.ts'
import { useAssumptionsStore } from '../../../src/renderer/stores/assumptions.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { defaultAssumptions } from '../fakes/assumptions.ts'
import {
  type FakeOptions,
  FakeWorld,
  FINISHED_RUN,
  installFakeApi,
  SAMPLE_FOLDER,
} from '../fakes/fake-api.ts'

async function loaded(options: FakeOptions = {}) {
  installFakeApi(options)
  const store = useAssumptionsStore()
  await store.load(SAMPLE_FOLDER, FINISHED_RUN, 'ja')
  return { store, sets: useAssumptionSetsStore() }
}

beforeEach(() => setActivePinia(createPinia()))

test('a set is saved under a name, opened again, and deleted', async () => {
  const { store, sets } = await loaded()
  store.enter('pue', 'value', '1.2')
  expect(await sets.save('見積り A')).toBe(true)
  expect([sets.names, store.savedName, store.isChanged]).toEqual([['見積り A'], '見積り A', false])
  store.enter('pue', 'value', '1.9')
  expect(store.isChanged).toBe(true)
  await sets.open('見積り A')
  expect([store.current?.values.pue.value, store.isChanged]).toEqual([1.2, false])
  await sets.remove('見積り A')
  expect([sets.names, store.savedName, store.current?.values.pue.value]).toEqual([[], null, 1.2])
})

test('a set in another currency is opened in it', async () => {
  const world = new FakeWorld()
  const dollars = { ...defaultAssumptions('USD'), name: 'dollars' }
  world.sets.set('dollars', dollars)
  const { store, sets } = await loaded({ world })
  await sets.open('dollars')
  store.reset('devicePrice')
  expect(store.current).toEqual(dollars)
})

test('a set that cannot be saved says why, and is still unsaved', async () => {
  const { store, sets } = await loaded({
    handlers: {
      'assumptions.save': () => {
        throw new AppError('file/unwritable', { path: '/full', reason: 'ENOSPC' })
      },
    },
  })
  store.enter('pue', 'value', '1.2')
  expect(await sets.save('A')).toBe(false)
  expect([sets.error?.code, store.isChanged, store.savedName]).toEqual(['file/unwritable', true, null])
})

test('a set is not saved while an entry is wrong', async () => {
  const world = new FakeWorld()
  const { store, sets } = await loaded({ world })
  store.enter('horizon', 'value', '0')
  expect([await sets.save('A'), world.sets.size]).toEqual([false, 0])
})
