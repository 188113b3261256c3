import { localizeWarning } from '../../shared/messages/warnings.ts'
import type { ArmResult, Figure, Results } from '../../shared/results.ts'
import {
  amountText,
  assumptionOf,
  isMissing,
  isPositive,
  liveOf,
  mainCandidate,
  type Money,
  placeInMoney,
  standingOf,
} from './decisions.ts'
import { baselineOf, candidatesOf, measuredDevice, slowerContexts } from './figures.ts'
import { either, literal, liveMessage, numberText, textCell } from './live-text.ts'
import { unconfirmedCell } from './money/unconfirmed.ts'
import { deviceRatios } from './risks/plan-risks.ts'
import { unstableContexts } from './risks/run-risks.ts'
import type { Block, Tone } from './sheet-model.ts'
import type { Words } from './words.ts'

/** More would push the page over its edge; the rest is on the sheets of risks and conditions. */
const SHOWN_LINES = 7

/** The bad news, the worst first; what weakens the result; what is missing. */
export function attention(results: Results, money: Money | null, words: Words): Block[] {
  const lines = [
    ...measurementLines(results, words),
    ...candidateLines(results, words),
    ...moneyLines(results, money, words),
    ...carryingLines(results, money, words),
    ...results.warnings
      .filter(({ code }) => code !== 'comparison/self-check-failed')
      .map((warning) => line(localizeWarning(warning, words.locale), 'caution')),
    line(words(money === null ? 'attention.energyPlain' : 'attention.energy'), 'caution'),
    line(words('attention.training'), 'muted'),
  ]
  // What asks for action is never left out.
  const urgent = lines.findLastIndex((one) => 'tone' in one && one.tone === 'bad') + 1
  const shown = Math.max(SHOWN_LINES, urgent + 1)
  if (lines.length <= shown) return lines
  const more = words('attention.more', {
    count: lines.length - shown + 1,
    risks: words('sheet.risks'),
    conditions: words('sheet.conditions'),
  })
  return [...lines.slice(0, shown - 1), line(more, 'caution')]
}

const line = (text: string, tone: Tone): Block => ({ kind: 'paragraph', text, tone })

function measurementLines({ selfCheck }: Results, words: Words): Block[] {
  if (selfCheck.passed || selfCheck.windows === 0) return []
  return [line(words('attention.selfCheck', { difference: selfCheck.maxAbsoluteDifference }), 'bad')]
}

function candidateLines(results: Results, words: Words): Block[] {
  return candidatesOf(results).flatMap(({ id: candidate }): Block[] => {
    const slower = slowerContexts(results, candidate)
    return [
      ...(standingOf(results, candidate) === 'worse'
        ? [line(words('attention.worse', { candidate }), 'bad')]
        : []),
      ...(slower.length > 0
        ? [
            line(
              words('attention.slower', { candidate, contexts: slower.map(words.count).join(', ') }),
              'bad',
            ),
          ]
        : []),
    ]
  })
}

/** What the amounts are carried over: from another device, to other lengths, from timings that vary. */
function carryingLines(results: Results, money: Money | null, words: Words): Block[] {
  const unstable = unstableContexts(results, words).map(({ arm, contexts }) =>
    line(words('risk.timing.evidence', { arm, contexts: contexts.join(', ') }), 'bad'),
  )
  const onCpu = results.environment.providerUsed === 'cpu'
  const device = measuredDevice(results)
  if (money === null)
    return onCpu ? [line(words('risk.device.cpu', { device }), 'bad'), ...unstable] : unstable
  const { rates, lengths } = money.report.result.provenance
  const measured = words(onCpu ? 'risk.device.cpu' : 'risk.device.gpu', { device })
  const carried: Block = {
    kind: 'live-paragraph',
    tone: onCpu ? 'bad' : 'caution',
    cell: textCell(
      liveMessage('{measured}{gap}{ratios}', {
        measured,
        gap: words.gap,
        ratios: deviceRatios(money, words),
      }),
    ),
  }
  const contexts = results.run.contexts.map(words.count).join(', ')
  const extrapolated: Block = {
    kind: 'live-paragraph',
    tone: 'bad',
    cell: textCell(
      liveMessage(words('attention.lengths'), {
        input: numberText(assumptionOf(money, 'inputTokens'), '#,##0'),
        output: numberText(assumptionOf(money, 'outputTokens'), '#,##0'),
        contexts,
      }),
    ),
  }
  return [
    ...(onCpu || rates === 'estimated' ? [carried] : []),
    ...(lengths === 'extrapolated' ? [extrapolated] : []),
    ...unstable,
  ]
}

