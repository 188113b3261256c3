import { describe, expect, it } from 'vitest'

import type { Money } from '../../../src/engine/report/decisions.ts'
import { moneyReport } from '../../../src/engine/report/money/money-report.ts'
import { moneyWordsFor } from '../../../src/engine/report/money/money-words.ts'
import { recommendationTable } from '../../../src/engine/report/recommendation.ts'
import type { Cell, Reference, SheetModel } from '../../../src/engine/report/sheet-model.ts'
import { summarySheet } from '../../../src/engine/report/summary-sheet.ts'
import { wordsFor } from '../../../src/engine/report/words.ts'
import { calculateRoi, roiInputs } from '../../../src/engine/roi/index.ts'
import type { Locale } from '../../../src/shared/messages/index.ts'
import type { Results } from '../../../src/shared/results.ts'
import { assumptionSet } from '../roi/fixtures.ts'
import { type CandidateCase, KEPT, runCase, UNDECIDED, WORSE } from './report-cases.ts'

/** Migration that no saving of these cases pays for. */
const COSTLY = { migrationCost: 100_000_000_000 }

function moneyOf(results: Results, locale: Locale, changed: Parameters<typeof assumptionSet>[0] = {}): Money {
  const inputs = roiInputs(results, assumptionSet(changed))
  return { report: moneyReport(inputs, calculateRoi(inputs)), words: moneyWordsFor(locale, 'JPY') }
}

const npvOf = ({ report }: Money, place: number): number =>
  report.result.candidates[place]!.scenarios.standard.npv!
const unconfirmedOf = ({ report }: Money): number => report.result.unconfirmed.length
const yen = (amount: number): string => `${Math.round(amount).toLocaleString('en')} 円`

const referencesOf = (cell: Cell): readonly Reference[] =>
  cell.kind === 'formula' ? cell.formula.filter((part) => typeof part !== 'string') : []

function shown(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return cell.text
    case 'number':
      return String(cell.value)
    case 'formula':
      return String(cell.result)
    case 'missing':
      return 'n/a'
    default:
      return ''
  }
}

/** The page's sentences, in order, without its tables and figures. */
function sentences({ blocks }: SheetModel): string[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
        return [block.text]
      case 'live-paragraph':
        return [shown(block.cell)]
      case 'facts':
        return block.rows.map(([, value]) => value)
      default:
        return []
    }
  })
}

const tableOf = ({ blocks }: SheetModel): string[][] =>
  blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map((row) => row.map(shown)) : []))

const figuresOf = ({ blocks }: SheetModel): { label: string; value: string; note: string }[] =>
  blocks.flatMap((block) =>
    block.kind === 'figures'
      ? block.figures.map(({ label, cell, note }) => ({ label, value: shown(cell), note }))
      : [],
  )

const page = (
  candidates: readonly CandidateCase[],
  locale: Locale,
  changed?: Parameters<typeof assumptionSet>[0],
) => {
  const results = runCase(candidates)
  const money = changed === undefined ? null : moneyOf(results, locale, changed)
  return { results, money, sheet: summarySheet(results, money, wordsFor(locale)) }
}

