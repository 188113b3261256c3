import { assumptionWords as words } from '../../shared/messages/assumptions.ts'
import { formatMessage, type Locale, type Message, type MessageParams } from '../../shared/messages/index.ts'
import type { Results } from '../../shared/results.ts'
import { type Assumption, type Assumptions, assumptionsSchema } from '../../shared/roi/assumptions.ts'
import { rangeInProportion, withoutNoise } from '../../shared/roi/range.ts'
import { fixed, targetValues, type Values } from './device-values.ts'
import { measuredDevice } from './measured-device.ts'
import type { PriceTables } from './tables.ts'

/** A typical figure may be off by as much, to either side. */
const TYPICAL_RANGE = 0.25

/**
 * A complete set to begin with: the tables' defaults, and what follows from a run. Its documents give the length of
 * requests; its device is looked up in the table, and planned for where it is a GPU.
 *
 * @param results of the run; null gives the tables alone
 */
export function defaultAssumptions(
  results: Results | null,
  locale: Locale,
  tables: PriceTables,
): Assumptions {
  const say = (message: Message, params: MessageParams = {}): string => formatMessage(message, locale, params)
  const listed = Object.fromEntries(
    Object.entries(tables.values).map(([key, { source, ...entry }]): [string, Assumption] => [
      key,
      { ...entry, source: source[locale], origin: 'default' },
    ]),
  ) as Values
  const values = {
    ...listed,
    ...targetValues(tables.device, tables, locale),
    ...measuredAsPlanned(tables, say),
  }
  const set = {
    schema: 'soroban.assumptions/1' as const,
    name: say(words.setName),
    currency: tables.currency,
  }
  if (results === null) return assumptionsSchema.parse({ ...set, device: tables.device.id, values })
  const { device, values: derived } = ofDevice(results, locale, tables, say)
  return assumptionsSchema.parse({
    ...set,
    device,
    values: { ...values, ...derived, inputTokens: meanLength(results, values.inputTokens, say) },
  })
}

type Say = (message: Message, params?: MessageParams) => string

function measuredAsPlanned({ device }: PriceTables, say: Say): Values {
  const source = say(words.noRun, { device: device.name })
  return {
    measuredBandwidth: fixed(device.bandwidth, source, device.date, 'default'),
    measuredCompute: fixed(device.compute, source, device.date, 'default'),
  }
}

function meanLength(results: Results, listed: Assumption | undefined, say: Say): Assumption | undefined {
  const baseline = results.arms.find(({ role }) => role === 'baseline')
  const lengths = results.documents.flatMap(({ scores }) => scores[baseline?.id ?? '']?.tokens ?? [])
  const mean = Math.round(lengths.reduce((sum, tokens) => sum + tokens, 0) / lengths.length)
  // No document has a score: the table's value stays.
  if (listed === undefined || !(mean >= 1)) return listed
  return {
    value: mean,
    ...rangeInProportion('inputTokens', mean, listed),
    source: say(words.documents, { run: results.run.id, documents: lengths.length }),
    date: results.run.createdAt.slice(0, 10),
    origin: 'run',
  }
}

function ofDevice(
  { run, environment }: Results,
  locale: Locale,
  tables: PriceTables,
  say: Say,
): { readonly device: string | null; readonly values: Values } {
  const measured = measuredDevice(environment, tables.devices)
  const date = run.createdAt.slice(0, 10)
  switch (measured.kind) {
    case 'known': {
      const { device } = measured
      const source = say(words.measuredDevice, { run: run.id, device: device.name, source: device.source })
      return {
        device: device.id,
        values: {
          ...targetValues(device, tables, locale),
          measuredBandwidth: fixed(device.bandwidth, source, device.date, 'run'),
          measuredCompute: fixed(device.compute, source, device.date, 'run'),
        },
      }
    }
    case 'cpu': {
      const { name: cpu, channels, bandwidth, cores, gigahertz, compute } = measured.figures
      return {
        device: tables.device.id,
        values: {
          measuredBandwidth: typical(
            bandwidth,
            say(words.cpuBandwidth, { cpu, channels, value: bandwidth }),
            date,
          ),
          measuredCompute: typical(
            compute,
            say(words.cpuCompute, { cpu, cores, gigahertz, value: compute }),
            date,
          ),
        },
      }
    }
    case 'unknown': {
      const { name: device, memory } = measured
      const { bandwidth, compute, power, memory: otherMemory, name: other } = tables.device
      const same = say(words.sameDevice, { run: run.id, device })
      const standIn = say(words.stillDefault, { run: run.id, device, other })
      const ratio = (value: number): Assumption => fixed(value, same, date, 'default')
      return {
        device: null,
        values: {
          deviceMemory:
            memory === null
              ? fixed(otherMemory, standIn, date, 'default')
              : fixed(memory, say(words.sameDeviceMemory, { run: run.id, device }), date, 'run'),
          targetBandwidth: ratio(bandwidth),
          measuredBandwidth: ratio(bandwidth),
          targetCompute: ratio(compute),
          measuredCompute: ratio(compute),
          activePower: fixed(power, standIn, date, 'default'),
          devicePrice: {
            ...tables.values.devicePrice,
            source: say(words.otherDevicePrice, { device, other }),
            origin: 'default',
          },
        },
      }
    }
  }
}

/** A slower measured device would make the planned one look faster, and fewer of them would have to be bought. */
const typical = (value: number, source: string, date: string): Assumption => ({
  value,
  pessimistic: withoutNoise(value * (1 - TYPICAL_RANGE)),
  optimistic: withoutNoise(value * (1 + TYPICAL_RANGE)),
  source,
  date,
  origin: 'default',
})
