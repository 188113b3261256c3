/** How faithfully documents are read: the set of files whose text is known, read as the product reads a folder. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { z } from 'zod'

import { surveyDocuments } from '../../src/engine/documents/index.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import { normalizeText } from '../../src/engine/text/index.ts'
import { editDistance } from './edit-distance.ts'
import { markdownTable } from './result.ts'

const SET = fileURLToPath(new URL('../../test/fixtures/documents/set', import.meta.url))

const manifestSchema = z.array(
  z.object({
    file: z.string(),
    format: z.string(),
    language: z.enum(['ja', 'en']),
    features: z.array(z.string()),
    madeBy: z.string(),
    maxCer: z.number(),
  }),
)
export type FixtureEntry = z.infer<typeof manifestSchema>[number]

/** Of one file. */
export interface FileFidelity {
  readonly entry: FixtureEntry
  /** Of the known text, after white space. */
  readonly characters: number
  /** Characters to insert, delete or replace. */
  readonly edits: number
  /** Why it, or something in it, was not read. */
  readonly problems: readonly string[]
}

/** Of the files of one format and language that are read in one way. */
export interface RowFidelity {
  readonly format: string
  readonly language: FixtureEntry['language']
  readonly files: readonly FileFidelity[]
  readonly characters: number
  /** Character error rate: edits per character of the known texts. */
  readonly cer: number
  /** Of the file that is read worst. */
  readonly worstCer: number
  readonly maxCer: number
}

export function fixtureSet(): readonly FixtureEntry[] {
  return manifestSchema.parse(JSON.parse(readFileSync(path.join(SET, 'manifest.json'), 'utf8')))
}

export function needsOcr({ features }: FixtureEntry): boolean {
  return features.includes('no text layer')
}

/** Reads files of the set in child processes, as the product does, and counts what differs from their known texts. */
export async function measureFidelity(
  entries: readonly FixtureEntry[],
  ocr: boolean,
): Promise<FileFidelity[]> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'soroban-fidelity-'))
  try {
    const folder = path.join(scratch, 'documents')
    mkdirSync(folder)
    for (const { file } of entries) copyFileSync(path.join(SET, file), path.join(folder, file))
    const found = await surveyDocuments(folder, { store: path.join(scratch, 'texts'), ocr }, quietContext())
    return await Promise.all(
      entries.map(async (entry) => {
        const documents = found.documents.filter(({ file }) => file === entry.file)
        const texts = await Promise.all(documents.map(async (document) => await found.textOf(document)))
        const known = comparable(
          normalizeText(readFileSync(path.join(SET, `${entry.file}.txt`), 'utf8')).text,
        )
        const problems = found.skipped
          .filter(({ name }) => name === entry.file || name.startsWith(`${entry.file}/`))
          .map(({ name, error }) => `${name}: ${error.code}`)
        const edits = editDistance(comparable(texts.join('\n')), known)
        return { entry, characters: [...known].length, edits, problems }
      }),
    )
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Every run of white space is one space: line breaks, tabs and form feeds are a matter of layout. */
function comparable(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The rows of the table. Languages are apart, so that none hides behind another that is easier to read. */
export function fidelityRows(files: readonly FileFidelity[]): RowFidelity[] {
  return inRows(files, ({ entry }) => entry).map((group): RowFidelity => {
    const { entry } = group[0]
    const characters = group.reduce((sum, file) => sum + file.characters, 0)
    const edits = group.reduce((sum, file) => sum + file.edits, 0)
    return {
      format: formatName(entry),
      language: entry.language,
      files: group,
      characters,
      cer: edits / characters,
      worstCer: Math.max(...group.map((file) => file.edits / file.characters)),
      maxCer: Math.min(...group.map((file) => file.entry.maxCer)),
    }
  })
}

/** The first cells of each row: format, language and number of files. */
export function rowHeads(
  entries: readonly FixtureEntry[],
): [format: string, language: string, files: number][] {
  return inRows(entries, (entry) => entry).map((group) => [
    formatName(group[0]),
    group[0].language,
    group.length,
  ])
}

/** By format, then by language. */
function inRows<T>(items: readonly T[], entryOf: (item: T) => FixtureEntry): [T, ...T[]][] {
  const nameOf = (item: T): string => `${formatName(entryOf(item))}\0${entryOf(item).language}`
  const groups = [...Map.groupBy(items, nameOf)].sort(([a], [b]) => (a < b ? -1 : 1))
  return groups.map(([, group]) => group as [T, ...T[]])
}

function formatName(entry: FixtureEntry): string {
  if (needsOcr(entry)) return `${entry.format}, scanned`
  return entry.format === 'pdf' && entry.features.includes('vertical writing')
    ? 'pdf, vertical'
    : entry.format
}

/** As the documentation shows it. */
export function fidelityTable(rows: readonly RowFidelity[]): string {
  const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
  const makers = ({ files }: RowFidelity): string =>
    [...new Set(files.map(({ entry }) => entry.madeBy))].sort().join('; ')
  return markdownTable(
    ['format', 'language', 'files', 'made by', 'characters', 'error rate', 'worst file', 'limit'],
    rows.map((row) => [
      row.format,
      row.language,
      String(row.files.length),
      makers(row),
      row.characters.toLocaleString('en-US'),
      percent(row.cer),
      percent(row.worstCer),
      percent(row.maxCer),
    ]),
  )
}
