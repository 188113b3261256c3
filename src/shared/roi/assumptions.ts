/**
 * What the return on investment is computed from besides measurements: which assumptions there are, their units and
 * limits, and how a set of them is written down. One definition for the form, the workbook, the files and the engine.
 */
import { z } from 'zod'

export const CURRENCIES = ['JPY', 'USD'] as const
export type Currency = (typeof CURRENCIES)[number]

export const ASSUMPTION_GROUPS = [
  'demand',
  'service',
  'device',
  'power',
  'people',
  'oneOff',
  'finance',
] as const
export type AssumptionGroup = (typeof ASSUMPTION_GROUPS)[number]

export type AssumptionUnit =
  | 'requests/month'
  | 'tokens'
  | 'hours/month'
  | 'hours/year'
  | 'minutes'
  | 'seconds'
  | 'years'
  | 'count'
  | 'factor'
  /** 0.05 is 5 %. */
  | 'share'
  | 'GiB'
  | 'GB/s'
  | 'TFLOP/s'
  | 'W'
  | 'kg/kWh'
  | 'currency'
  | 'currency/kWh'
  | 'currency/hour'

export interface AssumptionDefinition {
  readonly key: string
  readonly group: AssumptionGroup
  readonly unit: AssumptionUnit
  readonly isInteger?: true
  /** The least value that makes sense; `above` where that value itself does not. */
  readonly least?: number
  readonly above?: number
  readonly most?: number
  readonly below?: number
}

/** In the order in which they are shown. Limits are those beyond which the arithmetic has no meaning. */
export const ASSUMPTIONS = [
  { key: 'requestsPerMonth', group: 'demand', unit: 'requests/month', least: 0 },
  { key: 'growth', group: 'demand', unit: 'share', above: -1, most: 10 },
  { key: 'inputTokens', group: 'demand', unit: 'tokens', least: 1, most: 10_000_000 },
  { key: 'outputTokens', group: 'demand', unit: 'tokens', least: 1, most: 1_000_000 },
  /** Hours of use a month. */
  { key: 'hoursPerMonth', group: 'demand', unit: 'hours/month', above: 0, most: 744 },
  /** Peak rate over the mean rate in the hours of use. */
  { key: 'peakFactor', group: 'demand', unit: 'factor', least: 1 },

  /** Longest time from a request to its last token, at peak. */
  { key: 'latencyTarget', group: 'service', unit: 'seconds', above: 0 },
  /** Share of a device's time that may be planned for. */
  { key: 'utilisation', group: 'service', unit: 'share', above: 0, most: 1 },
  /** Most sequences that one device decodes together. */
  { key: 'maxBatch', group: 'service', unit: 'count', isInteger: true, least: 1 },

  { key: 'ownedDevices', group: 'device', unit: 'count', isInteger: true, least: 0 },
  { key: 'devicePrice', group: 'device', unit: 'currency', least: 0 },
  /** Chassis, processor and network for one device. */
  { key: 'serverShare', group: 'device', unit: 'currency', least: 0 },
  { key: 'deviceLife', group: 'device', unit: 'years', isInteger: true, least: 1, most: 10 },
  /** Of the purchase price, a year. */
  { key: 'maintenanceRate', group: 'device', unit: 'share', least: 0, most: 1 },
  { key: 'deviceMemory', group: 'device', unit: 'GiB', above: 0 },
  /** Share of the memory kept free of weights and KV cache. */
  { key: 'memoryReserve', group: 'device', unit: 'share', least: 0, below: 1 },
  { key: 'targetBandwidth', group: 'device', unit: 'GB/s', above: 0 },
  { key: 'targetCompute', group: 'device', unit: 'TFLOP/s', above: 0 },
  /** Of the device that the run was measured on, for the roofline ratio. */
  { key: 'measuredBandwidth', group: 'device', unit: 'GB/s', above: 0 },
  { key: 'measuredCompute', group: 'device', unit: 'TFLOP/s', above: 0 },

  { key: 'activePower', group: 'power', unit: 'W', least: 0 },
  { key: 'idlePower', group: 'power', unit: 'W', least: 0 },
  { key: 'poweredHoursPerYear', group: 'power', unit: 'hours/year', least: 0, most: 8784 },
  { key: 'pue', group: 'power', unit: 'factor', least: 1 },
  { key: 'powerPrice', group: 'power', unit: 'currency/kWh', least: 0 },
  { key: 'co2PerKwh', group: 'power', unit: 'kg/kWh', least: 0 },

  /** A device, a year. */
  { key: 'operationHours', group: 'people', unit: 'hours/year', least: 0 },
  { key: 'hourlyCost', group: 'people', unit: 'currency/hour', least: 0 },
  /** Working time that one answered request saves; never counted as cash. */
  { key: 'minutesSaved', group: 'people', unit: 'minutes', least: 0 },

  { key: 'pocCost', group: 'oneOff', unit: 'currency', least: 0 },
  { key: 'tuningCost', group: 'oneOff', unit: 'currency', least: 0 },
  { key: 'migrationCost', group: 'oneOff', unit: 'currency', least: 0 },

  { key: 'discountRate', group: 'finance', unit: 'share', above: -1, most: 10 },
  { key: 'horizon', group: 'finance', unit: 'years', isInteger: true, least: 1, most: 10 },
] as const satisfies readonly AssumptionDefinition[]

