import { AppError } from '../../shared/errors.ts'
import type { Locale } from '../../shared/messages/index.ts'
import type { Results } from '../../shared/results.ts'
import type { Assumptions } from '../../shared/roi/assumptions.ts'
import type { RoiResult } from '../../shared/roi/result.ts'
import { calculateRoi, roiInputs } from '../roi/index.ts'
import {
  assumptionsFor,
  beginningAssumptions,
  currencyOf,
  readAssumptionsFile,
  writeAssumptionsTemplate,
} from './assumptions.ts'
import { newestFinishedRun, resultsOf, runResults } from './runs.ts'

/** The return on investment of a finished run. @throws AppError as runResults; roi/* naming what cannot be reckoned */
export async function calculateRunRoi(
  home: string,
  id: string,
  assumptions: Assumptions,
): Promise<RoiResult> {
  return calculateRoi(roiInputs(await runResults(home, id), assumptions))
}

/** What a return on investment is computed for, and how it is priced. */
export interface RoiOrder {
  /** Soroban's own folder. */
  readonly home: string
  /** As `resultsOf` takes it; undefined takes what a file of assumptions names, else the newest finished run. */
  readonly source: string | undefined
  /** Of sources, and of the currency where no file says which; undefined: the run's own, as in its report. */
  readonly locale: Locale | undefined
}

/**
 * The return on investment by a file of assumptions, or by the defaults, as in a report.
 *
 * @param path of the file; undefined: the defaults
 * @throws AppError assumptions/*, roi/*, and as resultsOf
 */
export async function calculateOwnRoi(
  path: string | undefined,
  { home, source, locale }: RoiOrder,
): Promise<RoiResult> {
  const written = path === undefined ? null : await readAssumptionsFile(path)
  const results = await resultsFor(home, source ?? written?.source)
  if (results === null) throw new AppError('assumptions/no-run')
  const pricing = { home, locale: locale ?? results.run.locale }
  const assumptions =
    written === null
      ? (await beginningAssumptions(results, currencyOf(pricing.locale), pricing)).assumptions
      : await assumptionsFor(results, written, pricing)
  return calculateRoi(roiInputs(results, assumptions))
}

/**
 * Writes a complete file of assumptions to edit: the defaults for a run, or the tables alone where there is no finished run.
 *
 * @param localeWithoutRun where neither a language was asked for nor a run has one
 * @returns its absolute path
 * @throws AppError as runResults, file/*
 */
export async function writeRoiTemplate(
  out: string,
  { home, source, locale, localeWithoutRun }: RoiOrder & { readonly localeWithoutRun: Locale },
): Promise<string> {
  const results = await resultsFor(home, source)
  const pricing = { home, locale: locale ?? results?.run.locale ?? localeWithoutRun }
  return await writeAssumptionsTemplate(out, results, pricing)
}

async function resultsFor(home: string, source: string | undefined): Promise<Results | null> {
  const wanted = source ?? newestFinishedRun(home)
  return wanted === null ? null : await resultsOf(home, wanted)
}
