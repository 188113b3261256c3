import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { fixture } from '../zip/reader-input.ts'
import { type Outcome, surveyHostile } from './hostile-survey.ts'

const manifest: unknown = JSON.parse(
  readFileSync(new URL('../../../fixtures/documents/set/manifest.json', import.meta.url), 'utf8'),
)
const SET = z.array(z.object({ file: z.string(), format: z.string() })).parse(manifest)
/**
 * Texts and tables may end anywhere, and so may a page, whose end tags may be left out, and a mail without parts: they
 * do not tell that something is missing.
 */
const OPEN_ENDED = new Set(['text', 'markdown', 'csv', 'tsv', 'html'])
const isMailWithoutParts = (file: string): boolean =>
  file.endsWith('.eml') && !/multipart\//i.test(Buffer.from(fixture(`set/${file}`)).toString('latin1'))

const CUTS: Readonly<Record<string, (length: number) => number>> = {
  '10 %': (length) => Math.floor(length * 0.1),
  '50 %': (length) => Math.floor(length * 0.5),
  '90 %': (length) => Math.floor(length * 0.9),
  '99 %': (length) => Math.floor(length * 0.99),
  'all but a byte': (length) => length - 1,
}
/** All files in one survey: hundreds are read. */
const LONGEST_MS = 120_000
/** A picture is looked into only where text is to be recognised. */
const REFUSALS = ['documents/damaged', 'documents/not-text', 'documents/empty', 'documents/scan']

/** The files cut short, in a folder of this name. */
const cutFiles = (
  folder: string,
  files: readonly { readonly file: string }[],
  cut: (length: number) => number,
): Readonly<Record<string, Uint8Array>> =>
  Object.fromEntries(
    files.map(({ file }) => {
      const bytes = fixture(`set/${file}`)
      return [`${folder}/${file}`, bytes.subarray(0, cut(bytes.length))]
    }),
  )

describe('files cut short', () => {
  const known = SET.filter(({ file, format }) => !OPEN_ENDED.has(format) && !isMailWithoutParts(file))
  const open = SET.filter(({ file, format }) => OPEN_ENDED.has(format) || isMailWithoutParts(file))
  let all: readonly (readonly [string, Outcome])[]
  beforeAll(async () => {
    const cuts = Object.entries(CUTS).map(([name, cut]) => cutFiles(name, known, cut))
    const whole = cutFiles('whole', known, (length) => length)
    const halves = cutFiles('open', open, (length) => Math.floor(length / 2))
    all = Object.entries(await surveyHostile(Object.assign({}, whole, halves, ...cuts) as typeof whole))
  }, LONGEST_MS)

  /** What became of the files of a folder, and of what lies in them, by name. */
  const outcomesOf = (folder: string): readonly (readonly [string, Outcome])[] =>
    all
      .filter(([name]) => name.startsWith(`${folder}/`))
      .map(([name, outcome]) => [name.slice(folder.length + 1), outcome])

  it.each(Object.keys(CUTS))('are refused, or nothing of the text is missing: %s of each', (cut) => {
    const whole = new Map(outcomesOf('whole'))
    const outcomes = outcomesOf(cut)
    const halves = outcomes.filter(([name, outcome]) =>
      'code' in outcome ? !REFUSALS.includes(outcome.code) : !isDeepStrictEqual(outcome, whole.get(name)),
    )
    expect(Object.fromEntries(halves)).toEqual({})
    const files = new Set(outcomes.map(([name]) => name.split('/')[0]))
    expect([...files].sort()).toEqual(known.map(({ file }) => file).sort())
  })

  it('are read as far as they go where the format has no end', () => {
    expect([...new Set(open.map(({ format }) => format))].sort()).toEqual([...OPEN_ENDED, 'eml'].sort())
    const outcomes = outcomesOf('open')
    expect(outcomes).toHaveLength(open.length)
    // A quotation mark that nothing closes tells that a table is not whole.
    for (const [, outcome] of outcomes)
      expect(['read', 'documents/malformed']).toContain('code' in outcome ? outcome.code : 'read')
  })
})