function moneyLines(results: Results, money: Money | null, words: Words): Block[] {
  if (money === null) return [withoutMoney(results, words)]
  const { result } = money.report
  const main = mainCandidate(results, money)
  const place = main === undefined ? null : placeInMoney(money, main.id)
  return [
    ...(main === undefined || place === null ? [] : [returnLine(main.id, place, money, words)]),
    ...result.excluded.map(({ id: candidate, reason }) =>
      line(words(`attention.excluded.${reason}`, { candidate }), 'caution'),
    ),
    { kind: 'live-paragraph', cell: unconfirmedCell(money.report, money.words), tone: 'caution' },
  ]
}

/** Why there are no amounts: what a return is computed from was not measured, or nobody asked for them. */
function withoutMoney(results: Results, words: Words): Block {
  const [baseline, candidates] = [baselineOf(results), candidatesOf(results)]
  const lacks = (arm: ArmResult): readonly ('speed' | 'memory')[] => [
    ...(arm.speed.some(({ ttftMs, tpotMs }) => isKnown(ttftMs) && isKnown(tpotMs)) ? [] : ['speed' as const]),
    ...(isKnown(arm.memory.weightsBytes) ? [] : ['memory' as const]),
  ]
  const everyCandidate = (kind: 'speed' | 'memory'): boolean =>
    candidates.every((candidate) => lacks(candidate).includes(kind))
  const missing = (['speed', 'memory'] as const).filter(
    (kind) => lacks(baseline).includes(kind) || everyCandidate(kind),
  )
  if (missing.length === 0) return line(words('attention.noMoney'), 'caution')
  const what = missing.map((kind) => words(`attention.notMeasured.${kind}`)).join(words('list'))
  return line(words('attention.notMeasured', { what }), 'bad')
}

const isKnown = ({ value }: Figure): boolean => value !== null && value > 0

/** How the net present value stands when things go badly; follows what the reader changes. */
function returnLine(candidate: string, place: number, money: Money, words: Words): Block {
  const [standard, pessimistic] = [liveOf(money, place, 'npv'), liveOf(money, place, 'npv', 'pessimistic')]
  const amount = (live: typeof standard) => amountText(live, money, words.locale)
  const unknown = literal(words('attention.npv.unknown', { candidate }))
  const negative = liveMessage(words('attention.npv.negative'), {
    candidate,
    npv: amount(standard),
    horizon: numberText(assumptionOf(money, 'horizon'), '#,##0'),
  })
  const [robust, fragile] = (['robust', 'pessimistic'] as const).map((key) =>
    liveMessage(words(`attention.npv.${key}`), { candidate, npv: amount(pessimistic) }),
  )
  const positive = either(isPositive(pessimistic), (pessimistic.value ?? 0) > 0, robust!, fragile!)
  const known = either(isPositive(standard), (standard.value ?? 0) > 0, positive, negative)
  return {
    kind: 'live-paragraph',
    tone: Math.min(standard.value ?? 0, pessimistic.value ?? 0) > 0 ? 'muted' : 'bad',
    cell: textCell(
      either(
        ['OR(', ...isMissing(standard), ',', ...isMissing(pessimistic), ')'],
        standard.value === null || pessimistic.value === null,
        unknown,
        known,
      ),
    ),
  }
}
