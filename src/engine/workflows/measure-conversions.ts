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
  readonly model: ModelWeights
  readonly losses: Losses
}

/** One conversion by each method. */
export type MeasuredConversions<Losses extends ConversionLosses = ConversionLosses> = readonly [
  MeasuredConversion<Losses>,
  ...MeasuredConversion<Losses>[],
]

/** Converts by every method and measures each. */
export async function measureConversions<Losses extends ConversionLosses>(
  source: ModelWeights,
  { kvHeads, statistics }: { readonly kvHeads: number; readonly statistics: readonly LayerStatistics[] },
  measure: (store: ParameterStore, method: ConversionMethod) => Promise<Losses>,
  ctx: RunContext,
): Promise<MeasuredConversions<Losses>> {
  const [first, ...others] = CONVERSION_METHODS
  const convert = async (method: ConversionMethod): Promise<MeasuredConversion<Losses>> => {
    const model = convertModel(source, { kvHeads, method, statistics }, ctx)
    return { method, model, losses: await measure(ParameterStore.from(model.config, model.weights), method) }
  }
  const conversions: [MeasuredConversion<Losses>, ...MeasuredConversion<Losses>[]] = [await convert(first)]
  for (const method of others) conversions.push(await convert(method))
  return conversions
}

/** The conversion with the lowest loss on the validation documents. */
export function chooseConversion<Losses extends ConversionLosses>(
  conversions: MeasuredConversions<Losses>,
): MeasuredConversion<Losses> {
  return conversions.reduce((best, next) =>
    next.losses.validation.nll < best.losses.validation.nll ? next : best,
  )
}
