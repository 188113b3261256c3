import { z } from 'zod'

import { resultsSchema } from './results.ts'

/** The JSON Schema of results.json, as it is published in docs/results.schema.json. */
export function resultsJsonSchema(): string {
  const schema = z.toJSONSchema(resultsSchema, { reused: 'ref' })
  return `${JSON.stringify({ title: 'soroban.results/1', ...schema }, null, 2)}\n`
}
