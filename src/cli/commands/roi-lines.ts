import { defineMessages, formatMessage, type Locale, type Message } from '../../shared/messages/index.ts'
import { reportRoiMessages } from '../../shared/messages/report-roi.ts'
import type { NoAnswer, RoiCandidate, RoiCase, RoiResult } from '../../shared/roi/result.ts'
import { pocWords } from './poc.ts'

const words = defineMessages({
  head: {
    ja: '投資対効果  実行 {run}、前提条件「{name}」、{currency}、{years} 年（悲観 / 標準 / 楽観）',
    en: 'Return on investment  run {run}, assumptions "{name}", {currency}, {years} years (pessimistic / standard / optimistic)',
  },
  candidate: { ja: '候補 {id}: {verdict}', en: 'Candidate {id}: {verdict}' },
  first: {
    ja: '候補 {id}: {verdict}（比べた候補の中で第一）',
    en: 'Candidate {id}: {verdict} (first among those compared)',
  },
  'no-verdict': { ja: '品質の判定なし', en: 'no verdict on quality' },
  row: {
    ja: '  {label}: {pessimistic} / {standard} / {optimistic}',
    en: '  {label}: {pessimistic} / {standard} / {optimistic}',
  },
  npv: { ja: '正味現在価値（NPV）', en: 'Net present value' },
  irr: { ja: '内部収益率（IRR）', en: 'Internal rate of return' },
  roi: { ja: 'ROI', en: 'ROI' },
  payback: { ja: '回収期間（年）', en: 'Payback (years)' },
  discountedPayback: { ja: '割引回収期間（年）', en: 'Discounted payback (years)' },
  savings: { ja: '削減額', en: 'Savings' },
  tcoBaseline: { ja: '総保有コスト（TCO）ベースライン', en: 'TCO of the baseline' },
  tcoCandidate: { ja: '総保有コスト（TCO）候補', en: 'TCO of the candidate' },
  devicesBaseline: { ja: '最終年の台数 ベースライン', en: 'Devices in the last year, baseline' },
  devicesCandidate: { ja: '最終年の台数 候補', en: 'Devices in the last year, candidate' },
  co2: { ja: 'CO₂ 削減量（kg）', en: 'CO₂ saved (kg)' },
  breakEvenAt: { ja: '  損益分岐: 月 {requests} 件', en: '  Break-even: {requests} requests a month' },
  breakEvenAlways: {
    ja: '  損益分岐: 調べた範囲のどの件数でも黒字です',
    en: '  Break-even: positive at every volume that was looked at',
  },
  breakEvenNever: {
    ja: '  損益分岐: 調べた範囲のどの件数でも黒字になりません',
    en: '  Break-even: not reached at any volume that was looked at',
  },
  breakEvenUnknown: {
    ja: '  損益分岐: 応えられないため算出できません',
    en: '  Break-even: none, since the demand cannot be served',
  },
  cannotServe: {
    ja: '  注意  {arm}はこの装置では応えられません。重みがメモリに入らないか、応答時間の目標に届きません',
    en: '  Warning  {arm} cannot be served on this device: its weights do not fit the memory, or the latency target is out of reach',
  },
  baseline: { ja: 'ベースライン', en: 'The baseline' },
  thisCandidate: { ja: '候補', en: 'The candidate' },
  'tokenizer-differs': {
    ja: '対象外  {id}: トークナイザーがベースラインと異なります',
    en: 'Left out  {id}: its tokenizer differs from the baseline',
  },
  'rates-missing': {
    ja: '対象外  {id}: 測定された速度がありません',
    en: 'Left out  {id}: no measured rates',
  },
  hours: {
    ja: '時間の節約: {hours} 時間（現金には含みません）',
    en: 'Working time saved: {hours} hours (not counted as cash)',
  },
  provenance: {
    ja: '金額と台数は推計です（測定値と仮定から計算）。',
    en: 'Amounts and numbers of devices are estimated, from measurements and assumptions.',
  },
  extrapolated: {
    ja: '注意  入力・出力の長さが測定した文脈長の外にあり、速度は外挿です。',
    en: 'Warning  The lengths of requests lie outside the measured contexts: rates are extrapolated.',
  },
  unconfirmed: {
    ja: '注意  前提条件 {count} 件が既定値のままです: {keys}',
    en: 'Warning  {count} assumptions still have their defaults: {keys}',
  },
})

