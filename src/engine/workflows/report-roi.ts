import { AppError } from '../../shared/errors.ts'
import type { Results } from '../../shared/results.ts'
import type { Assumptions } from '../../shared/roi/assumptions.ts'
import { readPriceTables } from '../assumptions/index.ts'
import { type RoiInputs, roiInputs } from '../roi/index.ts'
import { beginningAssumptions, currencyOf, type Pricing } from './assumptions.ts'

/**
 * What a report's money is computed from. Null where nothing may be: the report then says that it has none, and why a
 * candidate is not compared; the rest of it is no worse for that.
 */
export function reportRoi(results: Results, assumptions: Assumptions | null): RoiInputs | null {
  if (assumptions === null) return null
  try {
    return roiInputs(results, assumptions)
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('roi/')) return null
    throw error
  }
}

/** The same with the default assumptions. @throws AppError assumptions/* naming what is wrong in a price table */
export async function defaultReportRoi(results: Results, pricing: Pricing): Promise<RoiInputs | null> {
  const { assumptions } = await beginningAssumptions(results, currencyOf(pricing.locale), pricing)
  return reportRoi(results, assumptions)
}

/** Before the work that the report is about: a mistake in a price table is told at once. @throws AppError assumptions/* */
export async function assertPriceTables({ home, locale }: Pricing): Promise<void> {
  await readPriceTables(home, currencyOf(locale))
}
