import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { AppError } from '../../src/shared/errors.ts'
import { type Results, resultsSchema } from '../../src/shared/results.ts'
import { type Company, DOCUMENTS, openCompany } from './company.ts'
import { filesBelow, lastingPart, readResults, sheetNames } from './results.ts'
import { type Finished, soroban, sorobanJson } from './soroban.ts'

const SEED = 7
const CONTEXTS = [64, 128]

let company: Company
let finished: Finished
let again: Finished
let results: Results

/** Baseline against itself, against a worse GQA model and against one with another tokenizer. */
const pocArguments = ({ documents, baseline, gqa, foreign }: Company, out: string): string[] => [
  'poc',
  ...['--documents', documents, '--baseline', baseline, '--candidate', baseline, gqa, foreign],
  ...['--out', out, '--contexts', CONTEXTS.join(','), '--seed', String(SEED), '--threads', '1'],
]

beforeAll(async () => {
  company = await openCompany()
  const { home } = company
  finished = await soroban([...pocArguments(company, company.path('out')), '--json'], { home, lang: 'ja' })
  results = await readResults(company.path('out'))
  again = await soroban([...pocArguments(company, company.path('again')), '--gate'], { home, lang: 'ja' })
}, 300_000)
afterAll(() => company[Symbol.asyncDispose]())

const armOf = (id: string): Results['arms'][number] => results.arms.find((arm) => arm.id === id)!
const comparisonOf = (candidate: string, metric: string): Results['comparisons'][number] =>
  results.comparisons.find((entry) => entry.candidate === candidate && entry.metric === metric)!