export type AssumptionKey = (typeof ASSUMPTIONS)[number]['key']
export const ASSUMPTION_KEYS: readonly AssumptionKey[] = ASSUMPTIONS.map(({ key }) => key)

/** The longest horizon, in years. */
export const MAX_YEARS = 10

/** Where nothing less is said: beyond it no amount is a real one, and products would overflow. */
const LARGEST = 1e15

/** What the numbers of one assumption must satisfy; zod's issues then name the field. */
export function assumedNumber(definition: AssumptionDefinition): z.ZodNumber {
  const { isInteger, least, above, most = LARGEST, below } = definition
  let schema = (isInteger ? z.int() : z.number()).max(most)
  if (least !== undefined) schema = schema.min(least)
  if (above !== undefined) schema = schema.gt(above)
  if (below !== undefined) schema = schema.lt(below)
  return schema
}

const provenanceFields = {
  /** Where the value is from; empty where nobody said. */
  source: z.string().max(2_000),
  /** Of the source. */
  date: z.iso.date().nullable(),
}

const assumptionSchema = (definition: AssumptionDefinition) => {
  const value = assumedNumber(definition)
  return z.strictObject({
    value,
    /** For the case that goes badly, and the one that goes well; the same as `value` where it does not vary. */
    pessimistic: value,
    optimistic: value,
    ...provenanceFields,
    /** `default` until somebody has entered a value of the company's own; `run`: derived from the run's documents. */
    origin: z.enum(['default', 'run', 'entered']),
  })
}
export type Assumption = z.infer<ReturnType<typeof assumptionSchema>>

type ValuesShape = Readonly<Record<AssumptionKey, ReturnType<typeof assumptionSchema>>>
const valuesSchema = z.strictObject(
  Object.fromEntries(
    ASSUMPTIONS.map((definition) => [definition.key, assumptionSchema(definition)]),
  ) as ValuesShape,
)

/** A complete set: nothing is left to defaults any more. */
export const assumptionsSchema = z.strictObject({
  schema: z.literal('soroban.assumptions/1'),
  name: z.string().min(1).max(100),
  currency: z.enum(CURRENCIES),
  /** Id in the device table, or null for a device that is described by its values alone. */
  device: z.string().nullable(),
  values: valuesSchema,
})
export type Assumptions = z.infer<typeof assumptionsSchema>

const enteredSchema = (definition: AssumptionDefinition) => {
  const value = assumedNumber(definition)
  return z.union([
    value,
    z.strictObject({
      value,
      pessimistic: value.exactOptional(),
      optimistic: value.exactOptional(),
      source: provenanceFields.source.exactOptional(),
      date: provenanceFields.date.exactOptional(),
      origin: z.enum(['default', 'run', 'entered']).exactOptional(),
    }),
  ])
}

type EnteredShape = Readonly<Record<AssumptionKey, z.ZodExactOptional<ReturnType<typeof enteredSchema>>>>

/**
 * A file of assumptions as people write it: every value may be left to its default, a bare number stands for
 * `{ value }`, and where `pessimistic` and `optimistic` are left out they keep the default's proportion to the value.
 */
export const assumptionsFileSchema = z.strictObject({
  schema: z.literal('soroban.assumptions/1').exactOptional(),
  name: z.string().min(1).max(100).exactOptional(),
  currency: z.enum(CURRENCIES).exactOptional(),
  device: z.string().nullable().exactOptional(),
  /** Id of a run, or path of a results.json beside this file: where measured rates come from. */
  results: z.string().min(1).exactOptional(),
  values: z
    .strictObject(
      Object.fromEntries(
        ASSUMPTIONS.map((definition) => [definition.key, enteredSchema(definition).exactOptional()]),
      ) as EnteredShape,
    )
    .exactOptional(),
})
export type AssumptionsFile = z.infer<typeof assumptionsFileSchema>

/** A device of the table, and what is assumed where it is planned for. */
export const deviceSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  values: valuesSchema.pick({
    deviceMemory: true,
    targetBandwidth: true,
    targetCompute: true,
    activePower: true,
    devicePrice: true,
  }),
})
export type Device = z.infer<typeof deviceSchema>
