import type { Live } from './money/live.ts'
import { type Formula, type FormulaCell, quoted } from './sheet-model.ts'

/** A text that a formula writes, and what it gives. */
export interface LiveText {
  readonly formula: Formula
  readonly result: string
}

/** Longest text that a formula may hold in one piece, less room for doubled quotes. */
const LITERAL_LIMIT = 120

/** A text that stays as it is, as part of a formula. */
export function literal(text: string): LiveText {
  const pieces = text.match(new RegExp(`[\\s\\S]{1,${LITERAL_LIMIT}}`, 'gu')) ?? ['']
  return { formula: [pieces.map(quoted).join('&')], result: text }
}

/**
 * A message with live values in its holes.
 *
 * @param message with `{name}` where a parameter stands; one that is not given is left as it stands
 */
export function liveMessage(
  message: string,
  params: Readonly<Record<string, string | number | LiveText>>,
): LiveText {
  const parts = message.split(/\{(\w+)\}/).flatMap((piece, index): LiveText[] => {
    if (index % 2 === 0) return piece === '' ? [] : [literal(piece)]
    const param = params[piece] ?? `{${piece}}`
    return [typeof param === 'object' ? param : literal(String(param))]
  })
  return {
    formula: parts.flatMap(({ formula }, index) => (index === 0 ? formula : ['&', ...formula])),
    result: parts.map(({ result }) => result).join(''),
  }
}

/** `IF(condition, then, otherwise)`; `holds` tells what the condition gives now. */
export const either = (
  condition: Formula,
  holds: boolean,
  then: LiveText,
  otherwise: LiveText,
): LiveText => ({
  formula: ['IF(', ...condition, ',', ...then.formula, ',', ...otherwise.formula, ')'],
  result: (holds ? then : otherwise).result,
})

/** A number as text, as spreadsheets write it in a format. */
export const numberText = ({ formula, value }: Live, format: keyof typeof FORMATS): LiveText => ({
  // Rounded first: a spreadsheet writes −0.4 as "-0".
  formula:
    format === '#,##0' ? ['TEXT(ROUND(', ...formula, ',0),"#,##0")'] : ['TEXT(', ...formula, `,"${format}")`],
  result: value === null ? 'n/a' : FORMATS[format].format(value),
})

const FORMATS = {
  '#,##0': new Intl.NumberFormat('en', { maximumFractionDigits: 0, signDisplay: 'negative' }),
  '0.0': new Intl.NumberFormat('en', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    useGrouping: false,
  }),
  '0.0%': new Intl.NumberFormat('en', {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    useGrouping: false,
  }),
} as const

/** A cell that shows it. */
export const textCell = ({ formula, result }: LiveText): FormulaCell => ({
  kind: 'formula',
  formula,
  result,
  format: 'text',
})
