import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Locale } from '../../src/shared/messages/index.ts'
import { assumptionsSchema } from '../../src/shared/roi/assumptions.ts'
import { type RoiResult, roiResultSchema } from '../../src/shared/roi/result.ts'
import { keepFinishedRun } from '../fixtures/finished-run.ts'
import { sampleResults } from '../fixtures/results.ts'
import { sheetNames } from './results.ts'
import { type Said, sorobanHere } from './soroban-here.ts'

let folder: string
let home: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-cli-roi-'))
  home = join(folder, 'home')
  await keepFinishedRun(home, sampleResults())
  await writeFile(
    path('results.json'),
    JSON.stringify({ ...sampleResults(), run: { ...sampleResults().run, id: 'elsewhere' } }),
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const path = (name: string): string => join(folder, name)
const run = (args: readonly string[], lang: Locale = 'en', soroban = home): Promise<Said> =>
  sorobanHere([...args, '--home', soroban], lang)

async function file(name: string, content: unknown): Promise<string> {
  await writeFile(path(name), JSON.stringify(content))
  return path(name)
}

describe('roi', () => {
  async function calculate(args: readonly string[]): Promise<RoiResult> {
    const { status, stdout, stderr } = await run(['roi', ...args, '--json'])
    expect([status, stderr]).toEqual([0, ''])
    return JSON.parse(stdout) as RoiResult
  }

  it('computes for the run or results.json that is asked for, that the file names, or the newest finished run', async () => {
    const plain = await file('plain.json', { values: { requestsPerMonth: 5000 } })
    const named = await file('named.json', { results: 'results.json' })
    const results = await Promise.all([
      calculate(['--assumptions', plain]),
      calculate(['--assumptions', named]),
      calculate(['run-0001', '--assumptions', named]),
      calculate([path('results.json'), '--assumptions', plain]),
      calculate([folder, '--assumptions', plain]),
    ])
    expect(results.map((result) => result.run)).toEqual([
      'run-0001',
      'elsewhere',
      'run-0001',
      'elsewhere',
      'elsewhere',
    ])
    for (const result of results) expect(roiResultSchema.parse(result)).toEqual(result)
    expect(results[0]?.assumptions.values.requestsPerMonth).toMatchObject({
      value: 5000,
      pessimistic: 1500,
      optimistic: 15_000,
    })
    // The run is Japanese, as its report is.
    expect(results[0]?.currency).toBe('JPY')
  })

  it('tells it in a few lines, with a reason where there is no value', async () => {
    const yen = await file('yen.json', {
      name: '試算',
      currency: 'JPY',
      values: { requestsPerMonth: 1000 },
    })
    const [ja, en, result] = await Promise.all([
      run(['roi', '--assumptions', yen], 'ja'),
      run(['roi', '--assumptions', yen]),
      calculate(['--assumptions', yen]),
    ])
    expect([ja.status, en.status, ja.stderr]).toEqual([0, 0, ''])
    expect(ja.stdout).toMatch(
      /^投資対効果 {2}実行 run-0001、前提条件「試算」、JPY、5 年（悲観 \/ 標準 \/ 楽観）\n/,
    )
    expect(en.stdout).toMatch(/^Return on investment {2}run run-0001, assumptions "試算", JPY, 5 years/)
    // So few requests need one device of either kind: the cost of the change never comes back.
    const standard = result.candidates[0]?.scenarios.standard
    expect(standard?.noAnswers).toMatchObject({ payback: 'never' })
    expect(ja.stdout).toMatch(/回収期間（年）: 評価期間内に回収できません \/ 評価期間内に回収できません/)
    expect(en.stdout).toMatch(/Payback \(years\): not within the horizon/)
    expect(ja.stdout).toContain('gqa"): 品質を維持\n')
    const npv = new Intl.NumberFormat('ja', {
      style: 'currency',
      currency: 'JPY',
      maximumFractionDigits: 0,
    })
    expect(ja.stdout).toContain(` / ${npv.format(standard?.npv ?? NaN)} / `)
    expect(ja.stdout).toMatch(/注意 {2}前提条件 \d+ 件が既定値のままです: growth, /)
  })

  it('without a file takes the defaults, as a report does, and says so', async () => {
    const empty = await file('as-default.json', {})
    const [said, result] = await Promise.all([
      run(['roi', '--json'], 'ja'),
      calculate(['--assumptions', empty]),
    ])
    expect([said.status, said.stderr]).toEqual([
      0,
      expect.stringMatching(/^前提条件 {2}既定値で計算しました。/),
    ])
    expect(JSON.parse(said.stdout)).toEqual(result)
  })

  it('says which arm this device cannot serve', async () => {
    const small = await file('small.json', { values: { deviceMemory: 0.001 } })
    const { status, stdout } = await run(['roi', '--assumptions', small])
    expect(status).toBe(0)
    expect(stdout).toContain('  Net present value: cannot be served on this device / ')
    expect(stdout).toContain('  Break-even: none, since the demand cannot be served\n')
    expect(stdout).toMatch(/Warning {2}The baseline cannot be served.*\n.*Warning {2}The candidate cannot/)
  })

  it('writes a complete file of defaults, which gives the same result as an empty one', async () => {
    const template = path('template.json')
    const written = await run(['roi', '--template', template], 'ja')
    expect([written.status, written.stderr.trim()]).toEqual([0, `出力  ${template}`])
    const set = assumptionsSchema.parse(JSON.parse(await readFile(template, 'utf8')))
    const again = await run(['roi', '--template', template], 'ja')
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('上書きはしません')])
    expect([set.currency, set.values.inputTokens.origin]).toEqual(['JPY', 'run'])
    const empty = await file('empty.json', { currency: 'JPY' })
    const [ofTemplate, ofEmpty] = await Promise.all(
      [template, empty].map((assumptions) => calculate(['--assumptions', assumptions])),
    )
    expect(ofTemplate).toEqual(ofEmpty)
  })

  it('refuses impossible inputs by field, and says what there is to do', async () => {
    const impossible: readonly [Record<string, unknown>, RegExp][] = [
      [{ utilisation: 1.4 }, /values\.utilisation.* 1\.4.*at most 1/],
      [{ utilization: 1 }, /values\.utilization.*nearest name is utilisation/],
    ]
    await Promise.all(
      impossible.map(async ([values, message], index) => {
        const bad = await file(`bad-${index}.json`, { values })
        const { status, stdout, stderr } = await run(['roi', '--assumptions', bad, '--json'])
        expect([status, stdout]).toEqual([1, ''])
        expect(stderr).toMatch(message)
        expect(stderr).toContain(bad)
      }),
    )
  })

  it('refuses results without measured rates, naming the field, and a command line that contradicts itself', async () => {
    const sample = sampleResults()
    await file('slow.json', { ...sample, arms: sample.arms.map((arm) => ({ ...arm, speed: [] })) })
    const empty = await file('nothing.json', {})
    const foreign = await file('foreign.json', [])
    await writeFile(path('cut.json'), '{"run": {\n  "id": ')
    const [rates, noResults, cut, both, none] = await Promise.all([
      run(['roi', path('slow.json'), '--assumptions', empty]),
      run(['roi', foreign, '--assumptions', empty], 'ja'),
      run(['roi', path('cut.json')], 'ja'),
      run(['roi', '--assumptions', empty, '--template', path('t.json')]),
      run(['roi', '--assumptions', empty], 'en', path('another home')),
    ])
    expect(rates.status).toBe(1)
    expect(rates.stderr).toMatch(/no value for arms\.baseline\.speed/)
    expect([noResults.status, noResults.stderr]).toEqual([
      1,
      expect.stringContaining(`${foreign} は Soroban の results.json として読めません（JSON: `),
    ])
    expect([cut.status, cut.stderr]).toEqual([
      1,
      expect.stringContaining(`${path('cut.json')} は JSON として読めません: 2 行目の 9 文字目が`),
    ])
    expect(both.status).toBe(2)
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('no finished run')])
  })
})