describe('poc', () => {
  it('prints one line of JSON, the same as results.json, and leaves nothing but the two files', async () => {
    expect(finished.status).toBe(0)
    expect(finished.stdout.split('\n')).toEqual([JSON.stringify(results), ''])
    const parsed = resultsSchema.parse(JSON.parse(finished.stdout))
    expect(parsed).toEqual(results)
    expect(await filesBelow(company.path('out'))).toEqual([
      company.path('out', 'report.xlsx'),
      company.path('out', 'results.json'),
    ])
    expect(await sheetNames(company.path('out', 'report.xlsx'))).toContain('要約')
  })

  it('tells what to do with an interrupted run, the verdicts, the warnings and the files on stderr', () => {
    expect(finished.stderr).toContain(`soroban runs resume ${results.run.id}`)
    expect(finished.stderr).toMatch(/判定 {2}mha-2: 品質を維持（nll 0\.00%/)
    expect(finished.stderr).toMatch(/判定 {2}gqa: 品質が低下/)
    for (const { message } of results.warnings) expect(finished.stderr).toContain(message)
    expect(finished.stderr).toContain(company.path('out', 'report.xlsx'))
    expect(finished.stderr).not.toContain('\u001b')
  })

  it('records run, corpus and models as they were given', () => {
    expect(results.run).toMatchObject({
      seed: SEED,
      locale: 'ja',
      contexts: CONTEXTS,
      margins: { nllRelative: 0.01 },
      window: 256,
      stride: 128,
    })
    expect(results.documents.map(({ name }) => name)).toEqual(Object.keys(DOCUMENTS).sort())
    const { documents, bytes } = results.corpus
    expect(documents).toBe(results.documents.length)
    expect(bytes).toBeGreaterThan(5000)
    expect(results.arms.map(({ id, role, model }) => [id, role, model.queryHeads, model.kvHeads])).toEqual([
      ['mha', 'baseline', 4, 4],
      ['mha-2', 'candidate', 4, 4],
      ['gqa', 'candidate', 4, 1],
      ['foreign', 'candidate', 4, 2],
    ])
    expect(results.environment).toMatchObject({ providerUsed: 'cpu', quantization: 'none', threads: 1 })
  })

  it('gives figures that follow from the raw values', () => {
    for (const { id, quality } of results.arms) {
      const sums = results.documents.map(({ scores }) => scores[id]!)
      const nllSum = sums.reduce((sum, score) => sum + score.nllSum, 0)
      const tokens = sums.reduce((sum, score) => sum + score.tokens, 0)
      // Sums of the same numbers in another order.
      expect(quality.nll.value).toBeCloseTo(nllSum / tokens, 12)
      expect(quality.perplexity.value).toBe(Math.exp(quality.nll.value!))
      // A start token comes first, so every byte of the corpus is scored.
      expect(quality.bitsPerByte.value).toBeCloseTo(nllSum / Math.LN2 / results.corpus.bytes, 12)
      expect(quality.nll.n).toBe(results.documents.length)
      const [low, high] = quality.nll.ci95!
      expect(low).toBeLessThan(quality.nll.value!)
      expect(high).toBeGreaterThan(quality.nll.value!)
      const positions = quality.nllByPosition
      expect(positions[0]!.from).toBe(1)
      expect(positions.slice(1).map(({ from }) => from)).toEqual(positions.slice(0, -1).map(({ to }) => to))
    }
    expect(results.corpus.tokens).toBe(
      results.documents.reduce((sum, { scores }) => sum + scores['mha']!.tokens, 0),
    )
  })

  it('measures every arm at every context, and predicts the KV cache that it measures', () => {
    for (const { speed, memory, model } of results.arms) {
      expect(speed.map(({ context }) => context)).toEqual(CONTEXTS)
      for (const { ttftMs, tpotMs, decodeTokensPerSecond, prefillTokensPerSecond } of speed) {
        for (const figure of [ttftMs, tpotMs, decodeTokensPerSecond, prefillTokensPerSecond]) {
          expect(figure).toMatchObject({ n: 7, provenance: 'measured' })
          expect(figure.value).toBeGreaterThan(0)
        }
      }
      expect(model.kvBytesPerToken).toBe(2 * model.layers * model.kvHeads * model.headDim * 4)
      for (const [index, { context, predicted, measured }] of memory.kvBytes.entries()) {
        expect(context).toBe(CONTEXTS[index])
        expect(predicted.value).toBe(model.kvBytesPerToken * context)
        expect(measured.value).toBe(predicted.value)
      }
      expect(memory.weightsBytes.value).toBe(4 * model.parameters)
      expect(memory.peakRssBytes.value).toBeGreaterThan(memory.weightsBytes.value!)
    }
  })

  it('finds the baseline equal to itself, in the self-check and as its own candidate', () => {
    expect(results.selfCheck).toEqual({ windows: 4, maxAbsoluteDifference: 0, passed: true })
    const nll = comparisonOf('mha-2', 'nll')
    expect(nll).toMatchObject({ ci95: [0, 0], margin: 0.01, verdict: 'kept' })
    expect([nll.difference.value, nll.relative.value]).toEqual([0, 0])
    expect(armOf('mha-2').quality.agreement).toMatchObject({
      klMean: { value: 0 },
      klP95: { value: 0 },
      sameTop1: { value: 1 },
      rmsDeltaP: { value: 0 },
    })
    expect({ ...armOf('mha-2').quality, agreement: undefined }).toEqual({
      ...armOf('mha').quality,
      agreement: undefined,
    })
  })

  it('finds the worse candidate worse, by differences that follow from the arms', () => {
    for (const candidate of ['gqa', 'mha-2']) {
      for (const metric of ['nll', 'bitsPerByte'] as const) {
        const { difference, relative } = comparisonOf(candidate, metric)
        const [ours, theirs] = [armOf(candidate).quality[metric].value!, armOf('mha').quality[metric].value!]
        expect(difference.value).toBeCloseTo(ours - theirs, 12)
        expect(relative.value).toBeCloseTo((ours - theirs) / theirs, 12)
      }
    }
    const nll = comparisonOf('gqa', 'nll')
    expect(nll.verdict).toBe('worse')
    expect(nll.ci95![0]).toBeGreaterThan(0)
    expect(armOf('gqa').quality.agreement!.klMean.value).toBeGreaterThan(0)
    expect(comparisonOf('gqa', 'kvBytes@128').relative.value).toBe(-0.75)
  })

  it('compares a candidate with another tokenizer by bits per byte only, and says so', () => {
    const metrics = results.comparisons.filter(({ candidate }) => candidate === 'foreign')
    expect(metrics.filter(({ verdict }) => verdict !== null).map(({ metric }) => metric)).toEqual([
      'bitsPerByte',
    ])
    expect(metrics.map(({ metric }) => metric)).not.toContain('nll')
    expect(armOf('foreign').quality.agreement).toBeUndefined()
    expect(results.warnings).toContainEqual({
      code: 'comparison/tokenizer-differs',
      params: { candidate: 'foreign' },
      message: expect.stringContaining('ビット/バイト') as string,
    })
  })

  it('gives the same quality figures bit for bit for the same seed', async () => {
    const second = await readResults(company.path('again'))
    expect(second.run.id).not.toBe(results.run.id)
    expect(lastingPart(second)).toEqual(lastingPart(results))
  })

  it('with --gate ends with status 3 unless every candidate keeps quality; without --json stdout is empty', () => {
    expect(again.status).toBe(3)
    expect(again.stdout).toBe('')
    expect(again.stderr).toContain('品質が低下')
  })
})

