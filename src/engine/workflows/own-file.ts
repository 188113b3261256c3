import { rename } from 'node:fs/promises'
import { isAbsolute, parse, resolve } from 'node:path'
import type { z } from 'zod'

import { AppError, toAppError } from '../../shared/errors.ts'
import { fileError, readText, writeFileAtomically } from '../kernel/files.ts'
import { parseJson } from '../kernel/json.ts'
import type { Logger } from '../kernel/run-context.ts'

/** What stands in one of the small JSON files that Soroban keeps. */
export type OwnFile<T> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'sound'; readonly value: T }
  | { readonly kind: 'not-json'; readonly error: AppError }
  /** `found` is what the file holds. */
  | { readonly kind: 'damaged'; readonly found: unknown; readonly field: string; readonly reason: string }

/** @throws AppError file/unreadable */
export async function readOwnFile<T>(path: string, schema: z.ZodType<T>): Promise<OwnFile<T>> {
  let text: string
  try {
    text = await readText(path)
  } catch (error) {
    if (error instanceof AppError && error.code === 'file/not-found') return { kind: 'missing' }
    throw error
  }
  let found: unknown
  try {
    found = parseJson(text, path)
  } catch (error) {
    return { kind: 'not-json', error: toAppError(error) }
  }
  const parsed = schema.safeParse(found)
  if (parsed.success) return { kind: 'sound', value: parsed.data }
  const issue = parsed.error.issues[0]
  const place = issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : issue?.path
  return { kind: 'damaged', found, field: place?.join('.') || 'JSON', reason: issue?.message ?? '' }
}

/**
 * The content of a file that Soroban can do without; null where there is none. A damaged one is kept under another
 * name.
 *
 * @throws AppError file/unreadable, file/unwritable
 */
export async function readOrSetAside<T>(path: string, schema: z.ZodType<T>, log: Logger): Promise<T | null> {
  const file = await readOwnFile(path, schema)
  if (file.kind === 'sound') return file.value
  if (file.kind === 'missing') return null
  const kept = await setAside(path)
  const reason = file.kind === 'damaged' ? `${file.field}: ${file.reason}` : file.error.message
  log.warn('damaged file set aside', { path, kept, reason })
  return null
}

const DAMAGED_NAME = /\.damaged-\d{8}T\d{9}Z(?:\.[^.]+)?$/

/** Whether a file's name is one under which a damaged file is kept. */
export const isSetAside = (name: string): boolean => DAMAGED_NAME.test(name)

/** Gives a file another name beside its own. @returns that name's path */
async function setAside(path: string): Promise<string> {
  const { dir, name, ext } = parse(path)
  const at = new Date().toISOString().replaceAll(/[-:.]/g, '')
  const kept = resolve(dir, `${name}.damaged-${at}${ext}`)
  try {
    await rename(path, kept)
  } catch (error) {
    throw fileError(error, path, 'write')
  }
  return kept
}

/** @throws AppError file/disk-full, file/unwritable */
export async function writeOwnFile(path: string, content: unknown): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(content, null, 2)}\n`)
}

/** The fields that are given: on some channels one that is left out arrives as undefined. */
export function given<T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

/** A path as the system spells it. @throws AppError path/not-absolute, since nobody outside knows where the engine runs */
export function absolutePath(path: string): string {
  if (!isAbsolute(path)) throw new AppError('path/not-absolute', { path })
  return resolve(path)
}
