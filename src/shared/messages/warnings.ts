import type { Results } from '../results.ts'
import { formatMessage, type Locale, type Message } from './define.ts'
import { errorMessages } from './index.ts'
import { comparisonWarnings } from './warnings-comparison.ts'
import { pocWarnings } from './warnings-poc.ts'

const warningMessages: Readonly<Record<string, Message>> = { ...comparisonWarnings, ...pocWarnings }
const reasons: Readonly<Record<string, Message>> = errorMessages

/**
 * A warning of results.json in another language than the run's. One that wraps an error carries the error's code as
 * `reasonCode`, its parameters beside it. A code of a newer version keeps the run's own words, and so does one that the run's
 * version gave other parameters.
 */
export function localizeWarning(warning: Results['warnings'][number], locale: Locale): string {
  const { code, params, message } = warning
  const known = warningMessages[code]
  if (known === undefined) return message
  const reason = reasons[String(params['reasonCode'])]
  const given = {
    ...params,
    ...(reason === undefined ? {} : { reason: formatMessage(reason, locale, params) }),
  }
  const asked = [...known[locale].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return asked.every((name) => name in given) ? formatMessage(known, locale, given) : message
}
