import { describe, expect, it } from 'vitest'

import { reportModel } from '../../../src/engine/report/report-model.ts'
import type {
  Block,
  Cell,
  Reference,
  ReportModel,
  SheetModel,
} from '../../../src/engine/report/sheet-model.ts'
import { writeWorkbook } from '../../../src/engine/report/workbook.ts'
import { roiInputs } from '../../../src/engine/roi/index.ts'
import type { Locale } from '../../../src/shared/messages/index.ts'
import { glossary, glossaryGroups } from '../../../src/shared/messages/report-glossary.ts'
import { reportMessages } from '../../../src/shared/messages/report.ts'
import { assumptionSet } from '../roi/fixtures.ts'
import { type CandidateCase, KEPT, runCase, UNDECIDED, WORSE } from './report-cases.ts'

const report = (
  candidates: readonly CandidateCase[],
  locale: Locale,
  changed: Parameters<typeof assumptionSet>[0] | null,
): ReportModel => {
  const results = runCase(candidates)
  return reportModel(results, locale, changed === null ? null : roiInputs(results, assumptionSet(changed)))
}

const sheetOf = ({ sheets }: ReportModel, name: string): SheetModel => {
  const sheet = sheets.find((one) => one.name === name)
  expect(sheet, name).toBeDefined()
  return sheet!
}

const shown = (cell: Cell): string | number | null => {
  switch (cell.kind) {
    case 'text':
      return cell.text
    case 'number':
      return cell.value
    case 'formula':
      return cell.result
    case 'input':
      return cell.value
    case 'missing':
      return 'n/a'
    case 'empty':
      return null
  }
}

const tablesOf = ({ blocks }: SheetModel): (string | number | null)[][][] =>
  blocks.flatMap((block) => (block.kind === 'table' ? [block.rows.map((row) => row.map(shown))] : []))

const cellsOf = (block: Block): readonly Cell[] => {
  switch (block.kind) {
    case 'table':
      return block.rows.flat()
    case 'live-paragraph':
      return [block.cell]
    case 'figures':
      return block.figures.map(({ cell }) => cell)
    default:
      return []
  }
}

const idsIn = (reference: Reference): string[] =>
  'cell' in reference ? [reference.cell] : [reference.from, reference.to]

describe('the report', () => {
  it('has its sheets in the order in which they are read', () => {
    expect(report([KEPT], 'ja', {}).sheets.map(({ name }) => name)).toEqual([
      '要約',
      '投資対効果',
      '前提条件',
      '感度分析',
      '品質比較',
      '性能・資源',
      '容量計画',
      'リスクと対策',
      '測定条件',
      '生データ',
      '用語集',
      '計算',
    ])
    expect(report([KEPT], 'en', null).sheets.map(({ name }) => name)).toEqual([
      'Summary',
      'Quality',
      'Speed and resources',
      'Capacity',
      'Risks and measures',
      'Conditions',
      'Raw values',
      'Glossary',
    ])
  })

  it('refers to cells that are there, each called by one name', () => {
    for (const changed of [null, {}]) {
      const blocks = report([KEPT, UNDECIDED, WORSE], 'en', changed).sheets.flatMap((sheet) => sheet.blocks)
      const cells = blocks.flatMap(cellsOf)
      const ids = cells.flatMap(({ id }) => (id === undefined ? [] : [id]))
      expect(new Set(ids).size).toBe(ids.length)
      const references = [
        ...cells.flatMap((cell) => (cell.kind === 'formula' ? cell.formula : [])),
        ...blocks.flatMap((block) =>
          block.kind === 'chart' ? block.series.flatMap(({ reference: { name, x, y } }) => [name, x, y]) : [],
        ),
      ].flatMap((part) => (typeof part === 'string' ? [] : idsIn(part)))
      const known = new Set(ids)
      const missing = references.filter((id) => !known.has(id))
      expect([...new Set(missing)]).toEqual([])
    }
  })

  it('shows in charts what the cells hold', () => {
    const { sheets } = report([KEPT, WORSE], 'en', null)
    const cells = new Map(
      sheets
        .flatMap((sheet) => sheet.blocks)
        .flatMap(cellsOf)
        .flatMap((cell) => (cell.id === undefined ? [] : [[cell.id, shown(cell)] as const])),
    )
    const charts = sheets.flatMap((sheet) => sheet.blocks).filter((block) => block.kind === 'chart')
    expect(charts.map(({ title }) => title)).toEqual([
      'Nll by position (lower is better)',
      'KV cache by context length (one sequence)',
      'Nll by position (lower is better)',
      'Difference of nll by position (below 0: candidate better)',
      'KV cache by context length (one sequence)',
      'Time per output token by context length',
      'Time to first token by context length',
    ])
    for (const { series, title } of charts) {
      const arms = title.startsWith('Difference') ? ['gqa-8', 'gqa-1'] : ['mha', 'gqa-8', 'gqa-1']
      expect(series.map(({ name }) => name)).toEqual(arms)
      for (const { name, x, y, reference } of series) {
        const ends = (of: Reference) => idsIn(of).map((id) => cells.get(id))
        expect(ends(reference.name)).toEqual([name])
        expect(ends(reference.x)).toEqual([x[0], x.at(-1)])
        expect(ends(reference.y)).toEqual([y[0], y.at(-1)])
      }
    }
  })

  it('draws a series no further than it was measured', () => {
    const results = runCase([KEPT])
    const [baseline, ...others] = results.arms
    const speed = baseline!.speed.with(2, {
      ...baseline!.speed[2]!,
      tpotMs: { value: null, unit: 'ms', provenance: 'unavailable' },
    })
    const model = reportModel({ ...results, arms: [{ ...baseline!, speed }, ...others] }, 'en', null)
    const chart = sheetOf(model, 'Speed and resources').blocks.find(
      (block) => block.kind === 'chart' && block.title.startsWith('Time per output'),
    )
    expect(chart?.kind === 'chart' ? chart.series.map(({ x, y }) => [x, y]) : []).toEqual([
      [
        [512, 2048],
        [60, 66],
      ],
      [
        [512, 2048, 8192],
        [60 * 0.97, 66 * 0.9, 90 * 0.75],
      ],
    ])
  })
})

