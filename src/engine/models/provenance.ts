import { join } from 'node:path'

import { z } from 'zod'

import { parseFields } from './config-fields.ts'
import { listFolder, readJson } from './weights.ts'

/** The file in a model folder that lists the texts which shaped its weights. */
export const PROVENANCE_FILE = 'soroban-provenance.json'

const provenanceSchema = z.object({
  schema: z.literal('soroban.provenance/1'),
  /** SHA-256 of each normalised text that calibrated, trained or validated the model or a model before it. */
  seenTexts: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
})

/**
 * The texts that a model must not be measured on, because its making has seen them; none when the folder does not say.
 *
 * @returns SHA-256 of the normalised texts
 * @throws AppError models/config-field, file/not-json, file/not-found, file/unreadable
 */
export async function readSeenTexts(folder: string): Promise<readonly string[]> {
  if (!(await listFolder(folder)).includes(PROVENANCE_FILE)) return []
  const path = join(folder, PROVENANCE_FILE)
  return parseFields(provenanceSchema, await readJson(path), path).seenTexts
}

/** The provenance file as an extra file of a model folder: each text once, sorted. */
export function provenanceFile(seenTexts: Iterable<string>): Readonly<Record<string, string>> {
  const provenance: z.output<typeof provenanceSchema> = {
    schema: 'soroban.provenance/1',
    seenTexts: [...new Set(seenTexts)].sort(),
  }
  return { [PROVENANCE_FILE]: `${JSON.stringify(provenance, null, 2)}\n` }
}
