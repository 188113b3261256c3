import { resolveThreads, type SideBySide, silentLogger } from '../../engine/index.ts'
import type { Handlers } from '../../rpc/handlers.ts'
import { AppError } from '../../shared/errors.ts'
import type { JobTable } from '../job-table.ts'

export interface GenerationSurroundings {
  readonly sideBySide: SideBySide
  readonly jobs: JobTable
}

/** Side-by-side generation, only while no run is being measured. */
export function generationHandlers({ sideBySide, jobs }: GenerationSurroundings): Handlers<'generation.run'> {
  return {
    'generation.run': async ({ threads: asked, ...input }, { signal, emit }) => {
      const threads = await resolveThreads(asked ?? undefined)
      if (jobs.isBusy) throw new AppError('generation/run-in-progress')
      const answers = await sideBySide.generate({ ...input, threads }, { signal, log: silentLogger }, emit)
      return { answers }
    },
  }
}
