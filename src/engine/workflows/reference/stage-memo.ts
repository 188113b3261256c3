import { join } from 'node:path'

import { z } from 'zod'

import { AppError } from '../../../shared/errors.ts'
import { canonicalJson, readText, sha256, writeFileAtomically } from '../../kernel/files.ts'

/** Results of finished stages, one JSON file each, so that an interrupted build does not measure twice. */
export class StageMemo {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The stored value when it was computed from equal `inputs`; computes and stores it otherwise. */
  async recall<T>(
    stage: string,
    inputs: unknown,
    schema: z.ZodType<T>,
    compute: () => Promise<T>,
  ): Promise<T> {
    const path = join(this.#folder, `${stage}.json`)
    const key = sha256(canonicalJson(inputs))
    const stored = z.object({ key: z.literal(key), value: schema }).safeParse(await readJson(path))
    if (stored.success) return stored.data.value
    const value = await compute()
    await writeFileAtomically(path, `${JSON.stringify({ key, value }, null, 2)}\n`)
    return value
  }
}

/** Null for a file that is missing or not JSON: the stage is then done again. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(path))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    if (error instanceof AppError && error.code === 'file/not-found') return null
    throw error
  }
}
