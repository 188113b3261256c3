import {
  add,
  choose,
  divide,
  floor,
  largest,
  least,
  multiply,
  none,
  power,
  subtract,
  sum,
} from './expression.ts'
import { interpolate } from './interpolate.ts'
import { type ModelRow, series, single, within, yearly } from './rows.ts'

const SECONDS_PER_HOUR = 3600
const MINUTES_PER_HOUR = 60
const MONTHS_PER_YEAR = 12
const MILLISECONDS = 1000
const BYTES_PER_GIB = 2 ** 30

/** What is asked of either arm. */
export function demandRows(): ModelRow[] {
  return [
    single('context', 'tokens', add('inputTokens', 'outputTokens')),
    // Where a token in the middle of the answer stands.
    single('decodePosition', 'tokens', add('inputTokens', divide('outputTokens', 2))),
    ...series('requests', 'requests', 1, (year) =>
      within(year, multiply('requestsPerMonth', MONTHS_PER_YEAR, power(add(1, 'growth'), year - 1))),
    ),
    single('requestsTotal', 'requests', sum(yearly('requests', 1))),
    ...series('peakRate', 'requests/s', 1, (year) =>
      divide(
        multiply(`requests.${year}`, 'peakFactor'),
        multiply('hoursPerMonth', MONTHS_PER_YEAR * SECONDS_PER_HOUR),
      ),
    ),
    ...series('hoursSaved', 'hours', 1, (year) =>
      divide(multiply(`requests.${year}`, 'minutesSaved'), MINUTES_PER_HOUR),
    ),
    single('hoursSavedTotal', 'hours', sum(yearly('hoursSaved', 1))),
  ]
}

/**
 * How one device serves an arm. Decoding is bound by memory: a step reads the weights W once and the KV cache K of
 * every sequence, so that a step of B sequences takes TPOT · (W + B·K) / (W + K). B is the most that fits beside the
 * weights, that answers within the latency target, and that is allowed; below 1 the arm cannot be served, and neither
 * can anything be computed from it.
 *
 * @param places of the measured contexts
 */
export function sizingRows(arm: 'baseline' | 'candidate', places: readonly number[]): ModelRow[] {
  const of = (name: string): string => `${arm}.${name}`
  const [weights, kv] = [of('weightsBytes'), of('kvAtDecode')]
  const points = (quantity: string) =>
    places.map((place) => ({ x: `context.${place}`, y: of(`${quantity}.${place}`) }))
  // Rates of the measured device go over to the target by the roofline: prefill is bound by compute, decoding by bandwidth.
  const onTarget = (measured: ReturnType<typeof interpolate>, target: string, source: string) =>
    divide(multiply(measured, source), multiply(target, MILLISECONDS))
  const decodeAlone = multiply(of('tpot'), subtract('outputTokens', 1))
  return [
    single(
      of('ttft'),
      'seconds',
      onTarget(
        interpolate('inputTokens', points('ttftMs'), 'proportional'),
        'targetCompute',
        'measuredCompute',
      ),
    ),
    single(
      of('tpot'),
      'seconds',
      onTarget(
        interpolate('decodePosition', points('tpotMs'), 'constant'),
        'targetBandwidth',
        'measuredBandwidth',
      ),
    ),
    single(kv, 'bytes', multiply(of('kvBytesPerToken'), 'decodePosition')),
    single(of('kvPerSequence'), 'bytes', multiply(of('kvBytesPerToken'), 'context')),
    single(
      of('batchByMemory'),
      'sequences',
      floor(
        largest(
          0,
          divide(
            subtract(multiply('deviceMemory', BYTES_PER_GIB, subtract(1, 'memoryReserve')), weights),
            of('kvPerSequence'),
          ),
        ),
      ),
    ),
    single(
      of('batchByLatency'),
      'sequences',
      // An answer of one token has no decoding that a batch could lengthen.
      choose(
        'outputTokens',
        '=',
        1,
        choose(of('ttft'), '<=', 'latencyTarget', 'maxBatch', 0),
        floor(
          largest(
            0,
            divide(
              subtract(
                divide(multiply(subtract('latencyTarget', of('ttft')), add(weights, kv)), decodeAlone),
                weights,
              ),
              kv,
            ),
          ),
        ),
      ),
    ),
    single(
      of('batch'),
      'sequences',
      choose(
        least(of('batchByMemory'), of('batchByLatency')),
        '<',
        1,
        none,
        least('maxBatch', of('batchByMemory'), of('batchByLatency')),
      ),
    ),
    single(
      of('response'),
      'seconds',
      add(
        of('ttft'),
        divide(multiply(decodeAlone, add(weights, multiply(of('batch'), kv))), add(weights, kv)),
      ),
    ),
    single(
      of('deviceSeconds'),
      'seconds',
      add(of('ttft'), divide(subtract(of('response'), of('ttft')), of('batch'))),
    ),
  ]
}

/**
 * Devices that an arm needs in the hours of its peak: by throughput, peak rate · device seconds / utilisation, and by the
 * sequences in flight then (Little's law: peak rate · response), each before rounding up.
 */
export function armDeviceRows(arm: 'baseline' | 'candidate'): ModelRow[] {
  const of = (name: string): string => `${arm}.${name}`
  return [
    ...series(of('devicesByThroughput'), 'devices', 1, (year) =>
      divide(multiply(`peakRate.${year}`, of('deviceSeconds')), 'utilisation'),
    ),
    ...series(of('devicesByMemory'), 'devices', 1, (year) =>
      // Where nothing fits there is no response either: 1 only keeps the division from one by 0.
      divide(multiply(`peakRate.${year}`, of('response')), largest(1, of('batchByMemory'))),
    ),
  ]
}