describe('speed and resources', () => {
  it('says n/a, with the reason, for energy that was not measured', () => {
    const energy = tablesOf(sheetOf(report([KEPT], 'en', null), 'Speed and resources')).at(-1)
    expect(energy).toEqual(
      ['mha', 'gqa-8'].map((arm) => [
        arm,
        'Energy per token',
        null,
        'n/a',
        'n/a',
        'n/a',
        'J/token',
        null,
        'n/a',
        'power was not measured in this run',
      ]),
    )
  })
})

describe('capacity', () => {
  it('tells the KV cache, and without assumptions nothing about devices', () => {
    const sheet = sheetOf(report([KEPT], 'en', null), 'Capacity')
    expect(tablesOf(sheet)).toEqual([
      [
        ['mha', 512, 256, 256, 0, 'measured'],
        ['mha', 2048, 1024, 1024, 0, 'measured'],
        ['mha', 8192, 4096, 4096, 0, 'measured'],
        ['gqa-8', 512, 64, 64, 0, 'measured'],
        ['gqa-8', 2048, 256, 256, 0, 'measured'],
        ['gqa-8', 8192, 1024, 1024, 0, 'measured'],
      ],
    ])
  })

  it('tells how many sequences fit beside the weights', () => {
    const [kv, sizing] = tablesOf(
      sheetOf(report([KEPT], 'en', { deviceMemory: 80, memoryReserve: 0.1 }), 'Capacity'),
    )
    const free = (weights: number): number => 80 * 2 ** 30 * 0.9 - weights
    expect(kv!.map((row) => row.slice(6))).toEqual(
      [
        ...[512, 2048, 8192].map((context) => free(14e9) / (524_288 * context)),
        ...[512, 2048, 8192].map((context) => free(13e9) / (131_072 * context)),
      ].map((fitting) => [Math.floor(fitting), 'estimated']),
    )
    // 1,500 + 300 tokens of 524,288 bytes.
    expect(sizing!.find(([item]) => item === 'KV cache of one sequence')).toEqual([
      'KV cache of one sequence',
      'MiB',
      900,
      225,
      'estimated',
    ])
  })
})

