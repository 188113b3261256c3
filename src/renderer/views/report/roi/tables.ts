/** The tables of a return on investment, ready to be shown. */
import type { Cost, RoiCandidate, RoiCase, RoiResult, Sizing } from '../../../../shared/roi/result.ts'
import { answer, type AnswerVocabulary, METRICS } from './answers.ts'
import type { FigureRow } from './figure-table.vue'

const SCENARIOS = ['pessimistic', 'standard', 'optimistic'] as const

export interface FigureTable {
  readonly columns: readonly string[]
  readonly rows: readonly FigureRow[]
}

type Written = (value: number) => string
const cell = (value: number | null, written: Written, { t }: AnswerVocabulary): { text: string } => ({
  text: value === null ? t('common.unavailable') : written(value),
})

/** One candidate when all goes badly, as expected, and when all goes well. */
export function scenarioTable({ scenarios }: RoiCandidate, vocabulary: AnswerVocabulary): FigureTable {
  const { t, words, format } = vocabulary
  const cases = SCENARIOS.map((scenario) => scenarios[scenario])
  const change = (of: (each: RoiCase) => readonly [number | null, number | null], written: Written) =>
    cases.map((each) => {
      const [from, to] = of(each).map((value) => cell(value, written, vocabulary).text)
      return { text: t('roi.fromTo', { from: from ?? '', to: to ?? '' }) }
    })
  return {
    columns: SCENARIOS.map((scenario) => words.say(`scenario.${scenario}`)),
    rows: [
      ...METRICS.map((metric) => ({
        label: t(`roi.${metric}`),
        cells: cases.map((each) => answer(metric, each, vocabulary)),
      })),
      {
        label: t('roi.tco'),
        cells: change(({ baseline, candidate }) => [baseline.tco, candidate.tco], format.money),
      },
      {
        label: t('roi.sizing.devices'),
        cells: change(({ sizing }) => [sizing.baseline.devices, sizing.candidate.devices], format.integer),
      },
    ],
  }
}

/** All candidates beside each other, the recommended one named. */
export function candidateTable(
  { candidates, recommended }: RoiResult,
  vocabulary: AnswerVocabulary,
): FigureTable {
  const { t, words } = vocabulary
  return {
    columns: candidates.map(({ id }, index) =>
      index === recommended ? `${id} (${t('roi.recommended')})` : id,
    ),
    rows: [
      {
        label: t('roi.quality'),
        cells: candidates.map(({ verdict }) => ({
          text: verdict === null ? t('common.unavailable') : t(`verdict.${verdict}`),
        })),
      },
      ...SCENARIOS.map((scenario) => ({
        label: `${t('roi.npv')} · ${words.say(`scenario.${scenario}`)}`,
        cells: candidates.map(({ scenarios }) => answer('npv', scenarios[scenario], vocabulary)),
      })),
      ...(['irr', 'payback', 'roi', 'savings', 'co2SavedKg'] as const).map((metric) => ({
        label: t(`roi.${metric}`),
        cells: candidates.map(({ scenarios }) => answer(metric, scenarios.standard, vocabulary)),
      })),
    ],
  }
}

/** Doing nothing, the baseline and the candidate: what each costs. */
export function waysTable(
  { doNothing }: RoiResult,
  { id, scenarios }: RoiCandidate,
  vocabulary: AnswerVocabulary,
): FigureTable {
  const { t, words, format } = vocabulary
  const { baseline, candidate } = scenarios.standard
  const ways = [doNothing, baseline, candidate]
  const lastServed = ({ years }: Cost): number | null => years.at(-1)?.served ?? null
  const row = (label: string, of: (cost: Cost) => number | null, written: Written): FigureRow => ({
    label,
    cells: ways.map((way) => cell(of(way), written, vocabulary)),
  })
  return {
    columns: [words.say('doNothing'), words.say('baseline'), id],
    rows: [
      row(t('roi.tco'), ({ tco }) => tco, format.money),
      row(t('roi.tcoPresent'), ({ tcoPresent }) => tcoPresent, format.money),
      row(t('roi.perThousandRequests'), (cost) => cost.perThousandRequests, format.price),
      row(t('roi.served'), lastServed, (value) => format.percent(value, 0)),
      row(
        t('roi.energyKwh'),
        ({ energyKwh }) => energyKwh,
        (value) => t('roi.kwh', { value: format.integer(value) }),
      ),
      row(
        t('roi.co2Kg'),
        ({ co2Kg }) => co2Kg,
        (value) => t('roi.kg', { value: format.integer(value) }),
      ),
    ],
  }
}

/** How many devices each arm needs, and why. */
export function sizingTable({ id, scenarios }: RoiCandidate, vocabulary: AnswerVocabulary): FigureTable {
  const { t, words, format } = vocabulary
  const { baseline, candidate } = scenarios.standard.sizing
  const seconds: Written = (value) => format.milliseconds(value * 1000)
  const wholeSeconds: Written = (value) => `${format.significant(value, 3)} s`
  // Before rounding up they are fractions of a device.
  const share: Written = (value) =>
    Number.isInteger(value) ? format.integer(value) : format.significant(value, 2)
  const row = (key: Exclude<keyof Sizing, 'deviceSecondsPerRequest'>, written: Written): FigureRow => ({
    label: t(`roi.sizing.${key}`),
    cells: [baseline, candidate].map((sizing) => cell(sizing[key], written, vocabulary)),
  })
  return {
    columns: [words.say('baseline'), id],
    rows: [
      row('ttftSeconds', seconds),
      row('tpotSeconds', seconds),
      row('weightsBytes', format.bytes),
      row('kvBytesPerSequence', format.bytes),
      row('batchByMemory', format.integer),
      row('batchByLatency', format.integer),
      row('batch', format.integer),
      row('responseSeconds', wholeSeconds),
      row('devicesByThroughput', share),
      row('devicesByMemory', share),
      row('devices', format.integer),
    ],
  }
}
