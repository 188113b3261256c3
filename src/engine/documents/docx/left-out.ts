import type { ReadStep } from '../../../shared/documents.ts'
import type { XmlAttributes } from '../xml/parse-xml.ts'

/** Properties and former properties, in which names of visible elements mean other things. */
const PROPERTIES: ReadonlySet<string> = new Set([
  'm:ctrlPr',
  'w:ffData',
  'w:numberingChange',
  'w:pPrChange',
  'w:rPrChange',
  'w:rubyPr',
  'w:sdtEndPr',
  'w:sdtPr',
  'w:sectPrChange',
  'w:tblGridChange',
  'w:tblPr',
  'w:tblPrEx',
  'w:tcPrChange',
  'w:trPrChange',
])

/** Elements in which a deletion is that of the element's own mark. */
const MARKED: ReadonlySet<string> = new Set(['w:rPr', 'w:trPr', 'w:numPr'])

/** Whether an element is left out with all that it holds, and the step that this is. */
export function leftOut(
  name: string,
  parent: string | undefined,
  attributes: XmlAttributes,
): { readonly step: ReadStep | undefined } | undefined {
  if (PROPERTIES.has(name)) return { step: undefined }
  if (name === 'w:rt') return { step: 'ruby-readings' }
  if ((name === 'w:del' || name === 'w:moveFrom') && !MARKED.has(parent ?? ''))
    return { step: 'deleted-text' }
  const isNote = name === 'w:footnote' || name === 'w:endnote'
  // Separators are notes, too, by their form.
  if (isNote && (attributes['w:type'] ?? 'normal') !== 'normal') return { step: undefined }
  return undefined
}