describe('the page that decides', () => {
  it('recommends a candidate that keeps quality and pays', () => {
    const { sheet, money } = page([KEPT], 'ja', {})
    const npv = npvOf(money!, 0)
    expect(npv).toBeGreaterThan(0)
    expect(sentences(sheet)).toContain(
      `候補「gqa-8」への置き換えを、次の段階へ進めることを推奨しますが、前提条件 ${unconfirmedOf(money!)} 件が未確認のため、仮の結論です。品質は保たれており、5 年間の正味現在価値（NPV）は ${yen(npv)} です。`,
    )
    expect(figuresOf(sheet).map(({ label }) => label)).toEqual([
      '品質は保たれるか',
      '正味現在価値（NPV、円）',
      '回収期間（年）',
    ])
    expect(figuresOf(sheet)[1]!.value).toBe(String(npv))
    expect(tableOf(sheet)[1]!.at(-1)).toBe('進める')
  })

  it('says plainly that a candidate which keeps quality does not pay', () => {
    const { sheet, money } = page([KEPT], 'ja', COSTLY)
    const npv = yen(npvOf(money!, 0))
    expect(npv).toMatch(/^-/)
    expect(sentences(sheet)).toContain(
      `候補「gqa-8」の品質は保たれていますが、この前提条件では採算が合いません。5 年間の正味現在価値（NPV）は ${npv} です。前提条件が変わらない限り、置き換えは推奨しません。`,
    )
    expect(sentences(sheet)).toContain(
      `候補「gqa-8」の NPV は標準シナリオで ${npv} です。5 年間では投資を回収できません。`,
    )
    expect(tableOf(sheet)[1]!.at(-1)).toBe('採算が合わない')
    expect(figuresOf(sheet)[2]!.value).toBe('評価期間内に回収できません')
  })

  it('refuses a candidate that lost quality, whatever it saves', () => {
    const { sheet, money } = page([WORSE], 'en', {})
    expect(npvOf(money!, 0)).toBeGreaterThan(0)
    expect(sentences(sheet)).toEqual(
      expect.arrayContaining([
        'Do not replace the baseline with candidate "gqa-1". Quality is worse beyond the margin, and no savings change that.',
        'Negative log-likelihood (nll) differs by +4.13% (95 % interval +3.42% to +4.88%). The whole interval lies beyond the margin of +1%: candidate "gqa-1" is worse than the baseline on these documents. Replacing it as it stands is not advised.',
        'Candidate "gqa-1" lost quality beyond the margin.',
        'Candidate "gqa-1" was slower than the baseline at context length 512, 2,048 (TPOT).',
      ]),
    )
    expect(tableOf(sheet)[1]!.at(-1)).toBe('Do not replace')
  })

  it('decides nothing where quality is undecided, and asks for documents', () => {
    const { sheet } = page([UNDECIDED], 'ja', {})
    expect(sentences(sheet)).toEqual(
      expect.arrayContaining([
        '候補「gqa-4」に置き換えられるかは、まだ判断できません。費用が削減できるというだけでは、置き換えを判断できません。評価する文書を増やし、同じ許容差で再評価してください。',
        '1. 評価する文書を増やす。 2. 候補を追加で蒸留する。 3. 許容差は変えずに再評価する。',
      ]),
    )
    expect(tableOf(sheet)[1]!.at(-1)).toBe('判断できない')
  })

  it('shows memory, time and quality where there is no money, and says so', () => {
    const { sheet } = page([KEPT], 'en')
    expect(sentences(sheet)).toEqual(
      expect.arrayContaining([
        'Candidate "gqa-8" keeps quality and is technically sound. This report holds no return on investment, so whether it pays is not judged.',
        'This report holds no return on investment. Write it again with assumptions to see amounts and payback.',
        'Energy was not measured (n/a).',
      ]),
    )
    expect(figuresOf(sheet)).toEqual([
      {
        label: 'Is quality kept?',
        value: 'Quality kept',
        note: 'candidate "gqa-8", Negative log-likelihood (nll) differs by +0.35% (margin +1%); measured',
      },
      {
        label: 'KV cache (context length 8,192)',
        value: '-0.75',
        note: 'candidate "gqa-8", against the baseline; measured',
      },
      {
        label: 'TPOT (context length 8,192)',
        value: '-0.25',
        note: 'candidate "gqa-8", against the baseline; measured',
      },
    ])
    expect(tableOf(sheet).map((row) => row.at(-1))).toEqual(['–', 'Return not judged', ''])
  })

  it('puts three candidates into one table, each with its decision', () => {
    const { sheet, money } = page([UNDECIDED, WORSE, KEPT], 'ja', {})
    const rows = tableOf(sheet)
    expect(rows.map((row) => [...row.slice(0, 5), row.at(-1)])).toEqual([
      ['mha（現状）', '32', '–', '–', '–', '–'],
      ['gqa-4', '4', '判定できず', '0.0092', '+0.31% ~ +1.51%', '判断できない'],
      ['gqa-1', '1', '品質が低下', '0.0413', '+3.42% ~ +4.88%', '置き換えない'],
      ['gqa-8', '8', '品質を維持', '0.0035', '-0.12% ~ +0.81%', '進める'],
      ['区分', '', '', '実測', '実測', ''],
    ])
    const { baseline } = money!.report.result.candidates[0]!.scenarios.standard
    expect(rows[0]![8]).toBe(String(baseline.tco))
    expect(sentences(sheet)).toContain(
      `候補「gqa-8」への置き換えを、次の段階へ進めることを推奨しますが、前提条件 ${unconfirmedOf(money!)} 件が未確認のため、仮の結論です。品質は保たれており、5 年間の正味現在価値（NPV）は ${yen(npvOf(money!, 2))} です。候補「gqa-4」は、品質を判定できていません。候補「gqa-1」は、品質が許容差を超えて低下しました。`,
    )
    expect(sheet.onePage).toBe(true)
  })

  it('follows the money when an assumption changes: the sentence about the best kept candidate is a formula', () => {
    const other: CandidateCase = { ...KEPT, id: 'gqa-2', kvHeads: 2 }
    const { sheet, money, results } = page([KEPT, other], 'en', {})
    const live = sheet.blocks.find((block) => block.kind === 'live-paragraph')!
    expect(referencesOf(live.cell)).toEqual([
      { from: 's.text.0', to: 's.text.1' },
      { from: 's.rank.0', to: 's.rank.1' },
      { from: 's.rank.0', to: 's.rank.1' },
    ])
    const table = recommendationTable(results, money!, wordsFor('en')).find(
      (block) => block.kind === 'table',
    )!
    expect(table.rows.map(([name, , , , rank]) => [name, referencesOf(rank!)])).toEqual([
      [{ kind: 'text', text: 'gqa-8' }, [{ cell: 'c.0.standard.npv' }]],
      [{ kind: 'text', text: 'gqa-2' }, [{ cell: 'c.1.standard.npv' }]],
    ])
  })

  it('says that speed was not measured where no return can be computed', () => {
    const results = runCase([KEPT])
    const arms = results.arms.map((arm) => ({ ...arm, speed: [] }))
    expect(sentences(summarySheet({ ...results, arms }, null, wordsFor('en')))).toContain(
      'Not measured in this run: speed. No return on investment can be computed from it. Run again with speed and memory.',
    )
  })

  it('says that quality was not compared where there is no verdict, and does not ask for documents', () => {
    const results = runCase([KEPT])
    const comparisons = results.comparisons.filter(({ metric }) => metric !== 'nll')
    const sheet = summarySheet({ ...results, comparisons }, null, wordsFor('en'))
    expect(sentences(sheet)).toEqual(
      expect.arrayContaining([
        'Whether candidate "gqa-8" can replace the baseline cannot be decided: this run holds no comparison of quality (nll or bits per byte) with the baseline. Run again with the quality evaluation.',
        '1. Run again with the quality evaluation (nll). 2. Look for the reason among the warnings on the sheet "Conditions". 3. Do not replace the baseline until then.',
      ]),
    )
    expect(tableOf(sheet)[1]!.at(-1)).toBe('Quality not compared')
  })

  it('counts another device and lengths that were not measured among the bad news', () => {
    const results = runCase([KEPT])
    const environment = { ...results.environment, providerUsed: 'cpu' as const, gpus: [] }
    const onCpu = { ...results, environment }
    const texts = sentences(
      summarySheet(onCpu, moneyOf(onCpu, 'en', { inputTokens: 20_000 }), wordsFor('en')),
    )
    expect(texts).toEqual(
      expect.arrayContaining([
        'Speed was measured on a CPU (Example CPU), not on a GPU. The target device is assumed to have 3.0 times the compute and 2.0 times the bandwidth of the measured one.',
        'The assumed lengths (20,000 input and 300 output tokens) lie outside the measured ones (512, 2,048, 8,192): times are extrapolated.',
      ]),
    )
  })

  it('names candidates that are left out of the money', () => {
    const foreign: CandidateCase = { ...KEPT, id: 'other', otherTokenizer: true }
    const { sheet } = page([KEPT, foreign], 'ja', {})
    expect(sentences(sheet)).toContain(
      '候補「other」はトークナイザーがベースラインと異なるため、投資対効果から除きました。',
    )
    const row = tableOf(sheet).find(([candidate]) => candidate === 'other')!
    expect(row.slice(7, 13)).toEqual(Array(6).fill('n/a'))
    expect(row.at(-1)).toBe('採算は未判断')
  })

  it('says where the demand cannot be served at all', () => {
    const { sheet } = page([KEPT], 'en', { deviceMemory: 8 })
    expect(sentences(sheet)).toContain(
      'Candidate "gqa-8" keeps quality, but with the assumed device and latency target the baseline or the candidate cannot serve the demand, so the return cannot be computed. Reconsider the device or the target.',
    )
    expect(figuresOf(sheet)[1]!.value).toBe('cannot be served on this device')
    expect(tableOf(sheet)[1]!.at(-1)).toBe('Cannot be computed')
  })

  it('warns of assumptions that nobody has confirmed, and of energy that was not measured', () => {
    const { sheet } = page([KEPT], 'ja', {})
    const text = sentences(sheet).join('\n')
    expect(text).toContain('既定値のまま')
    expect(text).toContain(
      '消費電力量は測定していません（n/a）。電力費と CO₂ は、前提条件の消費電力からの推計です。',
    )
  })

  it('states the assumptions that matter in a line that follows them', () => {
    const { sheet } = page([KEPT], 'en', {})
    expect(sentences(sheet)).toContain(
      'Assumptions: 400,000 requests a month (1,500 input and 300 output tokens), latency target 30.0 s, horizon 5 years, discount rate 5.0%. Change them on the sheet "Assumptions".',
    )
  })

  it('keeps every text in a formula within what spreadsheets take', () => {
    const long: CandidateCase = { ...KEPT, id: '名'.repeat(400) + '"' }
    const { sheet } = page([long], 'ja', {})
    for (const block of sheet.blocks) {
      const cells =
        block.kind === 'table' ? block.rows.flat() : block.kind === 'live-paragraph' ? [block.cell] : []
      for (const cell of cells) {
        if (cell.kind !== 'formula') continue
        const printed = cell.formula.map((part) => (typeof part === 'string' ? part : 'A1')).join('')
        for (const [literal] of printed.matchAll(/"(?:[^"]|"")*"/g))
          expect(literal.length).toBeLessThanOrEqual(257)
        expect(printed.length).toBeLessThan(8192)
      }
    }
  })

  it('shows at most as many points to watch as the page holds', () => {
    const results = runCase([KEPT])
    const warned = {
      ...results,
      warnings: Array.from({ length: 30 }, (_, index) => ({
        code: 'poc/document-too-short',
        params: { name: `doc${index}` },
        message: '',
      })),
    }
    const texts = sentences(summarySheet(warned, null, wordsFor('en')))
    expect(texts.filter((text) => text.startsWith('Document "doc'))).toHaveLength(5)
    expect(texts).toContain('There are 27 more points; see the sheets "Risks and measures" and "Conditions".')
  })
})
