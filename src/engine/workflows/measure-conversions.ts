import { AppError } from '../../shared/errors.ts'
import {
  CONVERSION_METHODS,
  convertModel,
  type ConversionMethod,
  type LayerStatistics,
  type ModelWeights,
} from '../conversion/index.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { ParameterStore } from '../tuning/index.ts'
import type { MeasuredLoss } from './measure-loss.ts'

/** Losses right after conversion, before any tuning; the choice of the method looks at `validation` only. */
export interface ConversionLosses {
  readonly validation: MeasuredLoss
}

export interface MeasuredConversion<Losses extends ConversionLosses = ConversionLosses> {
  readonly method: ConversionMethod
  readonly losses: Losses
}

/** The conversion with the lowest loss on the validation documents. */
export interface ChosenConversion<Losses extends ConversionLosses = ConversionLosses> {
  readonly method: ConversionMethod
  readonly model: ModelWeights
  /** One by each method. */
  readonly candidates: readonly MeasuredConversion<Losses>[]
}

/**
 * Converts by every method, measures each and keeps the best; a loss that is no number is never the best.
 *
 * @throws AppError conversion/not-finite when no method has a finite loss, conversion/heads, cancelled
 */
export async function chooseConversion<Losses extends ConversionLosses>(
  source: ModelWeights,
  { kvHeads, statistics }: { readonly kvHeads: number; readonly statistics: readonly LayerStatistics[] },
  measure: (store: ParameterStore, method: ConversionMethod) => Promise<Losses>,
  ctx: RunContext,
): Promise<ChosenConversion<Losses>> {
  const candidates: MeasuredConversion<Losses>[] = []
  let best: Omit<ChosenConversion, 'candidates'> | null = null
  let lowest = Infinity
  for (const method of CONVERSION_METHODS) {
    const model = await convertModel(source, { kvHeads, method, statistics }, ctx)
    const losses = await measure(ParameterStore.from(model.config, model.weights), method)
    candidates.push({ method, losses })
    const { nll } = losses.validation
    if (Number.isFinite(nll) && nll < lowest) {
      best = { method, model }
      lowest = nll
    }
  }
  if (best === null) throw new AppError('conversion/not-finite', { methods: CONVERSION_METHODS.join(', ') })
  return { ...best, candidates }
}
