import { z } from 'zod'

import { assumptionsSchema, CURRENCIES, deviceSchema } from '../roi/assumptions.ts'
import { roiResultSchema } from '../roi/result.ts'
import { projectInput, runInput } from './common.ts'
import { nothing, procedure } from './procedure.ts'

const nameField = z.string().min(1).max(100)
const setInput = projectInput.extend({ name: nameField })

export const roiProcedures = {
  /** A complete set to begin with: the price table's defaults, and what follows from the run's documents and device. */
  'roi.defaults': procedure({
    input: runInput.extend({ currency: z.enum(CURRENCIES), locale: z.enum(['ja', 'en']) }),
    output: z.object({ assumptions: assumptionsSchema, devices: z.array(deviceSchema) }),
  }),
  'roi.calculate': procedure({
    input: runInput.extend({ assumptions: assumptionsSchema }),
    output: roiResultSchema,
  }),
  /** Sets that were saved in the project's `assumptions` folder, by name. */
  'assumptions.list': procedure({ input: projectInput, output: z.array(z.object({ name: nameField })) }),
  'assumptions.read': procedure({ input: setInput, output: assumptionsSchema }),
  /** Under the name that the set has; one that was saved under it is replaced. */
  'assumptions.save': procedure({
    input: projectInput.extend({ assumptions: assumptionsSchema }),
    output: nothing,
  }),
  'assumptions.delete': procedure({ input: setInput, output: nothing }),
} as const