/** A return on investment in a few lines for a person; what has no value says why. */
export function roiLines(result: RoiResult, locale: Locale): string[] {
  const say = (message: Message, params: Record<string, string | number> = {}): string =>
    formatMessage(message, locale, params)
  const { assumptions, currency, provenance, unconfirmed, hoursSaved } = result
  return [
    say(words.head, {
      run: result.run,
      name: assumptions.name,
      currency,
      years: assumptions.values.horizon.value,
    }),
    ...result.candidates.flatMap((candidate, index) => {
      const { id, verdict } = candidate
      const isFirst = result.candidates.length > 1 && index === result.recommended
      return [
        say(isFirst ? words.first : words.candidate, {
          id,
          verdict: verdict === null ? words['no-verdict'][locale] : pocWords[verdict][locale],
        }),
        ...candidateLines(candidate, result, locale),
      ]
    }),
    ...result.excluded.map(({ id, reason }) => say(words[reason], { id })),
    say(words.hours, { hours: amount(hoursSaved.total, locale) }),
    say(words.provenance),
    ...(provenance.lengths === 'extrapolated' ? [say(words.extrapolated)] : []),
    ...(unconfirmed.length === 0
      ? []
      : [say(words.unconfirmed, { count: unconfirmed.length, keys: unconfirmed.join(', ') })]),
  ]
}

function candidateLines(
  { scenarios, breakEven, volumes }: RoiCandidate,
  { currency }: RoiResult,
  locale: Locale,
): string[] {
  const row = (label: Message, show: (from: RoiCase) => string): string =>
    formatMessage(words.row, locale, {
      label: label[locale],
      pessimistic: show(scenarios.pessimistic),
      standard: show(scenarios.standard),
      optimistic: show(scenarios.optimistic),
    })
  const or = (value: number | null, reason: NoAnswer | null, show: (value: number) => string): string => {
    if (value !== null) return show(value)
    return reason === null ? 'n/a' : reportRoiMessages[`noAnswer.${reason}`][locale]
  }
  const money = (value: number | null): string => amount(value, locale, currency)
  const percent = (value: number): string =>
    new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value)
  const years = (value: number): string =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value)
  return [
    row(words.npv, ({ npv, noAnswers }) => or(npv, noAnswers.npv, money)),
    row(words.irr, ({ irr, noAnswers }) => or(irr, noAnswers.irr, percent)),
    row(words.roi, ({ roi, noAnswers }) => or(roi, noAnswers.roi, percent)),
    row(words.payback, ({ payback, noAnswers }) => or(payback, noAnswers.payback, years)),
    row(words.discountedPayback, ({ discountedPayback, noAnswers }) =>
      or(discountedPayback, noAnswers.discountedPayback, years),
    ),
    row(words.savings, ({ savings }) => money(savings)),
    row(words.tcoBaseline, ({ baseline }) => money(baseline.tco)),
    row(words.tcoCandidate, ({ candidate }) => money(candidate.tco)),
    row(words.devicesBaseline, ({ sizing }) => amount(sizing.baseline.devices, locale)),
    row(words.devicesCandidate, ({ sizing }) => amount(sizing.candidate.devices, locale)),
    row(words.co2, ({ co2SavedKg }) => amount(co2SavedKg, locale)),
    volumes.some(({ npv }) => npv !== null)
      ? breakEvenLine(breakEven, locale)
      : words.breakEvenUnknown[locale],
    ...unservedArms(scenarios.standard).map((arm) =>
      formatMessage(words.cannotServe, locale, { arm: arm[locale] }),
    ),
  ]
}

const unservedArms = ({ sizing: { baseline, candidate } }: RoiCase): readonly Message[] => [
  ...(baseline.batch === null ? [words.baseline] : []),
  ...(candidate.batch === null ? [words.thisCandidate] : []),
]

function breakEvenLine(breakEven: RoiCandidate['breakEven'], locale: Locale): string {
  switch (breakEven.kind) {
    case 'at':
      return formatMessage(words.breakEvenAt, locale, {
        requests: amount(breakEven.requestsPerMonth, locale),
      })
    case 'always':
      return words.breakEvenAlways[locale]
    case 'never':
      return words.breakEvenNever[locale]
  }
}

/** Whole units; "n/a" for what has no value. */
const amount = (value: number | null, locale: Locale, currency?: string): string =>
  value === null
    ? 'n/a'
    : new Intl.NumberFormat(locale, {
        maximumFractionDigits: 0,
        ...(currency === undefined ? {} : { style: 'currency', currency }),
      }).format(value)
