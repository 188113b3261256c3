import { appErrors } from './errors-app.ts'
import { assumptionsErrors } from './errors-assumptions.ts'
import { cliErrors } from './errors-cli.ts'
import { commonErrors } from './errors-common.ts'
import { corpusErrors } from './errors-corpus.ts'
import { documentsErrors } from './errors-documents.ts'
import { comparisonErrors } from './errors-comparison.ts'
import { conversionErrors } from './errors-conversion.ts'
import { modelsErrors } from './errors-models.ts'
import { pocErrors } from './errors-poc.ts'
import { roiErrors } from './errors-roi.ts'
import { runsErrors } from './errors-runs.ts'
import { runtimeErrors } from './errors-runtime.ts'
import { storeErrors } from './errors-store.ts'
import { tokensErrors } from './errors-tokens.ts'
import { tuningErrors } from './errors-tuning.ts'

export * from './define.ts'

/** Every error message by code. A stage adds its own `errors-<stage>.ts` and is spread in here. */
export const errorMessages = {
  ...commonErrors,
  ...appErrors,
  ...assumptionsErrors,
  ...cliErrors,
  ...conversionErrors,
  ...modelsErrors,
  ...runtimeErrors,
  ...documentsErrors,
  ...corpusErrors,
  ...tokensErrors,
  ...tuningErrors,
  ...comparisonErrors,
  ...pocErrors,
  ...roiErrors,
  ...runsErrors,
  ...storeErrors,
}
export type ErrorCode = keyof typeof errorMessages
