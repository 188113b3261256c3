import type { CheckedPlan } from '../../shared/contract/runs.ts'
import type { RunContext } from '../kernel/run-context.ts'
import type { Unit } from '../runs/index.ts'
import type { Storage } from './home.ts'
import { preparePoc } from './poc/prepare.ts'
import type { PocSettings } from './poc/settings.ts'

/**
 * What a proof of concept would do: reads and checks every input as a run does, up to its first unit. Models are
 * compiled, so that the run itself starts at once; warnings are in the settings' language.
 *
 * @throws AppError as `preparePoc`
 */
export async function checkPoc(
  settings: PocSettings,
  storage: Pick<Storage, 'graphs' | 'texts'>,
  ctx: RunContext,
): Promise<CheckedPlan> {
  const { arms, corpus, window, warnings, plan } = await preparePoc(settings, storage, ctx)
  const count = (phase: Unit['phase']): number => plan.units.filter((unit) => unit.phase === phase).length
  return {
    documents: corpus.documents,
    tokens: corpus.tokens,
    window,
    arms: arms.map(({ id, role, model }) => ({ id, role, name: model.facts.name })),
    units: {
      quality: count('quality'),
      'self-check': count('self-check'),
      speed: count('speed'),
      memory: count('memory'),
    },
    warnings: warnings.map(({ code, message }) => ({ code, message })),
  }
}
