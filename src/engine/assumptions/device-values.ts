import { assumptionWords as words } from '../../shared/messages/assumptions.ts'
import { formatMessage, type Locale } from '../../shared/messages/index.ts'
import type { Assumption, AssumptionKey, Device } from '../../shared/roi/assumptions.ts'
import { rangeInProportion } from '../../shared/roi/range.ts'
import type { PriceTables, TableDevice } from './tables.ts'

export type Values = Partial<Record<AssumptionKey, Assumption>>

/** A figure that has no range. */
export const fixed = (
  value: number,
  source: string,
  date: string | null,
  origin: Assumption['origin'],
): Assumption => ({ value, pessimistic: value, optimistic: value, source, date, origin })

/**
 * What follows from the device that is planned for: figures of its data sheet, and its price, which varies as the
 * placeholder does. The placeholder stands in where the table has no price, and says whose it is.
 */
export function targetValues(device: TableDevice, tables: PriceTables, locale: Locale): Device['values'] {
  const figure = (value: number): Assumption => fixed(value, device.source, device.date, 'default')
  return {
    deviceMemory: figure(device.memory),
    targetBandwidth: figure(device.bandwidth),
    targetCompute: figure(device.compute),
    activePower: figure(device.power),
    devicePrice: priceOf(device, tables, locale),
  }
}

function priceOf(device: TableDevice, tables: PriceTables, locale: Locale): Assumption {
  const price = device.prices[tables.currency]
  const placeholder = tables.values.devicePrice
  if (price !== undefined)
    return {
      value: price,
      ...rangeInProportion('devicePrice', price, placeholder),
      source: formatMessage(words.devicePrice, locale, { device: device.name, source: device.source }),
      date: device.date,
      origin: 'default',
    }
  const source =
    device.id === tables.device.id
      ? placeholder.source[locale]
      : formatMessage(words.otherDevicePrice, locale, { device: device.name, other: tables.device.name })
  return { ...placeholder, source, origin: 'default' }
}
