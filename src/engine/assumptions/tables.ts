import { join } from 'node:path'
import { z } from 'zod'

import {
  ASSUMPTIONS,
  type AssumptionDefinition,
  type AssumptionKey,
  assumedNumber,
  CURRENCIES,
  type Currency,
} from '../../shared/roi/assumptions.ts'
import { AppError } from '../../shared/errors.ts'
import { readText } from '../kernel/files.ts'
import { resourcesFolder } from '../kernel/package-root.ts'
import { parseJsonWith } from './refusal.ts'

/** What follows from the device that is planned for, or was measured on, and therefore has no default of its own. */
const FROM_DEVICE = [
  'deviceMemory',
  'targetBandwidth',
  'targetCompute',
  'activePower',
  'measuredBandwidth',
  'measuredCompute',
] as const satisfies readonly AssumptionKey[]
type TableKey = Exclude<AssumptionKey, (typeof FROM_DEVICE)[number]>

const FOLDER = 'prices'
const DEVICES_FILE = 'devices.json'
const fileOf = (currency: Currency): string => `assumptions-${currency.toLowerCase()}.json`

const defaultSchema = (definition: AssumptionDefinition) => {
  const value = assumedNumber(definition)
  return z.strictObject({
    value,
    pessimistic: value,
    optimistic: value,
    source: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
    date: z.iso.date(),
  })
}
type DefaultShape = Readonly<Record<TableKey, ReturnType<typeof defaultSchema>>>

const defaultsFileSchema = z.strictObject({
  schema: z.literal('soroban.assumption-defaults/1'),
  currency: z.enum(CURRENCIES),
  /** Id of the device that is planned for where the run names none. */
  device: z.string(),
  values: z.strictObject(
    Object.fromEntries(
      ASSUMPTIONS.filter(({ key }) => !(FROM_DEVICE as readonly string[]).includes(key)).map((definition) => [
        definition.key,
        defaultSchema(definition),
      ]),
    ) as DefaultShape,
  ),
})
type DefaultsFile = z.infer<typeof defaultsFileSchema>

/** From its data sheet. */
const tableDeviceSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** As drivers report it. */
  names: z.array(z.string().min(1)),
  /** GiB that can be addressed. */
  memory: z.number().positive(),
  /** GB/s, peak. */
  bandwidth: z.number().positive(),
  /** Dense FP16/BF16 with tensor cores, without sparsity, TFLOP/s, peak. */
  compute: z.number().positive(),
  /** W, board power. */
  power: z.number().positive(),
  /** Purchase price by currency, where one could be found. */
  prices: z.partialRecord(z.enum(CURRENCIES), z.number().positive()),
  source: z.string(),
  date: z.iso.date(),
})
export type TableDevice = z.infer<typeof tableDeviceSchema>

const devicesFileSchema = z.strictObject({
  schema: z.literal('soroban.devices/1'),
  devices: z.array(tableDeviceSchema).min(1),
})

/** The defaults in one currency, and the devices. */
export interface PriceTables {
  readonly currency: Currency
  /** Planned for where the run names none. */
  readonly device: TableDevice
  readonly values: DefaultsFile['values']
  readonly devices: readonly TableDevice[]
}

/**
 * Reads the tables: the user's, by file, else those that come with the product.
 *
 * @param home Soroban's own folder; the user's tables lie in its `prices`
 * @throws AppError assumptions/* and input/* naming file and field; file/unreadable
 */
export async function readPriceTables(home: string, currency: Currency): Promise<PriceTables> {
  const [defaults, { content: listed }] = await Promise.all([
    readTable(home, fileOf(currency), defaultsFileSchema),
    readTable(home, DEVICES_FILE, devicesFileSchema),
  ])
  const { path, content } = defaults
  if (content.currency !== currency)
    throw new AppError('assumptions/choice', {
      source: path,
      field: 'currency',
      value: content.currency,
      among: currency,
    })
  return {
    currency,
    device: deviceOf(listed.devices, content.device, path),
    values: content.values,
    devices: listed.devices,
  }
}

/** @throws AppError assumptions/unknown-device */
export function deviceOf(devices: readonly TableDevice[], id: string, source: string): TableDevice {
  const device = devices.find((entry) => entry.id === id)
  if (device !== undefined) return device
  const known = devices.map((entry) => entry.id).join(', ')
  throw new AppError('assumptions/unknown-device', { source, device: id, known })
}

async function readTable<T>(
  home: string,
  name: string,
  schema: z.ZodType<T>,
): Promise<{ readonly path: string; readonly content: T }> {
  const own = join(home, FOLDER, name)
  try {
    return { path: own, content: parseJsonWith(schema, await readText(own), own) }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'file/not-found') throw error
  }
  const path = join(resourcesFolder(), FOLDER, name)
  return { path, content: parseJsonWith(schema, await readText(path), path) }
}
