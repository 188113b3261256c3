import { glossary, type GlossaryGroup, glossaryGroups } from '../../shared/messages/report-glossary.ts'
import { type Block, type SheetModel, text } from './sheet-model.ts'
import type { Words } from './words.ts'

/** Every metric and every term of money with its formula, unit and meaning. */
export function glossarySheet(words: Words): SheetModel {
  return {
    name: words('sheet.glossary'),
    widths: [34, 62, 18, 86],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.glossary') },
      ...(Object.keys(glossaryGroups) as GlossaryGroup[]).flatMap((group): Block[] => [
        { kind: 'heading', text: words.say(glossaryGroups[group]) },
        {
          kind: 'table',
          columns: [
            { header: words('glossary.term'), align: 'left' },
            { header: words('glossary.formula'), align: 'left' },
            { header: words('unit'), align: 'left' },
            { header: words('glossary.meaning'), align: 'left' },
          ],
          rows: glossary[group].map(({ term, formula, unit, meaning }) => [
            text(words.say(term), { bold: true }),
            text(words.say(formula)),
            text(words.say(unit)),
            text(words.say(meaning)),
          ]),
        },
      ]),
    ],
  }
}
