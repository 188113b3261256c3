import {
  beginningAssumptions,
  calculateRunRoi,
  deleteAssumptionSet,
  listAssumptionSets,
  readAssumptionSet,
  runResults,
  saveAssumptionSet,
} from '../../engine/index.ts'
import type { Handlers } from '../../rpc/handlers.ts'
import type { ProcedureName } from '../../shared/contract.ts'
import { projectFolder } from '../project-folder.ts'

type RoiProcedure = Extract<ProcedureName, `roi.${string}` | `assumptions.${string}`>

/** Returns on investment, and the sets of assumptions that projects keep. @param home Soroban's own folder */
export function roiHandlers({ home }: { readonly home: string }): Handlers<RoiProcedure> {
  return {
    'roi.defaults': async ({ project, run, currency, locale }) => {
      const results = await runResults(await projectFolder(project), run)
      const { assumptions, devices } = await beginningAssumptions(results, currency, { home, locale })
      return { assumptions, devices: [...devices] }
    },
    'roi.calculate': async ({ project, run, assumptions }) =>
      await calculateRunRoi(await projectFolder(project), run, assumptions),
    'assumptions.list': async ({ project }) => (await listAssumptionSets(project)).map((name) => ({ name })),
    'assumptions.read': ({ project, name }) => readAssumptionSet(project, name),
    'assumptions.save': async ({ project, assumptions }) => {
      await saveAssumptionSet(project, assumptions)
      return {}
    },
    'assumptions.delete': async ({ project, name }) => {
      await deleteAssumptionSet(project, name)
      return {}
    },
  }
}
