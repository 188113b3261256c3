import {
  type Assumption,
  type AssumptionKey,
  type Assumptions,
  type Currency,
  type Device,
} from '../../../src/shared/roi/assumptions.ts'

type Values = Record<AssumptionKey, readonly [value: number, pessimistic: number, optimistic: number]>
const same = (value: number) => [value, value, value] as const

/** In yen; amounts in dollars are a 150th. */
const VALUES: Values = {
  requestsPerMonth: [600_000, 300_000, 900_000],
  growth: [0.1, 0, 0.2],
  inputTokens: [6000, 4500, 7500],
  outputTokens: [400, 300, 500],
  hoursPerMonth: same(200),
  peakFactor: [3, 4, 2],
  latencyTarget: same(30),
  utilisation: [0.6, 0.45, 0.75],
  maxBatch: same(32),
  ownedDevices: same(0),
  devicePrice: [1_200_000, 960_000, 1_440_000],
  serverShare: [600_000, 480_000, 720_000],
  deviceLife: same(5),
  maintenanceRate: [0.08, 0.06, 0.1],
  deviceMemory: same(48),
  memoryReserve: same(0.1),
  targetBandwidth: same(864),
  targetCompute: same(181),
  measuredBandwidth: same(51.2),
  measuredCompute: same(1.1),
  activePower: same(300),
  idlePower: [35, 30, 40],
  poweredHoursPerYear: same(8760),
  pue: [1.5, 1.7, 1.3],
  powerPrice: [27, 22, 35],
  co2PerKwh: [0.423, 0.38, 0.46],
  operationHours: [40, 30, 50],
  hourlyCost: [5000, 4000, 6000],
  minutesSaved: [2, 1, 4],
  pocCost: [3_000_000, 4_000_000, 2_000_000],
  tuningCost: [5_000_000, 7_000_000, 4_000_000],
  migrationCost: [3_000_000, 4_000_000, 2_000_000],
  discountRate: [0.05, 0.08, 0.03],
  horizon: same(5),
}
const AMOUNTS: readonly string[] = [
  'devicePrice',
  'serverShare',
  'powerPrice',
  'hourlyCost',
  'pocCost',
  'tuningCost',
  'migrationCost',
]
const FROM_RUN: readonly string[] = ['inputTokens', 'measuredBandwidth', 'measuredCompute']
const YEN_A_DOLLAR = 150

const SHEETS = [
  {
    id: 'a6000-ada',
    name: 'NVIDIA RTX 6000 Ada',
    values: { deviceMemory: 48, targetBandwidth: 960, targetCompute: 364, activePower: 300 },
    prices: { JPY: [1_350_000, 1_080_000, 1_620_000], USD: [6800, 5440, 8160] },
  },
  {
    id: 'l40s',
    name: 'NVIDIA L40S',
    values: { deviceMemory: 48, targetBandwidth: 864, targetCompute: 362, activePower: 350 },
    prices: { JPY: [1_200_000, 960_000, 1_440_000], USD: [7500, 6000, 9000] },
  },
] as const

/** As `roi.defaults` gives them. */
export function devicesIn(currency: Currency): Device[] {
  return SHEETS.map(({ id, name, values, prices }) => {
    const assume = ([value, pessimistic, optimistic]: readonly [number, number, number]): Assumption => ({
      value,
      pessimistic,
      optimistic,
      source: `${name} datasheet`,
      date: '2025-01-15',
      origin: 'default',
    })
    return {
      id,
      name,
      values: {
        deviceMemory: assume(same(values.deviceMemory)),
        targetBandwidth: assume(same(values.targetBandwidth)),
        targetCompute: assume(same(values.targetCompute)),
        activePower: assume(same(values.activePower)),
        devicePrice: assume(prices[currency]),
      },
    }
  })
}

/** A complete set, as `roi.defaults` gives it. */
export function defaultAssumptions(currency: Currency = 'JPY', run = 'run'): Assumptions {
  const scale = (key: string): number => (currency === 'USD' && AMOUNTS.includes(key) ? YEN_A_DOLLAR : 1)
  const values = Object.entries(VALUES).map(([key, numbers]): [string, Assumption] => {
    const [value = 0, pessimistic = 0, optimistic = 0] = numbers.map((number) => number / scale(key))
    const isFromRun = FROM_RUN.includes(key)
    return [
      key,
      {
        value,
        pessimistic,
        optimistic,
        source: isFromRun ? `実行 ${run} の文書と装置` : '参考値（公開されている統計とデータシート）',
        date: isFromRun ? null : '2025-04-01',
        origin: isFromRun ? 'run' : 'default',
      },
    ]
  })
  return {
    schema: 'soroban.assumptions/1',
    name: '既定の前提条件',
    currency,
    device: null,
    values: Object.fromEntries(values) as Assumptions['values'],
  }
}