describe('score', () => {
  it.each(['mha', 'foreign'])('agrees with the figures of poc: %s', async (arm) => {
    const model = arm === 'mha' ? company.baseline : company.foreign
    const score = await sorobanJson<Score & { documents: (Score & { name: string })[]; total: Score }>(
      ['score', '--model', model, '--documents', company.documents, '--threads', '1'],
      { home: company.home },
    )
    const { nll, bitsPerByte, perplexity } = armOf(arm).quality
    // Log-softmax in float32, computed by other graphs: about 1e-7 a token, less in the mean.
    expect(score.total.nll).toBeCloseTo(nll.value!, 6)
    expect(score.total.bitsPerByte).toBeCloseTo(bitsPerByte.value!, 6)
    expect(score.total.perplexity / perplexity.value!).toBeCloseTo(1, 6)
    expect(score.total.bytes).toBe(results.corpus.bytes)
    expect(score.documents.map(({ name }) => name)).toEqual(results.documents.map(({ name }) => name))
    for (const [index, { scores }] of results.documents.entries()) {
      const { nllSum, tokens } = scores[arm]!
      expect(score.documents[index]!.tokens).toBe(tokens)
      expect(score.documents[index]!.nll).toBeCloseTo(nllSum / tokens, 5)
    }
  })
})

interface Score {
  readonly nll: number
  readonly bitsPerByte: number
  readonly perplexity: number
  readonly tokens: number
  readonly bytes: number
}

describe('report', () => {
  it('writes the workbook of a finished run again, in the language asked for', async () => {
    const { home } = company
    const [english, copy] = [company.path('en', 'report.xlsx'), company.path('copy.xlsx')]
    const byRun = await soroban(['report', results.run.id, '--lang', 'en', '--out', english], { home })
    expect(byRun).toMatchObject({ status: 0, stdout: '', stderr: `Written  ${english}\n` })
    expect(await sheetNames(english)).toContain('Summary')
    const source = company.path('out', 'results.json')
    const byFile = await sorobanJson(['report', source, '--out', copy], { home })
    expect(byFile).toEqual({ report: copy })
    // In the run's own language, and the same bytes as the first time.
    const first = await readFile(company.path('out', 'report.xlsx'))
    expect((await readFile(copy)).equals(first)).toBe(true)
  })

  it('refuses a run that is not there and a file that is no results.json', async () => {
    const { home, baseline } = company
    const out = company.path('refused.xlsx')
    const unknown = await soroban(['report', 'no-such-run', '--out', out], { home })
    const config = `${baseline}/config.json`
    const foreign = await soroban(['report', config, '--out', out], { home })
    expect([unknown.status, unknown.stderr]).toEqual([
      1,
      `${new AppError('runs/unknown', { run: 'no-such-run' }).localized('en')}\n`,
    ])
    expect(foreign.status).toBe(1)
    expect(foreign.stderr).toMatch(/config\.json is no results\.json of Soroban \(schema: .*\n$/)
    expect(await filesBelow(company.path())).not.toContain(out)
  })
})

describe('runs', () => {
  it('lists, shows and deletes: afterwards neither rows nor files of the run are left', async () => {
    const { home } = company
    const second = await readResults(company.path('again'))
    const listed = await sorobanJson<{ id: string; state: string }[]>(['runs', 'list'], { home })
    expect(listed.map(({ id, state }) => [id, state])).toEqual([
      [second.run.id, 'done'],
      [results.run.id, 'done'],
    ])
    const text = await soroban(['runs', 'list'], { home, lang: 'ja' })
    expect(text.stdout.split('\n')[1]).toMatch(new RegExp(`^${results.run.id} {2}完了 {2}(\\d+)/\\1 {2}2`))

    const shown = await sorobanJson<{ settings: object; inputs: object; unitsTotal: number }>(
      ['runs', 'show', results.run.id],
      { home },
    )
    expect(shown.settings).toMatchObject({ seed: SEED, contexts: CONTEXTS, locale: 'ja' })
    const hashes = Object.fromEntries(results.arms.map(({ id, model }) => [`model:${id}`, model.sha256]))
    expect(shown.inputs).toMatchObject({ ...hashes, corpus: results.corpus.sha256 })

    const store = async (): Promise<string> => {
      const files = await filesBelow(home)
      const database = files.filter((path) => path.includes('soroban.db'))
      return (await Promise.all(database.map((path) => readFile(path, 'latin1')))).join('')
    }
    expect(await store()).toContain('supplier-manual.md')
    for (const { run } of [results, second]) {
      const gone = await soroban(['runs', 'delete', run.id], { home })
      expect([gone.status, gone.stdout]).toEqual([0, ''])
      expect(gone.stderr).toContain(run.id)
    }
    const rest = await store()
    expect(rest).not.toContain('supplier-manual.md')
    expect(rest).not.toContain(results.run.id)
    expect((await filesBelow(home)).filter((path) => path.includes(results.run.id))).toEqual([])
    const none = await soroban(['runs', 'list'], { home })
    expect([none.status, none.stdout, none.stderr]).toEqual([0, '', 'There are no runs yet.\n'])
    const missing = await soroban(['runs', 'show', results.run.id], { home })
    expect([missing.status, missing.stdout]).toEqual([1, ''])
  })
})
