import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { createProject } from '../../../src/engine/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { assumptionsFor } from '../../../src/engine/workflows/assumptions.ts'
import { engineApp } from '../../../src/host/app.ts'
import type { CallClient } from '../../../src/rpc/call-client.ts'
import { REPORT_FORMATS } from '../../../src/shared/contract/runs.ts'
import { assumptionsFileSchema } from '../../../src/shared/roi/assumptions.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { keepFinishedRun } from '../../fixtures/finished-run.ts'
import { sampleResults } from '../../fixtures/results.ts'
import { calling } from './calling.ts'

let parent: string
let project: string
let client: CallClient
let close: () => Promise<void>
const run = 'run-0001'
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'soroban-host-roi-'))
  const home = join(parent, 'home')
  project = (await createProject({ home, parent, name: '評価' }, quietContext())).folder
  await keepFinishedRun(project, sampleResults())
  const app = engineApp(home)
  client = calling(app.handlers)
  close = () => app.close()
})
afterEach(async () => {
  await close()
  await rm(parent, { recursive: true, force: true })
})

const defaults = () => client.call('roi.defaults', { project, run, currency: 'JPY', locale: 'ja' })

it('gives a complete set for a run, and computes with it', async () => {
  const { assumptions, devices } = await defaults()
  expect(assumptions.values.inputTokens).toMatchObject({ value: 600, origin: 'run' })
  expect(devices.map(({ id }) => id)).toContain(assumptions.device)
  const result = await client.call('roi.calculate', { project, run, assumptions })
  expect([result.run, result.currency, result.candidates.length]).toEqual([run, 'JPY', 1])
  expect(result.assumptions).toEqual(assumptions)
  expect(result.unconfirmed).toContain('devicePrice')
  expect(result.unconfirmed).not.toContain('inputTokens')
})

it('assumes the same of a device that is chosen in the form as of one that a file names', async () => {
  const { devices } = await defaults()
  const file = assumptionsFileSchema.parse({ device: 'nvidia-h100-pcie', currency: 'JPY' })
  const named = await assumptionsFor(
    sampleResults(),
    { path: 'a.json', file },
    { home: parent, locale: 'ja' },
  )
  const { values } = devices.find(({ id }) => id === named.device)!
  expect(named.values).toEqual({ ...named.values, ...values })
  expect(values.devicePrice.source).toContain('NVIDIA H100 PCIe の価格は装置の表にありません')
})

it('saves, lists, reads and deletes sets', async () => {
  const { assumptions } = await defaults()
  const set = { ...assumptions, name: '東京DC案' }
  expect(await client.call('assumptions.save', { project, assumptions: set })).toEqual({})
  expect(await client.call('assumptions.list', { project })).toEqual([{ name: '東京DC案' }])
  expect(await client.call('assumptions.read', { project, name: '東京DC案' })).toEqual(set)
  expect(await client.call('assumptions.delete', { project, name: '東京DC案' })).toEqual({})
  expect(await client.call('assumptions.list', { project })).toEqual([])
})

it('refuses an impossible set before anything is computed', async () => {
  const { assumptions } = await defaults()
  const values = { ...assumptions.values, utilisation: { ...assumptions.values.utilisation, value: 1.4 } }
  const refused = await failureOf(() =>
    client.call('roi.calculate', { project, run, assumptions: { ...assumptions, values } }),
  )
  expect(JSON.stringify(refused)).toContain('utilisation')
})

it('writes reports with money and without, in every format; deleting the run deletes them', async () => {
  const { assumptions } = await defaults()
  const places = await Promise.all(
    REPORT_FORMATS.map(async (format) => {
      const priced = format === 'csv' ? null : assumptions
      const order = { project, run, locale: 'ja' as const, assumptions: priced, format }
      const { path } = await client.call('report.write', { ...order, path: null })
      const { name, base64 } = await client.call('report.content', order)
      expect(Buffer.from(base64, 'base64').equals(await readFile(path))).toBe(true)
      return name
    }),
  )
  expect(places).toEqual([
    'report-run-0001-ja.xlsx',
    'report-run-0001-ja.html',
    'results-run-0001.json',
    'report-run-0001-ja.csv',
    'llama-bench-run-0001.json',
    'lm-eval-run-0001.json',
  ])
  expect(await readdir(join(project, 'reports', run))).toEqual([...places].sort())
  await client.call('runs.delete', { project, run })
  expect(await readdir(join(project, 'reports'))).toEqual([])
})

it('previews a report with money and without', async () => {
  const { assumptions } = await defaults()
  const preview = (with_: typeof assumptions | null) =>
    client.call('report.preview', { project, run, locale: 'ja', assumptions: with_ })
  const [priced, plain] = await Promise.all([preview(assumptions), preview(null)])
  expect([priced.currency, plain.currency]).toEqual(['JPY', null])
  expect(priced.sheets.map(({ name }) => name)).toContain('投資対効果')
  expect(plain.sheets.map(({ name }) => name)).not.toContain('投資対効果')
})