describe('risks', () => {
  const rows = (model: ReportModel): (string | number | null)[][] =>
    tablesOf(sheetOf(model, 'Risks and measures'))[0]!

  it('states of each what this run says about it, and leaves the owner blank', () => {
    const table = rows(report([KEPT, WORSE], 'en', {}))
    expect(table.map(([risk, state]) => [risk, state])).toEqual([
      ['Loss of quality', 'Act'],
      ['Too few or one-sided documents', 'Check'],
      ['Differences other than heads', 'Check'],
      ['Fault of the measurement', 'Clear'],
      ['No gain in speed', 'Act'],
      ['Unstable measurement', 'Clear'],
      ['Measured on another device', 'Check'],
      ['Lengths outside the measured ones', 'Check'],
      ['Batching gains less than estimated', 'Check'],
      ['The investment does not pay', 'Clear'],
      ['Unconfirmed assumptions', 'Act'],
      ['Candidates left out', 'Clear'],
      ['Energy not measured', 'Check'],
    ])
    expect(table[0]![2]).toBe(
      'gqa-8: Quality kept (Negative log-likelihood (nll) differs by +0.35%, 95 % interval -0.12% to +0.81%, margin +1%)\n' +
        'gqa-1: Quality worse (Negative log-likelihood (nll) differs by +4.13%, 95 % interval +3.42% to +4.88%, margin +1%)',
    )
    expect(table.map((row) => row.at(-1))).toEqual(table.map(() => null))
  })

  it('asks to check speed where a mean is longer or timings vary, with the facts', () => {
    const results = runCase([{ ...KEPT, speed: [1.004, 0.9, 0.75] }])
    const [baseline, ...others] = results.arms
    const speed = baseline!.speed.with(1, { ...baseline!.speed[1]!, unstable: true })
    const model = reportModel({ ...results, arms: [{ ...baseline!, speed }, ...others] }, 'en', null)
    expect(
      rows(model)
        .find(([name]) => name === 'No gain in speed')!
        .slice(1, 3),
    ).toEqual([
      'Check',
      'gqa-8: slower than the baseline by the mean (Time per output token (TPOT) @ 512 +0.40%)\n' +
        'mha: speed unstable at context length 2,048',
    ])
  })

  it('calls out a return that is negative, lengths that were not measured and a run on a processor', () => {
    const results = runCase([KEPT])
    const onCpu = {
      ...results,
      environment: { ...results.environment, providerUsed: 'cpu' as const, gpus: [] },
    }
    const inputs = roiInputs(onCpu, assumptionSet({ migrationCost: 1e11, inputTokens: 20_000 }))
    const table = rows(reportModel(onCpu, 'en', inputs))
    const of = (risk: string) => table.find(([name]) => name === risk)!.slice(1, 3)
    expect(of('The investment does not pay')[0]).toBe('Act')
    expect(of('Lengths outside the measured ones')).toEqual([
      'Act',
      'Assumed: 20,000 input and 300 output tokens; measured context lengths: 512, 2,048, 8,192 (extrapolated).',
    ])
    expect(of('Measured on another device')).toEqual([
      'Act',
      'Speed was measured on a CPU (Example CPU), not on a GPU.\nSpeeds on the target device are estimated by the ratio of data sheet figures (roofline). The target device is assumed to have 3.0 times the compute and 2.0 times the bandwidth of the measured one.',
    ])
  })
})

describe('names', () => {
  it('of any length are shortened in what a spreadsheet computes, told apart, and stand in full once', async () => {
    const long = (last: string): CandidateCase => ({ ...KEPT, id: `${'名'.repeat(40_000)}${last}` })
    const results = runCase([long('a'), long('b'), long('c')])
    const model = reportModel(results, 'ja', roiInputs(results, assumptionSet({})))
    const short = `${'名'.repeat(59)}…`
    const shownIds = [short, `${short} (2)`, `${short} (3)`]
    const cells = model.sheets.flatMap(({ blocks }) => blocks.flatMap(cellsOf))
    const choice = cells.find(({ id }) => id === 'a.candidate')!
    expect(choice).toMatchObject({ allowed: { kind: 'choice', among: shownIds } })
    for (const cell of cells) {
      if (cell.kind !== 'formula') continue
      const printed = cell.formula
        .map((part) => (typeof part === 'string' ? part : '計算!$AAA$1234'))
        .join('')
      expect(printed.length).toBeLessThan(8192)
    }
    const full = sheetOf(model, '測定条件').blocks.flatMap((block) =>
      block.kind === 'facts' ? block.rows.filter(([label]) => shownIds.includes(label)) : [],
    )
    expect(full.slice(-3)).toEqual(shownIds.map((name, place) => [name, results.arms[place + 1]!.id]))
    expect((await writeWorkbook(model)).length).toBeGreaterThan(0)
  })
})

describe('words', () => {
  it('are complete in both languages, with the same holes', () => {
    const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()
    for (const [key, { ja, en }] of Object.entries(reportMessages)) {
      expect(ja, key).not.toBe('')
      expect(en, key).not.toBe('')
      expect(holes(ja), key).toEqual(holes(en))
    }
  })

  it('leave no hole open in any report', () => {
    for (const locale of ['ja', 'en'] as const) {
      for (const changed of [null, {}, { deviceMemory: 8 }]) {
        const texts = report([KEPT, UNDECIDED, WORSE], locale, changed).sheets.flatMap(({ blocks }) =>
          blocks.flatMap((block) => JSON.stringify(block)),
        )
        expect(texts.filter((text) => /\{(?!")\w+\}/.test(text))).toEqual([])
      }
    }
  })

  it('explain every term with meaning in both languages, each once', () => {
    for (const group of Object.keys(glossaryGroups) as (keyof typeof glossaryGroups)[]) {
      const terms = glossary[group].map(({ term }) => term.ja)
      expect(new Set(terms).size).toBe(terms.length)
      for (const { term, meaning } of glossary[group]) {
        expect(term.en).not.toBe('')
        expect(meaning.ja).toMatch(/。$/)
        expect(meaning.en).toMatch(/\.$/)
      }
    }
    const named = Object.values(glossary)
      .flat()
      .map(({ term }) => `${term.ja} ${term.en}`)
      .join('\n')
    for (const term of [
      'NPV',
      'IRR',
      'TCO',
      '回収期間',
      '割引率',
      'KVキャッシュ',
      'GQA',
      'TTFT',
      'TPOT',
      'nll',
      'ビット/バイト',
      'パープレキシティ',
      '非劣性',
      '95 % 区間',
      'PUE',
      'CO₂ 排出係数',
    ])
      expect(named).toContain(term)
  })
})
