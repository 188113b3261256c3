// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'

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
  return store
}

beforeEach(() => setActivePinia(createPinia()))

describe('an entry', () => {
  test('makes the value the company’s own, and its bounds follow in proportion', async () => {
    const store = await loaded()
    store.enter('requestsPerMonth', 'value', '1,200,000')
    expect(store.current?.values.requestsPerMonth).toEqual({
      value: 1_200_000,
      pessimistic: 600_000,
      optimistic: 1_800_000,
      source: '',
      date: null,
      origin: 'entered',
    })
    expect(store.isChanged).toBe(true)
  })

  test('of a bound stays when the value changes', async () => {
    const store = await loaded()
    store.enter('requestsPerMonth', 'pessimistic', '100')
    store.enter('requestsPerMonth', 'value', '1200000')
    const { pessimistic, optimistic } = store.current!.values.requestsPerMonth
    expect([pessimistic, optimistic]).toEqual([100, 1_800_000])
  })

  test('never takes a bound beyond its limits', async () => {
    const store = await loaded()
    store.enter('utilisation', 'value', '90')
    expect(store.current?.values.utilisation).toMatchObject({ value: 0.9, pessimistic: 0.675, optimistic: 1 })
  })

  test('that breaks a rule is kept as typed, and nothing can be calculated until it is corrected', async () => {
    const store = await loaded()
    store.enter('horizon', 'value', '0')
    expect([...store.wrong]).toEqual([['horizon.value', { text: '0', problem: { rule: 'least', limit: 1 } }]])
    expect([store.complete, store.completeFor(FINISHED_RUN), store.current?.values.horizon.value]).toEqual([
      null,
      null,
      5,
    ])
    store.enter('horizon', 'value', '3')
    expect([store.wrong.size, store.completeFor(FINISHED_RUN)?.values.horizon.value]).toEqual([0, 3])
  })

  test('is taken back by itself, and with it what was wrong', async () => {
    const store = await loaded()
    store.enter('pue', 'value', '1.2')
    store.enter('pue', 'optimistic', 'x')
    store.reset('pue')
    expect([store.current, store.wrong.size, store.isChanged]).toEqual([
      defaultAssumptions('JPY', FINISHED_RUN),
      0,
      false,
    ])
  })

  test('of a source, or a word that a default holds, confirms it', async () => {
    const store = await loaded()
    store.enterSource('powerPrice', '電力会社の請求書', '2026-03-31')
    store.confirm('pue')
    expect(store.current?.values.powerPrice).toMatchObject({
      value: 27,
      source: '電力会社の請求書',
      origin: 'entered',
    })
    expect(store.current?.values.pue).toEqual({ ...defaultAssumptions().values.pue, origin: 'entered' })
  })
})

describe('a device', () => {
  test('fills its fields from its data sheet, and taking an entry back leads to them', async () => {
    const store = await loaded()
    store.chooseDevice('a6000-ada')
    const { deviceMemory, targetBandwidth, devicePrice } = store.current!.values
    expect([deviceMemory.value, targetBandwidth.value, devicePrice]).toEqual([
      48,
      960,
      {
        value: 1_350_000,
        pessimistic: 1_080_000,
        optimistic: 1_620_000,
        source: 'NVIDIA RTX 6000 Ada datasheet',
        date: '2025-01-15',
        origin: 'default',
      },
    ])
    store.enter('targetBandwidth', 'value', '900')
    store.reset('targetBandwidth')
    expect(store.current?.values.targetBandwidth.value).toBe(960)
  })

  test('takes the price with it that was entered for the one before, and null is what is described', async () => {
    const store = await loaded()
    store.enter('devicePrice', 'value', '2,000,000')
    store.chooseDevice('l40s')
    const { devicePrice } = store.current!.values
    expect(devicePrice).toMatchObject({ value: 1_200_000, origin: 'default' })
    expect(devicePrice.source).toContain('NVIDIA L40S')
    const { values } = store.current!
    store.chooseDevice(null)
    expect([store.current?.device, store.current?.values]).toEqual([null, values])
  })
})

test('another currency brings its own amounts, keeps the rest, and the first ones come back with it', async () => {
  const store = await loaded()
  store.enter('devicePrice', 'value', '1,500,000')
  store.enter('pue', 'value', '1.2')
  await store.chooseCurrency('USD')
  expect([
    store.current?.currency,
    store.current?.values.devicePrice.value,
    store.current?.values.pue.value,
  ]).toEqual(['USD', 8000, 1.2])
  await store.chooseCurrency('JPY')
  expect(store.current?.values.devicePrice).toMatchObject({ value: 1_500_000, origin: 'entered' })
})

test('what was entered stays when another run is looked at, and what is of the run does not', async () => {
  const world = new FakeWorld()
  const other = '20260403-173000-e5f6'
  const store = await loaded({ world })
  store.enter('pue', 'value', '1.2')
  await store.load(SAMPLE_FOLDER, other, 'ja')
  expect(store.current?.values.pue.value).toBe(1.2)
  expect(store.current?.values.inputTokens.source).toContain(other)
  expect([store.completeFor(FINISHED_RUN), store.completeFor(other)?.values.pue.value]).toEqual([null, 1.2])
})

test('defaults that cannot be read say why', async () => {
  const store = await loaded({
    handlers: {
      'roi.defaults': () => {
        throw new AppError('runs/unknown', { run: FINISHED_RUN })
      },
    },
  })
  expect([store.error?.code, store.current, store.isLoading]).toEqual(['runs/unknown', null, false])
})

describe('closing the tab or the window', () => {
  const isAsked = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))

  test('asks while something that was entered is unsaved, and not otherwise', async () => {
    const store = await loaded()
    expect(isAsked()).toBe(false)
    store.enter('pue', 'value', '1.2')
    expect(isAsked()).toBe(true)
    store.reset('pue')
    expect(isAsked()).toBe(false)
  })

  test('is no matter of what another run or language brings', async () => {
    const store = await loaded()
    store.enter('pue', 'value', '1.2')
    store.noteSaved(SAMPLE_FOLDER, { ...store.complete!, name: 'A' })
    await store.load(SAMPLE_FOLDER, FINISHED_RUN, 'en')
    expect([store.isChanged, isAsked()]).toEqual([false, false])
  })
})
