import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { readPriceTables } from '../../../src/engine/assumptions/index.ts'
import { ASSUMPTION_KEYS, CURRENCIES } from '../../../src/shared/roi/assumptions.ts'
import { failureOf } from '../../fixtures/app-error.ts'

const BUNDLED = join(import.meta.dirname, '..', '..', '..', 'resources', 'prices')

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-prices-'))
  await mkdir(join(home, 'prices'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const bundled = async (name: string): Promise<string> => await readFile(join(BUNDLED, name), 'utf8')
const ours = (name: string, content: string): Promise<void> => writeFile(join(home, 'prices', name), content)

describe.each(CURRENCIES)('the tables in %s', (currency) => {
  it('have a source in both languages and a date for every assumption that no device gives', async () => {
    const { values } = await readPriceTables(home, currency)
    const fromDevice = ASSUMPTION_KEYS.filter((key) => !Object.hasOwn(values, key))
    expect(fromDevice).toEqual([
      'deviceMemory',
      'targetBandwidth',
      'targetCompute',
      'measuredBandwidth',
      'measuredCompute',
      'activePower',
    ])
    for (const { source, date } of Object.values(values)) {
      expect(source.ja).toMatch(/[ぁ-ん]/)
      expect(source.en).not.toMatch(/[ぁ-ん]/)
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
  })

  it('put the pessimistic value on the side that speaks against replacing the baseline', async () => {
    const { values } = await readPriceTables(home, currency)
    const rises = Object.entries(values)
      .filter(([, { pessimistic, optimistic }]) => pessimistic > optimistic)
      .map(([key]) => key)
    // Longer hours, a more patient target, busier and longer-lived devices: fewer of them to save on.
    expect(rises).toEqual([
      'hoursPerMonth',
      'latencyTarget',
      'utilisation',
      'deviceLife',
      'pocCost',
      'tuningCost',
      'migrationCost',
      'discountRate',
    ])
    for (const { value, pessimistic, optimistic } of Object.values(values)) {
      expect(value).toBeGreaterThanOrEqual(Math.min(pessimistic, optimistic))
      expect(value).toBeLessThanOrEqual(Math.max(pessimistic, optimistic))
    }
  })
})

it('devices are unique, by id and by the names that drivers report', async () => {
  const { devices, device } = await readPriceTables(home, 'JPY')
  expect(devices.length).toBeGreaterThanOrEqual(8)
  const ids = devices.map(({ id }) => id)
  const names = devices.flatMap((entry) => entry.names.map((name) => name.toLowerCase()))
  expect([new Set(ids).size, new Set(names).size]).toEqual([ids.length, names.length])
  expect(ids).toContain(device.id)
})

it('the electricity price of the yen table is the sum that its source states', async () => {
  const { values } = await readPriceTables(home, 'JPY')
  expect(values.powerPrice.value).toBeCloseTo(16.56 + 3030 / (730 * 0.6) + 3.98, 1)
})

it('a file of the same name in the own folder is read instead', async () => {
  const table = JSON.parse(await bundled('assumptions-jpy.json')) as {
    values: { powerPrice: { value: number } }
  }
  table.values.powerPrice.value = 31.5
  await ours('assumptions-jpy.json', `\ufeff${JSON.stringify(table)}`)
  expect((await readPriceTables(home, 'JPY')).values.powerPrice.value).toBe(31.5)
  expect((await readPriceTables(home, 'USD')).values.powerPrice.value).toBe(0.128)
})

describe('a damaged table is refused', () => {
  const refusal = async (name: string, content: string) => {
    await ours(name, content)
    return await failureOf(() => readPriceTables(home, 'JPY'))
  }

  it('by field and value', async () => {
    const table = await bundled('assumptions-jpy.json')
    const source = join(home, 'prices', 'assumptions-jpy.json')
    expect(await refusal('assumptions-jpy.json', table.replace('27.5', '-27.5'))).toEqual({
      code: 'assumptions/at-least',
      params: { source, field: 'values.powerPrice.value', value: '-27.5', limit: 0 },
    })
  })

  it('that names a device which the devices do not have', async () => {
    const table = await bundled('assumptions-jpy.json')
    const refused = await refusal('assumptions-jpy.json', table.replace('nvidia-l40s', 'l40s'))
    expect(refused).toMatchObject({
      code: 'assumptions/unknown-device',
      params: { device: 'l40s', known: expect.stringContaining('nvidia-l40s') as string },
    })
  })

  it('of devices, by its place', async () => {
    const source = join(home, 'prices', 'devices.json')
    const devices = (await bundled('devices.json')).replace('"bandwidth": 320', '"bandwith": 320')
    expect(await refusal('devices.json', devices)).toMatchObject({
      code: 'assumptions/missing',
      params: { source, field: 'devices.0.bandwidth' },
    })
    const more = (await bundled('devices.json')).replace(
      '"bandwidth": 320',
      '"bandwith": 1, "bandwidth": 320',
    )
    expect(await refusal('devices.json', more)).toMatchObject({
      code: 'assumptions/unknown-field',
      params: { source, field: 'devices.0.bandwith', nearest: 'bandwidth' },
    })
  })

  it('in another currency than its name says', async () => {
    const dollars = await bundled('assumptions-usd.json')
    expect(await refusal('assumptions-jpy.json', dollars)).toMatchObject({
      code: 'assumptions/choice',
      params: { field: 'currency', value: 'USD', among: 'JPY' },
    })
  })
})
