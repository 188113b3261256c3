import type { Figure, Results } from '../../shared/results.ts'
import { assumptionOf, type Money, placeInMoney } from './decisions.ts'
import { figureCell, inMebibytes, provenanceCell } from './figures.ts'
import { measuredId } from './money/measured-table.ts'
import { at, type Block, type Cell, formula, number, text } from './sheet-model.ts'
import type { Words } from './words.ts'

const BYTES_PER_GIB = 2 ** 30

/** KV cache of one sequence, predicted and measured, and how many sequences fit into the assumed device. */
export function kvTable(results: Results, money: Money | null, words: Words): Block {
  const left = ['arm', 'context', 'capacity.predicted', 'capacity.measured', 'capacity.deviation'] as const
  return {
    kind: 'table',
    columns: [
      ...left.map((key, index) => ({
        header: words(key),
        align: index === 0 ? ('left' as const) : ('right' as const),
      })),
      { header: words('provenance'), align: 'left' },
      ...(money === null
        ? []
        : [
            { header: words('capacity.fitting'), align: 'right' as const },
            { header: words('provenance'), align: 'left' as const },
          ]),
    ],
    rows: results.arms.flatMap(({ id, role, model, memory }) =>
      memory.kvBytes.map(({ context, predicted, measured }) => [
        text(id),
        number(context, 'integer'),
        figureCell(inMebibytes(predicted), 'decimal2'),
        figureCell(inMebibytes(measured), 'decimal2'),
        number(deviation(predicted, measured), 'signedPercent2'),
        provenanceCell(measured.value === null ? predicted : measured, words),
        ...(money === null
          ? []
          : fittingCells(
              role === 'baseline' ? -1 : placeInMoney(money, id),
              { context, kvBytesPerToken: model.kvBytesPerToken, weights: memory.weightsBytes },
              money,
              words,
            )),
      ]),
    ),
  }
}

const deviation = ({ value: expected }: Figure, { value }: Figure): number | null =>
  expected === null || expected === 0 || value === null ? null : value / expected - 1

/** @param place among the compared candidates, −1 for the baseline, null for an arm that is left out */
function fittingCells(
  place: number | null,
  arm: { readonly context: number; readonly kvBytesPerToken: number; readonly weights: Figure },
  money: Money,
  words: Words,
): Cell[] {
  if (place === null || arm.weights.value === null)
    return [{ kind: 'missing' }, text(words('provenance.unavailable'), { tone: 'muted' })]
  const [memory, reserve] = [assumptionOf(money, 'deviceMemory'), assumptionOf(money, 'memoryReserve')]
  const free = memory.value! * BYTES_PER_GIB * (1 - reserve.value!) - arm.weights.value
  const [weights, kv] = (['weightsBytes', 'kvBytesPerToken'] as const).map((key) =>
    at(measuredId(key, place + 1)),
  )
  return [
    {
      kind: 'formula',
      formula: formula`INT(ROUND(MAX(0,(${memory.formula}*${BYTES_PER_GIB}*(1-${reserve.formula})-${weights!})/(${kv!}*${arm.context})),9))`,
      result: Math.floor(Number(Math.max(0, free / (arm.kvBytesPerToken * arm.context)).toFixed(9))),
      format: 'integer',
    },
    text(words('provenance.estimated'), { tone: 'muted' }),
  ]
}
