import { at, between, type Block, type Cell, type Formula, formula, quoted, text } from '../sheet-model.ts'
import { liveCell } from './live.ts'
import { contextId } from './measured-table.ts'
import type { MoneyReport } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'

/** How rates go over from the measured device and lengths to those that are assumed, in words and figures. */
export function linkingBlocks(report: MoneyReport, words: MoneyWords): Block[] {
  return [
    { kind: 'heading', text: words('linking.heading') },
    { kind: 'paragraph', text: words('linking.rule') },
    { kind: 'paragraph', text: words('linking.lengths') },
    {
      kind: 'table',
      columns: [
        { header: words('item'), align: 'left' },
        { header: words('unit'), align: 'left' },
        { header: words('provenance'), align: 'left' },
        { header: words('value'), align: 'right' },
      ],
      rows: [
        ratioRow('prefillRatio', 'targetCompute', 'measuredCompute', report, words),
        ratioRow('decodeRatio', 'targetBandwidth', 'measuredBandwidth', report, words),
        ...lengthRows(report, words),
      ],
    },
  ]
}

type RatedKey = 'targetCompute' | 'measuredCompute' | 'targetBandwidth' | 'measuredBandwidth'

function ratioRow(
  name: 'prefillRatio' | 'decodeRatio',
  target: RatedKey,
  measured: RatedKey,
  { inputs }: MoneyReport,
  words: MoneyWords,
): Cell[] {
  const { values } = inputs.assumptions
  const ratio = values[target].value / values[measured].value
  const [same, other] = [words('provenance.measured'), words('provenance.estimated')]
  return [
    text(words(`linking.${name}`)),
    text(words('unit.factor')),
    liveCell(
      {
        formula: formula`IF(${at(`a.${target}`)}=${at(`a.${measured}`)},${quoted(same)},${quoted(other)})`,
        value: ratio === 1 ? same : other,
      },
      'text',
    ),
    liveCell({ formula: formula`${at(`a.${target}`)}/${at(`a.${measured}`)}`, value: ratio }, 'decimal4'),
  ]
}

/** Where curves are read, and whether that lies at, between or outside of the measured lengths. */
function lengthRows({ inputs }: MoneyReport, words: MoneyWords): Cell[][] {
  const { contexts, assumptions } = inputs
  const [input, output] = [assumptions.values.inputTokens.value, assumptions.values.outputTokens.value]
  const [first, last] = [contexts[0]!, contexts.at(-1)!]
  const range = between(contextId(0), contextId(contexts.length - 1))
  const row = (name: 'prefillPosition' | 'decodePosition', position: Formula, value: number): Cell[] => {
    const [exact, inside, outside] = [
      words('provenance.measured'),
      words('provenance.estimated'),
      words('provenance.extrapolated'),
    ]
    return [
      text(words(`linking.${name}`)),
      text(words('unit.tokens')),
      liveCell(
        {
          formula: formula`IF(COUNTIF(${range},${at(`a.${name}`)})>0,${quoted(exact)},IF(AND(${at(`a.${name}`)}>=MIN(${range}),${at(`a.${name}`)}<=MAX(${range})),${quoted(inside)},${quoted(outside)}))`,
          value: contexts.includes(value) ? exact : value >= first && value <= last ? inside : outside,
        },
        'text',
      ),
      liveCell({ formula: position, value }, 'decimal1', { id: `a.${name}` }),
    ]
  }
  return [
    row('prefillPosition', [at('a.inputTokens')], input),
    row('decodePosition', formula`${at('a.inputTokens')}+${at('a.outputTokens')}/2`, input + output / 2),
  ]
}
