import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'

import { z } from 'zod'

import { AppError } from '../../../shared/errors.ts'
import { groupNearDuplicates } from '../../corpus/index.ts'
import { fileError } from '../../kernel/files.ts'
import { SeededRandom } from '../../kernel/random.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import type { ReferencePlan } from './reference-plan.ts'

const documentSchema = z.object({
  id: z.string().min(1),
  source: z.string().min(1),
  license: z.string().min(1),
  language: z.string().min(1),
  text: z.string().min(1),
})
export type ReferenceDocument = z.infer<typeof documentSchema>

/** Near-copies are in one part. */
export type ReferenceSplit = Readonly<
  Record<'train' | 'validation' | 'heldOut', readonly ReferenceDocument[]>
>

/**
 * Reads one JSON document a line, gzipped when the name ends in .gz.
 * @throws AppError file/not-found, file/unreadable, input/invalid with the line
 */
export async function readReferenceCorpus(path: string, ctx: RunContext): Promise<ReferenceDocument[]> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path, { signal: ctx.signal })
  } catch (error) {
    ctx.signal.throwIfAborted()
    throw fileError(error, path, 'read')
  }
  const lines = new TextDecoder().decode(path.endsWith('.gz') ? unzipped(path, bytes) : bytes).split('\n')
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(path, index + 1, line)]))
}

function unzipped(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes)
  } catch (error) {
    throw new AppError(
      'input/invalid',
      { source: path, field: 'gzip', reason: String(error) },
      { cause: error },
    )
  }
}

function parseLine(path: string, line: number, text: string): ReferenceDocument {
  try {
    return documentSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError(
      'input/invalid',
      {
        source: path,
        field: `line ${line}`,
        reason: 'a document needs id, source, license, language and text',
      },
      { cause: error },
    )
  }
}

/**
 * Splits by document, near-copies together, each language in the same proportions; depends on the seed and the
 * documents only, not on their order.
 */
export async function splitReferenceCorpus(
  documents: readonly ReferenceDocument[],
  parts: ReferencePlan['parts'],
  seed: number,
): Promise<ReferenceSplit> {
  const sorted = [...documents].sort((a, b) => (a.id < b.id ? -1 : 1))
  const groups = new Map<number, ReferenceDocument[]>()
  const groupOf = await groupNearDuplicates(sorted.map(({ text }) => text))
  for (const [index, group] of groupOf.entries()) {
    groups.set(group, [...(groups.get(group) ?? []), sorted[index]!])
  }
  const shuffled = new SeededRandom(seed).shuffle([...groups.values()])
  const split: Record<keyof ReferenceSplit, ReferenceDocument[]> = { train: [], validation: [], heldOut: [] }
  for (const language of new Set(sorted.map((document) => document.language))) {
    const own = shuffled.filter((group) => group[0]?.language === language)
    const bytes = utf8Bytes(own.flat())
    let [heldOut, validation] = [parts.heldOut * bytes, parts.validation * bytes]
    const largestValidation = validation / 4 // Small groups only: a validation loss of one long document says little.
    for (const group of own) {
      const size = utf8Bytes(group)
      if (size <= heldOut) {
        split.heldOut.push(...group)
        heldOut -= size
      } else if (size <= Math.min(validation, largestValidation)) {
        split.validation.push(...group)
        validation -= size
      } else {
        split.train.push(...group)
      }
    }
  }
  return split
}

export function utf8Bytes(documents: readonly ReferenceDocument[]): number {
  return documents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
}
