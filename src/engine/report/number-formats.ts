import type { Currency } from '../../shared/roi/assumptions.ts'
import type { NumberFormat } from './sheet-model.ts'

const SYMBOLS: Record<Currency, string> = { JPY: '"¥"', USD: '"$"' }

interface Shape {
  readonly pattern: string
  /** Digits after the point of the value itself: two more than shown for a percentage. */
  readonly decimals: number
  readonly isSigned?: true
  /** Amounts below 0 are losses: red. */
  readonly isRed?: true
  /** From here on a price in a currency without cents is shown in whole units. */
  readonly wholeFrom?: number
}

function shapeOf(format: NumberFormat, currency: Currency | null): Shape {
  const symbol = currency === null ? '' : SYMBOLS[currency]
  switch (format) {
    case 'integer':
      return { pattern: '#,##0', decimals: 0 }
    case 'decimal1':
    case 'years1':
      return { pattern: '#,##0.0', decimals: 1 }
    case 'decimal2':
      return { pattern: '#,##0.00', decimals: 2 }
    case 'decimal4':
      return { pattern: '0.0000', decimals: 4 }
    case 'decimal6':
      return { pattern: '0.000000', decimals: 6 }
    case 'percent1':
      return { pattern: '0.0%', decimals: 3 }
    case 'percent2':
      return { pattern: '0.00%', decimals: 4 }
    case 'signed4':
      return { pattern: '0.0000', decimals: 4, isSigned: true }
    case 'signedPercent2':
      return { pattern: '0.00%', decimals: 4, isSigned: true }
    case 'money':
      return { pattern: `${symbol}#,##0`, decimals: 0 }
    case 'signedMoney':
      return { pattern: `${symbol}#,##0`, decimals: 0, isSigned: true, isRed: true }
    case 'price':
      return {
        pattern: `${symbol}#,##0.00`,
        decimals: 2,
        ...(currency === 'JPY' ? { wholeFrom: 1000 } : {}),
      }
  }
}

/** Half of the last digit shown: what is nearer to 0 shows as 0. */
const halfDigit = ({ decimals }: Shape): number => 0.5 / 10 ** decimals

/**
 * The format as spreadsheets write it, with the minus sign only before what does not round to 0.
 *
 * @param currency null leaves out the symbol of amounts
 */
export function numberFormat(format: NumberFormat, currency: Currency | null): string {
  const shape = shapeOf(format, currency)
  const { pattern, isSigned = false, isRed = false, wholeFrom } = shape
  const half = halfDigit(shape).toFixed(shape.decimals + 1)
  const upper =
    wholeFrom === undefined
      ? `[>=${half}]${isSigned ? '+' : ''}${pattern}`
      : `[>=${wholeFrom}]${pattern.replace('.00', '')}`
  return `${upper};${isRed ? '[Red]' : ''}[<=-${half}]-${pattern};${pattern}`
}

/** The value, or 0 for a negative one that would show as "-0". */
export const withoutNegativeZero = (value: number, format: NumberFormat): number =>
  value <= 0 && value > -halfDigit(shapeOf(format, null)) ? 0 : value
