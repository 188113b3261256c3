import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import type { FileFormat } from '../../src/engine/documents/format-reader.ts'
import type { Soffice } from '../office/soffice.ts'

/** What the manifest says of a file. */
export interface FixtureEntry {
  readonly file: string
  readonly format: FileFormat
  readonly language: 'ja' | 'en'
  /** What is hard about it. */
  readonly features: readonly string[]
  readonly madeBy: string
  /** Highest character error rate allowed, 0 to 1. */
  readonly maxCer: number
}

export interface Fixture extends FixtureEntry {
  /** As a person reads it. */
  readonly text: string
  readonly bytes: Uint8Array
}

export const MAX_CER = { usual: 0.005, vertical: 0.02, recognised: 0.1 } as const

/** A folder for what lies between source and fixture, and LibreOffice. */
export interface Workshop {
  readonly folder: string
  readonly office: Soffice
}

/** A flat OpenDocument file and the fixtures that LibreOffice makes of it. */
export interface OfficeSource {
  readonly stem: string
  readonly flat: string
  readonly flatEnding: 'fodt' | 'fods' | 'fodp'
  readonly fixtures: readonly (Omit<Fixture, 'bytes' | 'file' | 'madeBy'> & { readonly filter?: string })[]
}

export function convertAll(sources: readonly OfficeSource[], { folder, office }: Workshop): Fixture[] {
  const jobs = sources.flatMap(({ stem, flat, flatEnding, fixtures }) => {
    const file = path.join(folder, `${stem}.${flatEnding}`)
    writeFileSync(file, flat)
    return fixtures.map((fixture) => ({ fixture, stem, file }))
  })
  const filters = Map.groupBy(jobs, ({ fixture }) => fixture.filter ?? fixture.format)
  for (const [filter, group] of filters)
    office.convert([...new Set(group.map(({ file }) => file))], filter, folder)
  return jobs.map(({ fixture: { filter: _, ...fixture }, stem }) => {
    const file = `${stem}.${fixture.format}`
    return { ...fixture, file, madeBy: 'LibreOffice 7.4', bytes: readFileSync(path.join(folder, file)) }
  })
}