describe('report', () => {
  it('takes assumptions, leaves money out, and takes its format from the file name or as told', async () => {
    const assumptions = await file('report.json', { currency: 'USD', values: { horizon: 3 } })
    const report = (...args: string[]): Promise<Said> => run(['report', 'run-0001', '--lang', 'en', ...args])
    const finished = await Promise.all([
      report('--out', path('money.xlsx'), '--assumptions', assumptions),
      report('--out', path('plain.xlsx'), '--no-roi'),
      report('--out', path('page.html')),
      report('--out', path('same.json')),
      report('--out', path('bench.json'), '--format', 'llama-bench'),
      report('--out', path('table.CSV')),
    ])
    expect(finished.map(({ status, stderr }) => [status, stderr])).toEqual(
      ['money.xlsx', 'plain.xlsx', 'page.html', 'same.json', 'bench.json', 'table.CSV'].map((name) => [
        0,
        `Written  ${path(name)}\n`,
      ]),
    )
    expect(await sheetNames(path('money.xlsx'))).toContain('Return on investment')
    expect(await sheetNames(path('plain.xlsx'))).not.toContain('Return on investment')
    expect(await readFile(path('page.html'), 'utf8')).toMatch(/^<!doctype html>/i)
    expect(JSON.parse(await readFile(path('same.json'), 'utf8'))).toEqual(sampleResults())
    expect(JSON.parse(await readFile(path('bench.json'), 'utf8'))).toBeInstanceOf(Array)
    expect([...(await readFile(path('table.CSV'))).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  it('refuses a name that tells no format, contradictions and bad assumptions; nothing is written', async () => {
    const bad = await file('bad-report.json', { values: { pue: 0.9 } })
    const [format, contradiction, refused] = await Promise.all([
      run(['report', 'run-0001', '--out', path('report.docx')], 'ja'),
      run(['report', 'run-0001', '--out', path('x.xlsx'), '--no-roi', '--assumptions', bad]),
      run(['report', 'run-0001', '--out', path('y.xlsx'), '--assumptions', bad]),
    ])
    expect([format.status, contradiction.status, refused.status]).toEqual([2, 2, 1])
    expect(format.stderr).toContain('--format で xlsx, html, json, csv, llama-bench, lm-eval のいずれか')
    expect(contradiction.stderr).toContain('--no-roi and --assumptions cannot be given together')
    expect(refused.stderr).toMatch(/values\.pue.* 0\.9.*at least 1/)
    await expect(readFile(path('y.xlsx'))).rejects.toThrow('ENOENT')
  })
})
