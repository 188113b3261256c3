/** Every word of the window, by key. Each area's file is spread in here once. */
import { assumptionsMessages } from './assumptions.ts'
import { commonMessages } from './common.ts'
import { comparisonMessages } from './comparison.ts'
import { corpusMessages } from './corpus.ts'
import { doctorMessages } from './doctor.ts'
import { reasonMessages } from './document-reasons.ts'
import { documentsMessages } from './documents.ts'
import { generationMessages } from './generation.ts'
import { homeMessages } from './home.ts'
import { modelsMessages } from './models.ts'
import { reportViewMessages } from './report.ts'
import { roiMessages } from './roi.ts'
import { runsMessages } from './runs.ts'
import { settingsMessages } from './settings.ts'

export const messages = {
  ...commonMessages,
  ...homeMessages,
  ...settingsMessages,
  ...doctorMessages,
  ...documentsMessages,
  ...reasonMessages,
  ...corpusMessages,
  ...modelsMessages,
  ...comparisonMessages,
  ...generationMessages,
  ...reportViewMessages,
  ...assumptionsMessages,
  ...roiMessages,
  ...runsMessages,
} as const
export type MessageKey = keyof typeof messages
