import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { resultsJsonSchema } from '../../src/shared/results-json-schema.ts'
import { resultsSchema } from '../../src/shared/results.ts'
import { sampleResults } from '../fixtures/results.ts'

describe('the published schema of results.json', () => {
  it('is the one in docs (npm run schema writes it)', async () => {
    const published = await readFile(new URL('../../docs/results.schema.json', import.meta.url), 'utf8')
    expect(published).toBe(resultsJsonSchema())
  })

  it('refuses a figure without provenance, naming the field', () => {
    const { provenance: _, ...nll } = sampleResults().arms[0]!.quality.nll
    const results = sampleResults()
    const broken = {
      ...results,
      arms: [{ ...results.arms[0], quality: { ...results.arms[0]!.quality, nll } }, results.arms[1]],
    }
    const parsed = resultsSchema.safeParse(broken)
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(['arms.0.quality.nll.provenance'])
  })
})
