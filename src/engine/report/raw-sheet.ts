import type { Results } from '../../shared/results.ts'
import { number, type SheetModel, text } from './sheet-model.ts'
import type { Words } from './words.ts'

/** The values behind the intervals: nll per document and arm. Names only, never document text. */
export function rawSheet(results: Results, words: Words): SheetModel {
  return {
    name: words('sheet.raw'),
    widths: [52, 12, 12, 14, ...results.arms.map(() => 20), 12, 78],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('raw.documents') },
      {
        kind: 'table',
        columns: [
          { header: words('document'), align: 'left' },
          { header: words('bytes'), align: 'right' },
          { header: words('characters'), align: 'right' },
          { header: words('tokens'), align: 'right' },
          ...results.arms.map(({ id }) => ({
            header: words('raw.nll', { arm: id }),
            align: 'right' as const,
          })),
          { header: words('provenance'), align: 'left' },
          { header: 'SHA-256', align: 'left' },
        ],
        rows: results.documents.map((document) => [
          text(document.name),
          number(document.bytes, 'integer'),
          number(document.characters, 'integer'),
          number(document.scores[results.arms[0]?.id ?? '']?.tokens ?? null, 'integer'),
          ...results.arms.map(({ id }) => {
            const score = document.scores[id]
            return number(
              score === undefined || score.tokens === 0 ? null : score.nllSum / score.tokens,
              'decimal6',
            )
          }),
          text(words('provenance.measured'), { tone: 'muted' }),
          text(document.sha256),
        ]),
      },
    ],
  }
}
