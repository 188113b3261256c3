/** A process that works on a run until it is done or killed. Arguments: database, run id, "execute" or "hold". */
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  executeRun,
  type Performers,
  RunLedger,
  type SamplesOf,
  type UnitOf,
} from '../../../src/engine/runs/index.ts'
import { deterministicPerformers, inputs } from './plans.ts'

const [databasePath = '', runId = '', mode] = process.argv.slice(2)
const ledger = RunLedger.open(databasePath)
const run = ledger.run(runId)

if (mode === 'hold') {
  run.begin(inputs)
  process.stdout.write('held\n')
  process.stdin.resume()
} else {
  /** Works a while before and after the announcement, so that kills land inside units and between them. */
  const performers: Performers = {
    ...deterministicPerformers,
    async quality(unit: UnitOf<'quality'>, context): Promise<SamplesOf<'quality'>> {
      process.stdout.write(`${unit.arm} ${unit.window}\n`)
      let samples = await deterministicPerformers.quality(unit, context)
      for (let round = 0; round < 20; round++) samples = await deterministicPerformers.quality(unit, context)
      return samples
    },
  }
  await executeRun(run, inputs, performers, quietContext())
}
