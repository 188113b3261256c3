import { fileURLToPath } from 'node:url'

import { resultsJsonSchema } from '../src/shared/results-json-schema.ts'
import { writeFileAtomically } from '../src/engine/kernel/files.ts'

await writeFileAtomically(
  fileURLToPath(new URL('../docs/results.schema.json', import.meta.url)),
  resultsJsonSchema(),
)
