import { z } from 'zod'

import { AppError } from '../../shared/errors.ts'
import { parseJson } from '../kernel/json.ts'
import { repeatedField } from './repeated-field.ts'

type Issue = z.core.$ZodIssue

/** Longest piece of a refused value that a message repeats. */
const LONGEST_QUOTE = 60

/**
 * Parses JSON and checks it; a byte order mark in front is accepted. JSON itself takes the last of two values of one
 * name; here that is refused, since the other one was meant as well.
 *
 * @param source what messages call the text: its path
 * @throws AppError file/not-json, and assumptions/* naming source, field, value and rule
 */
export function parseJsonWith<T>(schema: z.ZodType<T>, text: string, source: string): T {
  const plain = text.replace(/^\ufeff/, '')
  // What a decoder puts for bytes that are no UTF-8.
  if (plain.includes('\ufffd')) throw new AppError('assumptions/not-text', { source })
  if (plain.trim() === '') throw new AppError('assumptions/no-content', { source })
  const found = parseJson(plain, source)
  const field = repeatedField(plain)
  if (field !== null) throw new AppError('assumptions/twice', { source, field })
  return checkWith(schema, found, source)
}

/** @throws AppError assumptions/* naming source, field, value and rule */
export function checkWith<T>(schema: z.ZodType<T>, found: unknown, source: string): T {
  const parsed = schema.safeParse(found)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (issue === undefined) throw parsed.error
  throw refusal(schema, issue, found, source, parsed.error)
}

function refusal(schema: z.ZodType, issue: Issue, found: unknown, source: string, cause: unknown): AppError {
  const field = issue.path.join('.') || 'JSON'
  const at = valueAt(found, issue.path)
  const params = { source, field, value: quote(at) }
  const refuse = (code: AppError['code'], more: Record<string, string | number> = {}): AppError =>
    new AppError(code, { ...params, ...more }, { cause })

  switch (issue.code) {
    case 'unrecognized_keys': {
      const key = issue.keys[0] ?? ''
      const unknown = [...issue.path, key].join('.')
      const nearest = nearestOf(key, keysAt(schema, issue.path))
      return refuse('assumptions/unknown-field', { field: unknown, nearest })
    }
    case 'too_big':
    case 'too_small': {
      const limit = Number(issue.code === 'too_big' ? issue.maximum : issue.minimum)
      if (issue.origin !== 'number' && issue.origin !== 'int')
        return issue.code === 'too_big'
          ? refuse('assumptions/length', { limit })
          : refuse('assumptions/empty')
      if (issue.code === 'too_big')
        return refuse(issue.inclusive === true ? 'assumptions/at-most' : 'assumptions/below', { limit })
      return refuse(issue.inclusive === true ? 'assumptions/at-least' : 'assumptions/above', { limit })
    }
    case 'invalid_value':
      return refuse('assumptions/choice', { among: issue.values.map(String).join(', ') })
    case 'invalid_format':
      return refuse('assumptions/date')
    case 'invalid_union': {
      // A value stands alone or with its range: what is wrong is told of the form that was used.
      const branch = issue.errors[typeof at === 'number' ? 0 : 1]?.[0]
      if (branch === undefined || at === null || (typeof at !== 'number' && typeof at !== 'object'))
        return refuse('assumptions/number')
      const path = [...issue.path, ...branch.path]
      return refusal(schema, { ...branch, path }, found, source, cause)
    }
    case 'invalid_type':
      if (at === undefined) return refuse('assumptions/missing')
      if (typeof at === 'number' && !Number.isFinite(at)) return refuse('assumptions/too-large')
      return refuse(TYPES[issue.expected] ?? 'assumptions/object')
    default:
      return refuse('assumptions/object')
  }
}

const TYPES: Readonly<Record<string, AppError['code']>> = {
  number: 'assumptions/number',
  int: 'assumptions/integer',
  string: 'assumptions/text',
}

function valueAt(found: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    found,
  )
}

function quote(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]'
  if (typeof value === 'object' && value !== null) return '{…}'
  const text = JSON.stringify(value) ?? ''
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text
}

/** The names that an object at a path may have. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let here: z.core.$ZodType = schema
  for (const key of path) {
    here = objectIn(here)?.shape[String(key)] ?? elementIn(here) ?? here
  }
  return Object.keys(objectIn(here)?.shape ?? {})
}

function objectIn(schema: z.core.$ZodType): z.ZodObject | undefined {
  if (schema instanceof z.ZodObject) return schema
  if (schema instanceof z.ZodExactOptional) return objectIn(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.map(objectIn).find((option) => option !== undefined)
  return undefined
}

const elementIn = (schema: z.core.$ZodType): z.core.$ZodType | undefined =>
  schema instanceof z.ZodArray ? schema.element : undefined

/** The name that takes the fewest changes of letters. */
function nearestOf(key: string, names: readonly string[]): string {
  const byDistance = names.map((name) => ({
    name,
    distance: distance(key.toLowerCase(), name.toLowerCase()),
  }))
  return byDistance.sort((a, b) => a.distance - b.distance)[0]?.name ?? ''
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [line, letter] of [...a].entries()) {
    const next = [line + 1]
    for (let column = 1; column <= b.length; column++) {
      next.push(
        Math.min(
          next[column - 1]! + 1,
          row[column]! + 1,
          row[column - 1]! + (b[column - 1] === letter ? 0 : 1),
        ),
      )
    }
    row = next
  }
  return row[b.length]!
}
