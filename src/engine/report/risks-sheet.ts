import type { Results } from '../../shared/results.ts'
import type { Money } from './decisions.ts'
import { type LiveText, textCell } from './live-text.ts'
import { planRisks } from './risks/plan-risks.ts'
import type { State } from './risks/risk.ts'
import { runRisks } from './risks/run-risks.ts'
import { type Cell, empty, type SheetModel, text, type Tone } from './sheet-model.ts'
import type { Words } from './words.ts'

/** What can go wrong, with what this run says about it; who takes care is for the company to say. */
export function risksSheet(results: Results, money: Money | null, words: Words): SheetModel {
  const risks = [...runRisks(results, words), ...planRisks(results, money, words)]
  return {
    name: words('sheet.risks'),
    widths: [26, 11, 62, 42, 50, 18],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.risks') },
      { kind: 'paragraph', text: words('risks.intro'), tone: 'muted' },
      { kind: 'paragraph', text: words('provenance.legend'), tone: 'muted' },
      {
        kind: 'table',
        columns: (
          ['risk', 'risk.state', 'risk.evidence', 'risk.impact', 'risk.measure', 'risk.owner'] as const
        ).map((key) => ({ header: words(key), align: 'left' })),
        rows: risks.map(({ key, state, evidence, measure }) => [
          text(words(`risk.${key}`), { bold: true }),
          typeof state === 'string'
            ? text(words(`state.${state}`), { tone: STATE_TONES[state] })
            : textCell(state),
          said(evidence),
          text(words(`risk.${key}.impact`)),
          said(measure ?? words(`risk.${key}.measure`)),
          empty,
        ]),
        toneRules: (['act', 'check', 'clear'] as const).map((state) => ({
          text: words(`state.${state}`),
          tone: STATE_TONES[state],
        })),
      },
    ],
  }
}

const said = (one: LiveText | string): Cell => (typeof one === 'string' ? text(one) : textCell(one))

const STATE_TONES: Readonly<Record<State, Tone>> = { act: 'bad', check: 'caution', clear: 'good' }
