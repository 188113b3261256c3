import { graphCache, SideBySide } from '../engine/index.ts'
import type { Handlers } from '../rpc/handlers.ts'
import type { EngineProcedure } from '../shared/contract.ts'
import { documentsHandlers } from './handlers/documents.ts'
import { generationHandlers } from './handlers/generation.ts'
import { modelsHandlers } from './handlers/models.ts'
import { projectsHandlers } from './handlers/projects.ts'
import { roiHandlers } from './handlers/roi.ts'
import { runsHandlers } from './handlers/runs.ts'
import { settingsHandlers } from './handlers/settings.ts'
import { JobTable } from './job-table.ts'
import { PlanChecks } from './plan-checks.ts'

/** The engine as its callers see it. */
export interface EngineApp {
  readonly handlers: Handlers<EngineProcedure>
  /** Stops all jobs and ends all processes of the engine. */
  close(): Promise<void>
}

/** @param home Soroban's own folder */
export function engineApp(home: string): EngineApp {
  const jobs = new JobTable()
  const sideBySide = new SideBySide({ graphs: graphCache(home) })
  const checks = new PlanChecks()
  const isCacheInUse = (): boolean => jobs.isBusy || checks.isBusy || sideBySide.isGenerating
  const clearMachine = async (): Promise<void> =>
    void (await Promise.all([checks.stop(), sideBySide.close()]))
  return {
    handlers: {
      ...settingsHandlers({ home, isCacheInUse, releaseCache: () => sideBySide.close() }),
      ...projectsHandlers({ home }),
      ...documentsHandlers({ home }),
      ...modelsHandlers(),
      ...runsHandlers({ home, jobs, checks, clearMachine }),
      ...roiHandlers({ home }),
      ...generationHandlers({ sideBySide, jobs }),
    },
    close: async () => void (await Promise.all([jobs.close(), clearMachine()])),
  }
}
