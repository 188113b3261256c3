import { difference } from './live.ts'
import { either, literal, type LiveText, liveMessage, textCell } from '../live-text.ts'
import { at, type Block, type Cell, formula } from '../sheet-model.ts'
import { answerTones, chosenAnswer } from './answers.ts'
import { CHOSEN_CANDIDATE, type MoneyReport, ofChosen } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'

/** Savings, net present value and payback of the chosen candidate in the standard scenario. */
export function chosenFigures(report: MoneyReport, words: MoneyWords): Block {
  return {
    kind: 'figures',
    figures: (['savings', 'npv', 'payback'] as const).map((key) => ({
      label: words(`row.${key}`),
      cell: chosenAnswer(report, 'standard', key, words),
      note: words(`figure.${key}.note`),
    })),
    toneRules: answerTones(words),
  }
}

/** Which candidate a sheet is about. */
export const chosenLine = (report: MoneyReport, words: MoneyWords): Cell => ({
  ...textCell(liveMessage(words('chosen.line'), { candidate: chosenName(report) })),
  bold: true,
})

/** Its name, which follows the choice. */
export const chosenName = ({ inputs, chosen }: MoneyReport): LiveText => ({
  formula: [at(CHOSEN_CANDIDATE)],
  result: inputs.candidates[chosen]!.id,
})

/** Whether the optimistic values of the assumptions do what their name says for the chosen candidate, in a sentence. */
export function optimismCell(report: MoneyReport, words: MoneyWords): Cell {
  const gain = difference(ofChosen(report, 'optimistic', 'npv'), ofChosen(report, 'standard', 'npv'))
  const compared = either(
    formula`${gain.formula}<0`,
    (gain.value ?? 0) < 0,
    literal(words('scenarios.reversed', { sheet: words('sheet.sensitivity') })),
    literal(words('scenarios.ordered')),
  )
  return textCell(
    either(
      formula`ISERROR(${gain.formula})`,
      gain.value === null,
      literal(words('scenarios.unknown')),
      compared,
    ),
  )
}

/** Whether the chosen candidate pays, in a sentence. */
export function conclusionCell(report: MoneyReport, words: MoneyWords): Cell {
  const npv = ofChosen(report, 'standard', 'npv')
  const sentence = (kind: 'pays' | 'loses' | 'cannotServe'): LiveText =>
    liveMessage(words(`conclusion.${kind}`), { candidate: chosenName(report) })
  const pays = npv.value !== null && npv.value > 0
  const compared = either(formula`${npv.formula}>0`, pays, sentence('pays'), sentence('loses'))
  const isMissing = formula`ISERROR(${npv.formula})`
  return {
    ...textCell(either(isMissing, npv.value === null, sentence('cannotServe'), compared)),
    bold: true,
  }
}
