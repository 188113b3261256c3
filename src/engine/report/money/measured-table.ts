import { type Block, type Cell, number, type NumberFormat, text } from '../sheet-model.ts'
import type { MoneyReport } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'

/**
 * What was measured, an arm a column: `m.<quantity>.<arm>` with 0 for the baseline and candidates from 1 on, and
 * `m.context.<place>`. `m.arm.<arm>` are the arms' names.
 */
export function measuredTable({ inputs }: MoneyReport, words: MoneyWords): Block {
  const arms = [inputs.baseline, ...inputs.candidates]
  const measured = { ...text(words('provenance.measured'), { tone: 'muted' }) }
  const row = (
    label: string,
    unit: string,
    provenance: Cell,
    quantity: string,
    format: NumberFormat,
  ): Cell[] => [
    text(label),
    text(unit),
    provenance,
    ...arms.map(({ quantities }, arm): Cell => ({
      ...number(quantities.get(quantity) ?? null, format),
      id: measuredId(quantity, arm),
      name: `measured_${quantity.replace('.', '_')}_${arm}`,
    })),
  ]
  const rates = (quantity: 'ttftMs' | 'tpotMs'): Cell[][] =>
    inputs.contexts.map((context, place) =>
      row(
        words(`measured.${quantity}`, { context: words.count(context) }),
        'ms',
        measured,
        `${quantity}.${place}`,
        'decimal2',
      ),
    )
  return {
    kind: 'table',
    columns: [
      { header: words('item'), align: 'left' },
      { header: words('unit'), align: 'left' },
      { header: words('provenance'), align: 'left' },
      ...arms.map((_, arm): { header: string; align: 'right' } => ({
        header: arm === 0 ? words('baseline') : `${words('candidate')} ${arm}`,
        align: 'right',
      })),
    ],
    rows: [
      [
        text(words('measured.arm')),
        text(''),
        text(''),
        ...arms.map(({ id }, arm): Cell => ({ ...text(id, { bold: true }), id: `m.arm.${arm}` })),
      ],
      row(words('measured.weightsBytes'), words('unit.bytes'), measured, 'weightsBytes', 'integer'),
      row(
        words('measured.kvBytesPerToken'),
        words('unit.bytes'),
        text(words('provenance.estimated'), { tone: 'muted' }),
        'kvBytesPerToken',
        'integer',
      ),
      ...inputs.contexts.map((context, place): Cell[] => [
        text(words('measured.context', { place: place + 1 })),
        text(words('unit.tokens')),
        text(words('measured.setting'), { tone: 'muted' }),
        { ...number(context, 'integer'), id: contextId(place), name: `measured_context_${place}` },
      ]),
      ...rates('ttftMs'),
      ...rates('tpotMs'),
    ],
  }
}

/** @param arm 0 for the baseline, candidates from 1 on */
export const measuredId = (quantity: string, arm: number): string => `m.${quantity}.${arm}`
export const contextId = (place: number): string => `m.context.${place}`
