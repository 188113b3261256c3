import { AppError, toAppError } from '../../shared/errors.ts'
import type { Progress } from '../../shared/job.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import type { RunContext } from '../kernel/run-context.ts'
import type { RunInputs } from './plan.ts'
import type { Run } from './run.ts'
import type { Phase, PlannedUnit, SamplesOf, Unit, UnitOf } from './units.ts'

/** How the units of each phase are done. */
export type Performers = {
  readonly [P in Phase]: (unit: UnitOf<P>, context: RunContext) => Promise<SamplesOf<P>>
}

export interface ExecutionOptions {
  /**
   * What else the run must bring about, after its last unit and before it counts as done; done anew when the run is
   * executed again.
   */
  readonly complete?: () => Promise<void>
  /** Units done of all: once at the beginning, then after each. */
  readonly onUnits?: (done: number, total: number) => void
}

/** How a phase shows in the progress; phases of one kind count together. */
const PROGRESS: Readonly<Record<Phase, Pick<Progress, 'kind' | 'unit'>>> = {
  quality: { kind: 'score', unit: 'windows' },
  'self-check': { kind: 'score', unit: 'windows' },
  speed: { kind: 'measure', unit: 'repetitions' },
  memory: { kind: 'measure', unit: 'repetitions' },
}

/**
 * Does what is left of a run, unit by unit in the plan's order, each committed before the next begins. An abort leaves
 * the run interrupted, an error leaves it failed; both can be resumed by calling this again.
 *
 * @param inputs hashes of the inputs as they are now
 * @throws AppError cancelled, runs/locked, runs/inputs-changed, and what a performer or `complete` throws
 */
export async function executeRun(
  run: Run,
  inputs: RunInputs,
  performers: Performers,
  context: RunContext,
  { complete = async () => {}, onUnits = () => {} }: ExecutionOptions = {},
): Promise<void> {
  using execution = run.begin(inputs)
  try {
    const pending = run.pendingUnits()
    const total = run.plan.units.length
    let done = total - pending.length
    onUnits(done, total)
    const meters = new Map<Progress['kind'], ProgressMeter>()
    for (const planned of pending) {
      context.signal.throwIfAborted()
      const { phase } = planned.unit
      const { kind } = PROGRESS[phase]
      // Made when its first unit starts, so that the rate is not diluted by the phases before.
      const meter = meters.get(kind) ?? meterFor(phase, run, pending, context)
      meters.set(kind, meter)
      execution.commit(planned, await performOne(performers, phase, planned.unit, context))
      meter.advance()
      onUnits(++done, total)
    }
    await complete()
    execution.finish()
  } catch (error) {
    if (context.signal.aborted) throw new AppError('cancelled', {}, { cause: error })
    const failure = toAppError(error)
    if (failure.code !== 'cancelled') execution.fail(failure)
    throw failure
  }
}

/** Generic over the phase, so that a performer meets only units of its own. */
function performOne<P extends Phase>(
  performers: Performers,
  phase: P,
  unit: UnitOf<P>,
  context: RunContext,
): Promise<SamplesOf<P>> {
  return performers[phase](unit, context)
}

function meterFor(
  phase: Phase,
  run: Run,
  pending: readonly PlannedUnit[],
  context: RunContext,
): ProgressMeter {
  const { kind, unit } = PROGRESS[phase]
  const isCounted = (other: Unit): boolean => PROGRESS[other.phase].kind === kind
  const total = run.plan.units.filter(isCounted).length
  const left = pending.filter((planned) => isCounted(planned.unit)).length
  return new ProgressMeter({ kind, unit }, total, context.report, { initial: total - left })
}
