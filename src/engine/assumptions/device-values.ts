import { assumptionWords as words } from '../../shared/messages/assumptions.ts'
import { formatMessage, type Locale } from '../../shared/messages/index.ts'
import type { Assumption, AssumptionKey } from '../../shared/roi/assumptions.ts'
import type { PriceTables, TableDevice } from './tables.ts'

export type Values = Partial<Record<AssumptionKey, Assumption>>

/** A figure that has no range. */
export const fixed = (
  value: number,
  source: string,
  date: string | null,
  origin: Assumption['origin'],
): Assumption => ({ value, pessimistic: value, optimistic: value, source, date, origin })

/** What follows from the device that is planned for: data sheet and price. */
export function targetValues(device: TableDevice, tables: PriceTables, locale: Locale): Values {
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
  if (price !== undefined) {
    const source = formatMessage(words.devicePrice, locale, { device: device.name, source: device.source })
    return fixed(price, source, device.date, 'default')
  }
  const placeholder = tables.values.devicePrice
  const source =
    device.id === tables.device.id
      ? placeholder.source[locale]
      : formatMessage(words.otherDevicePrice, locale, { device: device.name, other: tables.device.name })
  return { ...placeholder, source, origin: 'default' }
}
