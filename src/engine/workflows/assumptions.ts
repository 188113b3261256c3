import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import type { Locale } from '../../shared/messages/index.ts'
import type { Results } from '../../shared/results.ts'
import {
  type Assumptions,
  type AssumptionsFile,
  assumptionsFileSchema,
  type Currency,
  type Device,
} from '../../shared/roi/assumptions.ts'
import {
  completeAssumptions,
  defaultAssumptions,
  parseJsonWith,
  readPriceTables,
  targetValues,
} from '../assumptions/index.ts'
import { readText } from '../kernel/files.ts'
import { writeOwnFile } from './own-file.ts'

/** Whose price tables count, and in which language sources are told. */
export interface Pricing {
  /** Soroban's own folder: tables in its `prices` come before those of the product. */
  readonly home: string
  readonly locale: Locale
}

/** What a report is priced in unless told otherwise. */
export const currencyOf = (locale: Locale): Currency => (locale === 'ja' ? 'JPY' : 'USD')

/**
 * A complete set to begin with, and the devices to choose among.
 *
 * @param results of the run that it is for; null gives the tables alone
 * @throws AppError assumptions/* naming what is wrong in a price table
 */
export async function beginningAssumptions(
  results: Results | null,
  currency: Currency,
  { home, locale }: Pricing,
): Promise<{ readonly assumptions: Assumptions; readonly devices: readonly Device[] }> {
  const tables = await readPriceTables(home, currency)
  return {
    assumptions: defaultAssumptions(results, locale, tables),
    devices: tables.devices.map((device) => ({
      id: device.id,
      name: device.name,
      values: targetValues(device, tables, locale),
    })),
  }
}

/** A file of assumptions as somebody wrote it. */
export interface WrittenAssumptions {
  readonly path: string
  readonly file: AssumptionsFile
  /** Id of a run, or absolute path of a results.json, where the file names one. */
  readonly source: string | undefined
}

/** @throws AppError file/*, assumptions/* naming field, value and rule */
export async function readAssumptionsFile(path: string): Promise<WrittenAssumptions> {
  const whole = resolve(path)
  const file = parseJsonWith(assumptionsFileSchema, await readText(whole), whole)
  const { results } = file
  return {
    path: whole,
    file,
    source: results?.endsWith('.json') ? resolve(dirname(whole), results) : results,
  }
}

/** What a file says, completed by the defaults for a run. @throws AppError assumptions/* */
export async function assumptionsFor(
  results: Results,
  { path, file }: Pick<WrittenAssumptions, 'path' | 'file'>,
  { home, locale }: Pricing,
): Promise<Assumptions> {
  const tables = await readPriceTables(home, file.currency ?? currencyOf(locale))
  const defaults = defaultAssumptions(results, locale, tables)
  return completeAssumptions(file, { defaults, tables, locale, source: path })
}

/**
 * Writes a complete file of defaults to edit, never over one that somebody may have edited.
 *
 * @returns its absolute path
 * @throws AppError assumptions/template-exists, and as readPriceTables; file/*
 */
export async function writeAssumptionsTemplate(
  out: string,
  results: Results | null,
  pricing: Pricing,
): Promise<string> {
  const { assumptions } = await beginningAssumptions(results, currencyOf(pricing.locale), pricing)
  const path = resolve(out)
  if (existsSync(path)) throw new AppError('assumptions/template-exists', { path })
  await writeOwnFile(path, assumptions)
  return path
}
