import { z } from 'zod'

import { AppError } from '../../shared/errors.ts'

/** Parses a part of a configuration file; the first fault is reported by field, value and what was expected. */
export function parseFields<T extends z.ZodType>(
  schema: T,
  json: unknown,
  file: string,
  prefix = '',
): z.output<T> {
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = issue?.path ?? []
  throw new AppError(
    'models/config-field',
    {
      file,
      field: [prefix, ...path].filter((part) => part !== '').join('.') || '(root)',
      value: shown(valueAt(json, path)),
      expected: issue === undefined ? '?' : expectation(issue),
    },
    { cause: result.error },
  )
}

/** The refusal of a setting that is valid in itself but that Soroban does not run. */
export function unsupported(file: string, field: string, value: unknown, supported: string): AppError {
  return new AppError('models/unsupported', { file, field, value: shown(value), supported })
}

/** A setting that contradicts the others. */
export function badField(file: string, field: string, value: unknown, expected: string): AppError {
  return new AppError('models/config-field', { file, field, value: shown(value), expected })
}

/** A field that may be left out or null, both read as null. */
export function absentAsNull<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null)
}

export const count = z.int().positive()
export const positive = z.number().positive()

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value === null || typeof value !== 'object' ? undefined : (value as Record<PropertyKey, unknown>)[key],
    json,
  )
}

/** Said in symbols, so that it reads the same in every language. */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected
    case 'too_small':
      return `${issue.inclusive === true ? '≥' : '>'} ${issue.minimum}`
    case 'too_big':
      return `${issue.inclusive === true ? '≤' : '<'} ${issue.maximum}`
    case 'invalid_value':
      return issue.values.map(shown).join(' | ')
    default:
      return issue.message
  }
}

function shown(value: unknown): string {
  const text = value === undefined ? 'undefined' : (JSON.stringify(value) ?? String(value))
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
