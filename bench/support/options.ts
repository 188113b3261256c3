import { parseArgs } from 'node:util'

import { readMachine } from '../../src/engine/measure/index.ts'
import type { Goal } from './result.ts'

/** The options of every benchmark, as `parseArgs` takes them. */
export const BENCH_FLAGS = {
  quick: { type: 'boolean', default: false },
  threads: { type: 'string' },
  rounds: { type: 'string' },
} as const

/** What every benchmark can be told. */
export interface BenchOptions {
  /** Tiny sizes: shows that the benchmark works, its figures mean nothing. */
  readonly quick: boolean
  /** Intra-op threads of every side: the number of physical cores unless told otherwise. */
  readonly threads: number
  /** Measured rounds; one more goes before them to warm up. */
  readonly rounds: number
  /** The goal at real sizes; null at the tiny ones. */
  readonly goal: (sense: Goal['sense'], ratio: number) => Goal | null
}

/** A load above this means that something else had the cores when the benchmark began. */
const BUSY_LOAD_PER_CORE = 0.3

/**
 * Reads `--quick`, `--threads N` and `--rounds N`, and prints the conditions of the measurement.
 *
 * @throws RangeError for a count that is not a positive integer, TypeError for an unknown option
 */
export async function benchOptions(defaultRounds: number): Promise<BenchOptions> {
  // An interrupted benchmark exits in order, so that its models, which may be gigabytes, are removed.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const { values } = parseArgs({ options: BENCH_FLAGS })
  const { quick } = values
  const machine = await readMachine()
  const threads = count('--threads', values.threads) ?? machine.cpu.physicalCores
  const rounds = count('--rounds', values.rounds) ?? (quick ? 1 : defaultRounds)
  const cores = `${machine.cpu.physicalCores} physical cores`
  console.log(
    `${machine.cpu.model}, ${cores}, ${threads} threads used; ${machine.os}; Node.js ${machine.node}`,
  )
  if (quick) console.log('--quick: tiny sizes, the figures mean nothing')
  if (machine.loadPerCore !== null && machine.loadPerCore > BUSY_LOAD_PER_CORE) {
    console.log(
      `the machine is busy (load ${machine.loadPerCore.toFixed(2)} per core): do not quote the figures`,
    )
  }
  return { quick, threads, rounds, goal: (sense, ratio) => (quick ? null : { sense, ratio }) }
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${option} ${text}: a positive integer is needed`)
  return value
}
