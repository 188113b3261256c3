import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { expect } from 'vitest'

import {
  DEFAULT_LIMITS,
  type DocumentLimits,
  surveyDocuments,
} from '../../../../src/engine/documents/index.ts'
import { quietContext } from '../../../../src/engine/kernel/run-context.ts'

const GOOD = 'zz-good.txt'
const GOOD_TEXT = '点検記録。異常はありません。'
const SAMPLING_MS = 20
/** What a survey of a few files may take at most in the surveying process, however much lies packed in them. */
const MAX_PARENT_GROWTH = 96 * 2 ** 20

/** What became of a file: its text, or the code and parameters of why there is none. */
export type Outcome =
  | { readonly text: string }
  | { readonly code: string; readonly params: Readonly<Record<string, string | number>> }

/**
 * Surveys hostile files as the product does, with a sound file beside them: that one has to be read, and this process
 * must not grow with what is packed in the others.
 *
 * @param files content by name, or a function that puts something else into the folder
 * @returns what became of every file, and of what lies in it, by name
 */
export async function surveyHostile(
  files: Readonly<Record<string, Uint8Array | string>> | ((folder: string) => Promise<void>),
  limits: Partial<DocumentLimits> = {},
): Promise<Readonly<Record<string, Outcome>>> {
  const place = await mkdtemp(join(tmpdir(), 'soroban-hostile-'))
  try {
    const folder = join(place, 'documents')
    await mkdir(folder)
    await writeFile(join(folder, GOOD), GOOD_TEXT)
    if (typeof files === 'function') await files(folder)
    else {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true })
        await writeFile(join(folder, name), content)
      }
    }
    const choices = { store: join(place, 'texts'), limits: { ...DEFAULT_LIMITS, ...limits } }
    const { growth, result } = await watched(() => surveyDocuments(folder, choices, quietContext()))
    const outcomes = new Map<string, Outcome>()
    for (const document of result.documents)
      outcomes.set(document.name, { text: await result.textOf(document) })
    for (const { name, error } of result.skipped) {
      const { name: _, ...params } = error.params
      outcomes.set(name, { code: error.code, params })
    }
    expect(outcomes.get(GOOD)).toEqual({ text: GOOD_TEXT })
    outcomes.delete(GOOD)
    expect(growth).toBeLessThan(MAX_PARENT_GROWTH)
    return Object.fromEntries(outcomes)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

/** As `surveyHostile`: only the codes, `read` for a document. */
export async function codesOf(
  files: Parameters<typeof surveyHostile>[0],
  limits: Partial<DocumentLimits> = {},
): Promise<Readonly<Record<string, string>>> {
  const outcomes = Object.entries(await surveyHostile(files, limits))
  return Object.fromEntries(
    outcomes.map(([name, outcome]) => [name, 'code' in outcome ? outcome.code : 'read']),
  )
}

/** The result of some work, and by how much resident memory grew above what it was before. */
async function watched<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly growth: number }> {
  const before = process.memoryUsage.rss()
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLING_MS)
  try {
    return { result: await work(), growth: peak - before }
  } finally {
    clearInterval(timer)
  }
}
